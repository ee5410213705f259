// SPDX-License-Identifier: Apache-2.0
package org.hanota.device.gbcs;

import java.util.Optional;
import java.util.OptionalLong;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.StateWriter;
import org.hanota.api.machine.Timers;
import org.hanota.device.DeviceConfig;
import org.hanota.device.DeviceEvent;
import org.hanota.device.DeviceTimer;
import org.hanota.device.DeviceType;
import org.hanota.device.GbcsConfig;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.bank.Journal;
import org.hanota.device.bank.Journal.Activation;
import org.hanota.device.bank.Journal.Download;
import org.hanota.device.journal.DeviceJournal;
import org.hanota.gbcs.Acceptance;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.payload.ActivateFirmware;
import org.hanota.gbcs.payload.ActivateFirmware.ActivateImageResponseCode;

/** The device's end of GBCS: obeys commands, and keeps what has to be sent until the hub has it. */
public final class GbcsEndpoint {
  private final Eui64 device;
  private final DeviceType type;
  private final ImageBank bank;
  private final DeviceJournal journal;
  private final GbcsAgent agent;
  private final Outbox outbox;

  /** An endpoint with the credentials of {@code identity}. */
  public GbcsEndpoint(
      DeviceConfig config,
      GbcsConfig identity,
      ImageBank bank,
      DeviceJournal journal,
      Timers<DeviceTimer> timers) {
    this.device = config.address();
    this.type = config.type();
    this.bank = bank;
    this.journal = journal;
    this.agent = new GbcsAgent(device, identity);
    this.outbox = new Outbox(config.parameters(), journal, timers, identity.tunnelId());
  }

  /** What a command means for the update. */
  public enum Order {
    /** Nothing. */
    NONE,
    /** The activation is called off. */
    CANCEL,
    /** Its time is set. */
    SCHEDULE,
    /** It is due now. */
    ACTIVATE
  }

  /** How far the image is that a command may be about. */
  public sealed interface Standing {
    /** None is there. */
    record NoImage() implements Standing {}

    /** It is whole and is verified just now. */
    record Verifying() implements Standing {}

    /** It is verified and waits in the slot. */
    record Held(long sizeOctets) implements Standing {}

    /** It is put in place, or tried: that is not called off or changed. */
    record Fixed() implements Standing {}
  }

  /** Makes up for a power cut between the journal and the counter of a command that is in it. */
  public void start() {
    agent.resume(journal.current());
  }

  /**
   * A GBCS command came. What it decides is stored, with the answer, before anything else happens;
   * then its counter is, so that a power cut between the two loses no command.
   */
  public Order command(Now now, Octets octets, Standing standing, Effects effects) {
    Acceptance acceptance = agent.check(octets, journal.clock().trustedMillis(now));
    if (acceptance instanceof Acceptance.Refused refused) {
      effects.report(new DeviceEvent.CommandRefused(device, refused.refusal(), refused.detail()));
      return Order.NONE;
    }
    Message message = ((Acceptance.Accepted) acceptance).message();
    if (standing instanceof Standing.Fixed) {
      // The sender repeats what gets no answer.
      effects.report(ignored(message));
      return Order.NONE;
    }
    Order order = Order.NONE;
    if (message.payload() instanceof ActivateFirmware.Command command
        && type.activatedByCommand()) {
      order = obey(now, message, command, octets, standing);
    } else {
      Optional<Octets> version = agent.version(message, journal.current().running());
      if (version.isPresent()) {
        journal.save(now, journal.current().withMessage(version.get()));
      } else {
        effects.report(ignored(message));
      }
    }
    agent.accepted(message);
    return order;
  }

  private Event ignored(Message message) {
    return new DeviceEvent.CommandIgnored(device, message.header().messageCode());
  }

