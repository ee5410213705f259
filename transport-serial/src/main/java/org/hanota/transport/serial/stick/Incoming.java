// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.stick;

import org.hanota.api.Octets;

/**
 * A message that a stick gives to its host.
 *
 * @param source short address
 * @param sourceEndpoint uint8
 * @param destinationEndpoint uint8
 * @param profileId uint16
 * @param clusterId uint16
 * @param broadcast whether it went to more than this node
 * @param linkQuality 0 to 255
 * @param encrypted whether APS encryption was used; not with which key
 * @param data the ZCL frame
 */
public record Incoming(
    int source,
    int sourceEndpoint,
    int destinationEndpoint,
    int profileId,
    int clusterId,
    boolean broadcast,
    int linkQuality,
    boolean encrypted,
    Octets data) {}
