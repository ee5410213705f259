// SPDX-License-Identifier: Apache-2.0
/**
 * What must hold at every moment of a simulation, one class for each invariant of the design, fed
 * by what is seen from outside of the machines: frames, events, banks, and the head end's messages.
 */
@NullMarked
package org.hanota.sim.check;

import org.jspecify.annotations.NullMarked;
