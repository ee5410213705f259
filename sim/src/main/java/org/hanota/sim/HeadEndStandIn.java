// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.control.WanLink;
import org.hanota.api.transport.Scheduler;
import org.hanota.gbcs.GroupingHeader;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.Verification;
import org.hanota.gbcs.field.GeneralizedTime;
import org.hanota.gbcs.key.Credentials;
import org.hanota.gbcs.key.InMemoryKeyStore;
import org.hanota.gbcs.payload.ActivateFirmware;
import org.hanota.gbcs.payload.ActivateFirmware.Activation;
import org.hanota.gbcs.payload.AlertCode;
import org.hanota.gbcs.payload.FirmwareDistributionReceiptAlert;
import org.hanota.gbcs.payload.FirmwareTransferAlert;
import org.hanota.gbcs.payload.FirmwareTransferAlert.TransferResponseCode;
import org.hanota.gbcs.payload.MessageCode;
import org.jspecify.annotations.Nullable;

/**
 * A supplier and the access control broker at the far end of the WAN, just enough for one home:
 * sends each device its image, activates with CS06 what is reported as received, and sends the
 * right image after a wrong one was refused.
 */
final class HeadEndStandIn implements WanLink {
  private static final long WAN_NANOS = 1_000_000_000L;

  /** A command without a response is sent again after so long, under a counter of its own. */
  private static final long REPEAT_NANOS = 600 * WAN_NANOS;

  private static final long HALF_HOUR_NANOS = 1_800 * WAN_NANOS;

  private static final int COMMAND_TRIES = 3;

  private final GbParties parties;
  private final Scheduler scheduler;
  private final Consumer<Message> listener;
  private final InMemoryKeyStore keys;
  private final long maximumImageOctets;
  private final boolean dated;
  private final LongSupplier utcMillis;
  private final Map<Eui64, HomeScenario.Plan> plans = new TreeMap<>();
  private final Set<String> seen = new TreeSet<>();
  private final Set<Eui64> unanswered = new TreeSet<>();
  private long supplierCounter = 1_000;
  private @Nullable Receiver hub;

  HeadEndStandIn(
      GbParties parties,
      Scheduler scheduler,
      LongSupplier utcMillis,
      boolean dated,
      long maximumImageOctets,
      Consumer<Message> listener) {
    this.utcMillis = utcMillis;
    this.dated = dated;
    this.maximumImageOctets = maximumImageOctets;
    this.parties = parties;
    this.scheduler = scheduler;
    this.listener = listener;
    this.keys = new InMemoryKeyStore().trust(parties.supplier).hold(parties.broker);
  }

  void trust(Credentials credentials) {
    keys.trust(credentials);
  }

  @Override
  public void open(Receiver receiver) {
    hub = receiver;
  }

  @Override
  public void close() {}

  private void toHub(Consumer<Receiver> word) {
    scheduler.schedule(
        WAN_NANOS,
        () -> {
          if (hub == null) {
            throw new AssertionError("the link is not open");
          }
          word.accept(hub);
        });
  }

  /** Sends a device its image. */
  void distribute(Eui64 device, HomeScenario.Plan plan) {
    plans.put(device, plan);
    send(device, plan, ImageFile.of(plan, maximumImageOctets).get(0));
  }

  @Override
  public void want(Eui64 device, ImageId part) {
    HomeScenario.Plan plan = plans.get(device);
    if (plan == null) {
      return;
    }
    for (ImageFile file : ImageFile.of(plan, maximumImageOctets)) {
      if (file.image().imageType().equals(part.imageType())) {
        send(device, plan, file);
      }
    }
  }

  private void send(Eui64 device, HomeScenario.Plan plan, ImageFile file) {
    WanImage image = new WanImage(file.name(), file.octets(), List.of(device), plan.when());
    toHub(receiver -> receiver.onImage(image));
  }