  private Order obey(
      Now now,
      Message message,
      ActivateFirmware.Command command,
      Octets octets,
      Standing standing) {
    Journal stored = journal.current();
    if (command.activation() instanceof ActivateFirmware.Activation.Cancel) {
      journal.save(
          now, stored.withActivation(Optional.empty()).withMessage(agent.accepted(now, message)));
      return Order.CANCEL;
    }
    if (command.activation() instanceof ActivateFirmware.Activation.At at) {
      journal.save(
          now,
          stored
              .withActivation(decided(OptionalLong.of(at.executionDateTime().utcMillis()), octets))
              .withMessage(agent.accepted(now, message)));
      return Order.SCHEDULE;
    }
    if (standing instanceof Standing.Verifying) {
      // Whether an image is held is not known yet: its verification, or the swap, answers.
      journal.save(now, stored.withActivation(decided(OptionalLong.empty(), octets)));
      return Order.NONE;
    }
    Optional<ActivateImageResponseCode> refusal = refusal(command, standing);
    if (refusal.isPresent()) {
      Octets outcome = agent.outcome(now, octets, refusal.get(), stored.running());
      journal.save(now, stored.withMessage(outcome));
      return Order.NONE;
    }
    journal.save(now, stored.withActivation(decided(OptionalLong.empty(), octets)));
    return Order.ACTIVATE;
  }

  private Optional<Activation> decided(OptionalLong utcMillis, Octets command) {
    ImageId image =
        journal.current().download().map(Download::image).orElseGet(journal::runningImage);
    return Optional.of(new Activation(image, utcMillis, command.copy(), Optional.empty()));
  }

  private Optional<ActivateImageResponseCode> refusal(
      ActivateFirmware.Command command, Standing standing) {
    if (!(standing instanceof Standing.Held held)) {
      return Optional.of(ActivateImageResponseCode.NO_IMAGE_HELD);
    }
    OctetSource file = bank.read(journal.current().inactive(), held.sizeOctets());
    return GbcsAgent.manufacturerImageHash(file).equals(command.manufacturerImageHash())
        ? Optional.empty()
        : Optional.of(ActivateImageResponseCode.HASH_MISMATCH);
  }

  /** Tells the supplier once for each image that it has come. [GBCS 11.2.6] */
  public void receipt(Now now, boolean holds) {
    Optional<Download> download = journal.current().download();
    if (download.isEmpty() || !type.activatedByCommand() || download.get().receipted()) {
      return;
    }
    Download complete = download.get();
    OctetSource file = bank.read(journal.current().inactive(), complete.sizeOctets());
    Octets hash = GbcsAgent.manufacturerImageHash(file);
    journal.save(
        now,
        journal
            .current()
            .withDownload(Optional.of(complete.withReceipt()))
            .withMessage(agent.receiptAlert(now, holds, hash)));
  }

  /** What has to be sent about an activation that ended: by CS06 or, from a PPMID, by CS09. */
  public Optional<Octets> outcome(Now now, ActivateImageResponseCode code) {
    Journal stored = journal.current();
    Optional<Octets> command =
        stored.activation().map(Activation::command).filter(octets -> !octets.isEmpty());
    if (command.isPresent()) {
      return Optional.of(agent.outcome(now, command.get(), code, stored.running()));
    }
    return type == DeviceType.PPMID
        ? Optional.of(
            agent.ppmidAlert(now, code == ActivateImageResponseCode.SUCCESS, stored.running()))
        : Optional.empty();
  }

  /** Sends what waits, unless it is under way. */
  public void flush(Now now, Optional<Peer> hub, Effects effects) {
    outbox.flush(now, hub, effects);
  }

  /** Whether {@code sendId} is that of the message under way. */
  public boolean hasSent(long sendId) {
    return outbox.hasSent(sendId);
  }

  /** Whether the message sent last was delivered to the hub. */
  public void result(Now now, boolean delivered) {
    outbox.result(now, delivered);
  }

  /** No result came in time. */
  public void retry() {
    outbox.retry();
  }

  /** Writes what decides what happens next besides the journal and the counters. */
  public void describe(StateWriter out) {
    outbox.describe(out);
  }
}
