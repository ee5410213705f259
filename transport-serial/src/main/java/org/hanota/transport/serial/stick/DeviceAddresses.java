// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.stick;

import org.hanota.api.Eui64;

/**
 * Both addresses of a node.
 *
 * @param shortAddress uint16; another one after each join
 * @param address the one that stays
 */
public record DeviceAddresses(int shortAddress, Eui64 address) {}
