// SPDX-License-Identifier: Apache-2.0
/**
 * ASH, the frames and the retransmission under EZSP on a serial line, for either end of it.
 * [Silicon Labs UG101]
 */
@NullMarked
package org.hanota.transport.serial.ash;

import org.jspecify.annotations.NullMarked;
