// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.csp;

import org.hanota.api.Eui64;
import org.hanota.api.machine.ToWan;
import org.hanota.headend.letter.Delivery;

/**
 * Something for a hub; it is sent again until the hub has said what became of it.
 *
 * @param hub which hub
 * @param number names it in the hub's answer
 * @param load what it is
 */
public record ToHub(Eui64 hub, long number, Delivery.Load load) implements ToWan {}
