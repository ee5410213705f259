// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import org.hanota.api.machine.Peer;

/**
 * What a hub is.
 *
 * @param self its address and endpoint
 * @param apsEncryption whether its unicast OTA commands are encrypted
 * @param parameters times and limits
 */
public record HubConfig(Peer self, boolean apsEncryption, HubParameters parameters) {}
