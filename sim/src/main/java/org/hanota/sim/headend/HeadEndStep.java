// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.headend;

import org.hanota.api.Eui64;
import org.hanota.api.machine.Input;
import org.hanota.headend.csp.HubHeard;
import org.hanota.headend.csp.ToHub;
import org.hanota.headend.letter.Letter;
import org.hanota.sim.kernel.Pending;

/** What is on its way between the machines of a head end, and between it and a hub. */
sealed interface HeadEndStep extends Pending.Step {
  /** A letter comes to one of the machines. */
  record LetterArrives(Letter letter) implements HeadEndStep {}

  /** Something comes to the hub. */
  record HubGets(ToHub sent) implements HeadEndStep {}

  /** The hub is told that one of its messages is kept. */
  record HubIsHeard(HubHeard heard) implements HeadEndStep {}

  /** Something of the hub comes to the CSP. */
  record CspHears(Input input) implements HeadEndStep {}

  /** A machine hears the next thing that somebody told it. */
  record Told(Eui64 machine) implements HeadEndStep {}
}
