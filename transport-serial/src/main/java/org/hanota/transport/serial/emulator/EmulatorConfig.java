// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.emulator;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.hanota.api.Eui64;
import org.hanota.transport.serial.stick.NetworkParameters;

/**
 * What the emulated stick is.
 *
 * @param address its EUI-64
 * @param model which stick it is
 * @param network the network that it has already; empty: it comes as from the shop
 * @param mark how the program that formed that network marked the stick
 * @param neighbours PAN ids of networks nearby: a stick that is to form one of these takes the next
 * @param confirmTime from a message's acceptance to its confirm, when the device gets it
 * @param replyTime from a device's sending to the host's hearing of it: what comes sooner after the
 *     confirm than 20 ms overtakes some hosts
 * @param resetTime how long a restart takes
 * @param startTime how long it takes to resume or form a network
 * @param searchTime how long a device in the network goes on looking for a server
 */
public record EmulatorConfig(
    Eui64 address,
    StickModel model,
    Optional<NetworkParameters> network,
    Mark mark,
    Set<Integer> neighbours,
    Duration confirmTime,
    Duration replyTime,
    Duration resetTime,
    Duration startTime,
    Duration searchTime) {
  /** What a program leaves on a stick that it has configured. */
  public enum Mark {
    /** Item 0x0060, as hosts of Z-Stack 3 do. */
    Z_STACK_3,
    /** Item 0x0F00, as hosts of Z-Stack 1.2 do. */
    Z_STACK_1_2,
    /** None: its program keeps its own records, or was interrupted. */
    NONE
  }

  /** Copies the set. */
  public EmulatorConfig {
    neighbours = Set.copyOf(neighbours);
  }

  /** A stick as from the shop, with the times of a lively one. */
  public static EmulatorConfig blank(Eui64 address) {
    return new EmulatorConfig(
        address,
        StickModel.CC2652,
        Optional.empty(),
        Mark.Z_STACK_3,
        Set.of(),
        Duration.ofMillis(5),
        Duration.ofMillis(20),
        Duration.ofMillis(100),
        Duration.ofMillis(300),
        Duration.ofSeconds(29));
  }

  /** The same as another stick. */
  public EmulatorConfig as(StickModel other) {
    return new EmulatorConfig(
        address,
        other,
        network,
        mark,
        neighbours,
        confirmTime,
        replyTime,
        resetTime,
        startTime,
        searchTime);
  }

  /** The same with a network that it resumes. */
  public EmulatorConfig withNetwork(NetworkParameters parameters) {
    return new EmulatorConfig(
        address,
        model,
        Optional.of(parameters),
        mark,
        neighbours,
        confirmTime,
        replyTime,
        resetTime,
        startTime,
        searchTime);
  }

  /** The same with other times between message and confirm, and between sending and hearing. */
  public EmulatorConfig withTimes(Duration confirm, Duration reply) {
    return new EmulatorConfig(
        address,
        model,
        network,
        mark,
        neighbours,
        confirm,
        reply,
        resetTime,
        startTime,
        searchTime);
  }

  /** The same with devices that look for a server that long. */
  public EmulatorConfig withSearchTime(Duration search) {
    return new EmulatorConfig(
        address,
        model,
        network,
        mark,
        neighbours,
        confirmTime,
        replyTime,
        resetTime,
        startTime,
        search);
  }

  /** The same, whose network was marked in that way. */
  public EmulatorConfig withMark(Mark left) {
    return new EmulatorConfig(
        address,
        model,
        network,
        left,
        neighbours,
        confirmTime,
        replyTime,
        resetTime,
        startTime,
        searchTime);
  }

  /** The same beside networks of these PAN ids. */
  public EmulatorConfig withNeighbours(Set<Integer> panIds) {
    return new EmulatorConfig(
        address,
        model,
        network,
        mark,
        panIds,
        confirmTime,
        replyTime,
        resetTime,
        startTime,
        searchTime);
  }
}
