// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.stick;

import org.hanota.api.Eui64;

/**
 * The network that a stick is in.
 *
 * @param panId uint16, 0xFFFF if there is none
 * @param extendedPanId its other name
 * @param channel 11 to 26, 0 if there is none
 */
public record Network(int panId, Eui64 extendedPanId, int channel) {}
