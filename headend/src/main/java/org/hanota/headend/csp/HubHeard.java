// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.csp;

import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.machine.ToWan;

/**
 * A message of a hub is kept: the hub need not send it again.
 *
 * @param hub which hub
 * @param sha256 of the message, 32 octets
 */
public record HubHeard(Eui64 hub, Octets sha256) implements ToWan {}
