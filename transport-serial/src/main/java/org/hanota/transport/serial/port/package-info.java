// SPDX-License-Identifier: Apache-2.0
/** Ways to a stick: a serial port, a TCP connection, or a link within the process. */
@NullMarked
package org.hanota.transport.serial.port;

import org.jspecify.annotations.NullMarked;
