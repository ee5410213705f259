// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.explore;

import java.util.List;
import java.util.Optional;

/**
 * What an exploration found.
 *
 * @param model what was explored
 * @param bounds how far
 * @param states different states of both nodes and the frames between them
 * @param steps what happened in them, altogether
 * @param ended states in which the update was over
 * @param depth most steps of a shortest way to a state among those with the least faults
 * @param statesByFaults how many states need that many faults
 * @param hubStates different states of the hub alone
 * @param deviceStates different states of the device alone
 * @param calls of the machines
 * @param compared calls that were made after two ways to one state of a node, to see that they are
 *     one
 * @param frontier states that were found and not looked at any further
 * @param violation what broke; the exploration ends there
 * @param way the shortest of the ways with the least faults to it
 */
public record Exploration(
    Model model,
    Bounds bounds,
    int states,
    long steps,
    int ended,
    int depth,
    List<Integer> statesByFaults,
    int hubStates,
    int deviceStates,
    long calls,
    long compared,
    int frontier,
    Optional<Violation> violation,
    List<Moment> way) {
  /** Keeps copies. */
  public Exploration {
    statesByFaults = List.copyOf(statesByFaults);
    way = List.copyOf(way);
  }

  /** Whether everything within the bounds on faults was looked at. */
  public boolean isComplete() {
    return frontier == 0 && violation.isEmpty();
  }

  /**
   * One step on a way.
   *
   * @param nanos virtual time since the beginning
   * @param from the node that sends or acts: {@code hub} or {@code device}
   * @param to the other one if a frame goes there, else the same
   * @param isFault whether it is one of the faults
   * @param what happens
   * @param events what the nodes reported
   */
  public record Moment(
      long nanos, String from, String to, boolean isFault, String what, List<String> events) {
    /** Keeps a copy. */
    public Moment {
      events = List.copyOf(events);
    }
  }
}
