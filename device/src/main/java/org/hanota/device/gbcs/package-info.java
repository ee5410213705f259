// SPDX-License-Identifier: Apache-2.0
/** The device's end of GBCS: commands, receipts, and what waits to be sent. */
@NullMarked
package org.hanota.device.gbcs;

import org.jspecify.annotations.NullMarked;
