// SPDX-License-Identifier: Apache-2.0
/** A ZNP coordinator without a radio, whose devices are transports for machines of the caller. */
@NullMarked
package org.hanota.transport.serial.emulator;

import org.jspecify.annotations.NullMarked;
