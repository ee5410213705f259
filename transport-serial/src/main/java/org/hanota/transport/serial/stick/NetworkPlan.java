// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.stick;

import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * The network that a stick without any shall form.
 *
 * @param parameters what is tried first
 * @param otherPanIds draws the PAN id of each further attempt, when a network nearby has the one
 *     before; empty: the PAN id was chosen, and no other is taken
 */
public record NetworkPlan(NetworkParameters parameters, Optional<IntSupplier> otherPanIds) {}
