// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.check;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.gbcs.GroupingHeader;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.payload.ActivateFirmware;
import org.hanota.gbcs.payload.ActivateFirmware.ActivateImageResponseCode;
import org.hanota.gbcs.payload.ActivateFirmware.Activation;
import org.hanota.otaformat.GbMeterFile;
import org.hanota.sim.GbParties;

/**
 * What the head end sent to each device and heard from it about activation, and so which image may
 * run: a command allows it from the moment it is sent, and until the head end has heard that a
 * later one took its place, or how it ended.
 */
final class CommandsSeen {
  private final Map<Eui64, List<Sent>> sent = new TreeMap<>();
  private final Map<Eui64, Long> lastCounters = new TreeMap<>();
  private Octets lastFile = Octets.EMPTY;
  private Octets lastHash = Octets.EMPTY;

  /** A command to run an image; {@code utcMillis} is empty for at once, {@code hash} for never. */
  private record Sent(long counter, Optional<Octets> hash, OptionalLong utcMillis) {}

  /** A message left the head end, or reached it. */
  void message(Message message) {
    GroupingHeader header = message.header();
    if (message.kind() == Message.Kind.COMMAND) {
      if (!header.originator().equals(GbParties.SUPPLIER)) {
        // A former supplier's allows nothing.
        return;
      }
      OptionalLong last = lastCounter(header.recipient());
      if (last.isPresent()
          && Long.compareUnsigned(header.originatorCounter(), last.getAsLong()) <= 0) {
        // What comes again allows nothing anew.
        return;
      }
      lastCounters.put(header.recipient(), header.originatorCounter());
    }
    if (message.payload() instanceof ActivateFirmware.Command command) {
      boolean isCancel = command.activation() instanceof Activation.Cancel;
      OptionalLong utc =
          command.activation() instanceof Activation.At at
              ? OptionalLong.of(at.executionDateTime().utcMillis())
              : OptionalLong.empty();
      Optional<Octets> hash =
          isCancel ? Optional.empty() : Optional.of(command.manufacturerImageHash());
      of(header.recipient()).add(new Sent(header.originatorCounter(), hash, utc));
    } else if (message.payload() instanceof ActivateFirmware.CommandAccepted) {
      // Cancelled, or dated: what was sent before it is void.
      of(header.originator()).removeIf(s -> s.counter() < header.originatorCounter());
    } else if (message.payload() instanceof ActivateFirmware.ExecutionOutcome outcome) {
      ended(header.originator(), header.originatorCounter(), outcome);
    } else if (message.payload() instanceof ActivateFirmware.Alert alert) {
      ended(header.originator(), alert.originatorCounter(), alert.executionOutcome());
    }
  }

  private void ended(Eui64 device, long counter, ActivateFirmware.ExecutionOutcome outcome) {
    boolean runs = outcome.activateImageResponseCode() == ActivateImageResponseCode.SUCCESS;
    of(device).removeIf(s -> runs ? s.counter() <= counter : s.counter() == counter);
  }

  private List<Sent> of(Eui64 device) {
    return sent.computeIfAbsent(device, any -> new ArrayList<>());
  }

  /** What commands name an image by; the same for many devices, one after the other. */
  private Octets hash(Octets file) {
    if (!file.equals(lastFile)) {
      lastFile = file;
      lastHash = GbMeterFile.read(file).manufacturerImageHash();
    }
    return lastHash;
  }

  /** Whether a command for this file allows the device to run it at this time. */
  boolean allows(Eui64 device, Octets file, long utcMillis) {
    Octets manufacturerImageHash = hash(file);
    return of(device).stream()
        .filter(s -> s.utcMillis().isEmpty() || s.utcMillis().getAsLong() <= utcMillis)
        .anyMatch(s -> s.hash().equals(Optional.of(manufacturerImageHash)));
  }

  /** Whether a command for this file was sent, whatever its time. */
  boolean names(Eui64 device, Octets file) {
    Octets manufacturerImageHash = hash(file);
    return of(device).stream().anyMatch(s -> s.hash().equals(Optional.of(manufacturerImageHash)));
  }

  /** The counter of the supplier's last command to a device; empty if none was sent. */
  OptionalLong lastCounter(Eui64 device) {
    Long counter = lastCounters.get(device);
    return counter == null ? OptionalLong.empty() : OptionalLong.of(counter);
  }
}
