// SPDX-License-Identifier: Apache-2.0
/** Finds out what stands at the other end of a port, of whatever family it is. */
@NullMarked
package org.hanota.transport.serial.probe;

import org.jspecify.annotations.NullMarked;
