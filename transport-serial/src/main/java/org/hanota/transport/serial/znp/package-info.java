// SPDX-License-Identifier: Apache-2.0
/**
 * TI's ZNP, the Monitor and Test interface of Z-Stack: frames, commands, and the machine of the
 * host's side, fed with octets and time.
 */
@NullMarked
package org.hanota.transport.serial.znp;

import org.jspecify.annotations.NullMarked;