  /** Sends a device an image for other hardware first; the right one follows its refusal. */
  void distributeWrongFirst(Eui64 device, HomeScenario.Plan plan, HomeScenario.Plan wrong) {
    plans.put(device, plan);
    send(device, wrong, ImageFile.of(wrong, maximumImageOctets).get(0));
  }

  @Override
  public void send(Octets message) {
    scheduler.schedule(WAN_NANOS, () -> received(Message.parse(message)));
  }

  private void received(Message message) {
    GroupingHeader header = message.header();
    boolean first =
        seen.add(header.originator() + " " + header.craFlag() + " " + header.originatorCounter());
    if (Verification.of(message, keys, GbParties.BROKER).signature()
        != Verification.Check.VERIFIED) {
      throw new AssertionError("a message that does not verify: " + message);
    }
    if (!first) {
      return;
    }
    listener.accept(message);
    if (message.kind() == Message.Kind.RESPONSE) {
      unanswered.remove(header.originator());
    }
    if (message.payload() instanceof FirmwareDistributionReceiptAlert receipt
        && receipt.alertCode() == AlertCode.FIRMWARE_VERIFICATION_SUCCESSFUL) {
      if (dated) {
        activateLater(header.originator(), receipt.manufacturerImageHash());
      } else {
        unanswered.add(header.originator());
        activate(header.originator(), receipt.manufacturerImageHash(), COMMAND_TRIES);
      }
    } else if (message.payload() instanceof FirmwareTransferAlert alert
        && alert.responseCode() == TransferResponseCode.HARDWARE_VERSION_MISMATCH) {
      Optional.ofNullable(plans.get(alert.entityId()))
          .ifPresent(plan -> distribute(alert.entityId(), plan));
    }
  }

  private void activate(Eui64 device, Octets manufacturerImageHash, int tries) {
    if (tries == 0 || !unanswered.contains(device)) {
      return;
    }
    command(device, manufacturerImageHash, new Activation.Now());
    scheduler.schedule(REPEAT_NANOS, () -> activate(device, manufacturerImageHash, tries - 1));
  }

  /** Sets a time, takes it back before it comes, and sets another, until that one is accepted. */
  private void activateLater(Eui64 device, Octets manufacturerImageHash) {
    command(device, manufacturerImageHash, inAnHour());
    scheduler.schedule(
        HALF_HOUR_NANOS,
        () -> {
          command(device, manufacturerImageHash, new Activation.Cancel());
          scheduler.schedule(HALF_HOUR_NANOS, () -> setAgain(device, manufacturerImageHash, true));
        });
  }

  private void setAgain(Eui64 device, Octets manufacturerImageHash, boolean isFirst) {
    if (isFirst) {
      unanswered.add(device);
    }
    if (unanswered.contains(device)) {
      command(device, manufacturerImageHash, inAnHour());
      scheduler.schedule(REPEAT_NANOS, () -> setAgain(device, manufacturerImageHash, false));
    }
  }

  private Activation inAnHour() {
    return new Activation.At(
        GeneralizedTime.ofUtcMillis(utcMillis.getAsLong() + 2 * HALF_HOUR_NANOS / 1_000_000));
  }

  /** The supplier signs, the broker checks and adds its MAC. [GBCS 11.5] */
  private void command(Eui64 device, Octets manufacturerImageHash, Activation activation) {
    long counter = ++supplierCounter;
    Message preCommand =
        Message.of(
            GroupingHeader.command(MessageCode.CS06, counter, GbParties.SUPPLIER, device),
            new ActivateFirmware.Command(manufacturerImageHash, counter, activation));
    Message command =
        preCommand
            .sign(parties.supplier.digitalSignatureKey())
            .addMac(
                parties.broker.keyAgreementKey(),
                parties.device(device).keyAgreement().publicKey());
    listener.accept(command);
    toHub(receiver -> receiver.onMessage(command.octets()));
  }
}
