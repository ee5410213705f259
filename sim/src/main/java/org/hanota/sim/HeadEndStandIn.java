// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.control.WanLink;
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
import org.hanota.sim.kernel.Kernel;
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
  private final Kernel kernel;
  private final Consumer<Message> listener;
  private final InMemoryKeyStore keys;
  private final long maximumImageOctets;
  private final boolean dated;
  private final Map<Eui64, HomeScenario.Plan> plans = new TreeMap<>();
  private final Set<String> seen = new TreeSet<>();
  private final Set<Eui64> unanswered = new TreeSet<>();
  private long supplierCounter = 1_000;
  private @Nullable Receiver hub;

  HeadEndStandIn(
      GbParties parties,
      Kernel kernel,
      boolean dated,
      long maximumImageOctets,
      Consumer<Message> listener) {
    this.dated = dated;
    this.maximumImageOctets = maximumImageOctets;
    this.parties = parties;
    this.kernel = kernel;
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

  /** What the head end does later, and what is on the WAN. */
  sealed interface WanStep extends HomeStep {
    /** An image comes to the hub. */
    record ImageToHub(WanImage image) implements WanStep {}

    /** A message comes to the hub. */
    record MessageToHub(Octets message) implements WanStep {}

    /** A message comes to the head end. */
    record MessageToHeadEnd(Octets message) implements WanStep {}

    /** A device that gave no response is told again to activate, at most {@code tries} times. */
    record ActivateAgain(Eui64 device, Octets manufacturerImageHash, int tries)
        implements WanStep {}

    /** What a device was told to activate later is taken back. */
    record CancelActivation(Eui64 device, Octets manufacturerImageHash) implements WanStep {}

    /** A device is given a time of activation, for the first time after a cancellation or again. */
    record SetTime(Eui64 device, Octets manufacturerImageHash, boolean isFirst)
        implements WanStep {}
  }

  /** Does what was pending. */
  void perform(WanStep step) {
    if (step instanceof WanStep.ImageToHub image) {
      hub().onImage(image.image());
    } else if (step instanceof WanStep.MessageToHub message) {
      hub().onMessage(message.message());
    } else if (step instanceof WanStep.MessageToHeadEnd message) {
      received(Message.parse(message.message()));
    } else if (step instanceof WanStep.ActivateAgain again) {
      activate(again.device(), again.manufacturerImageHash(), again.tries());
    } else if (step instanceof WanStep.CancelActivation cancel) {
      command(cancel.device(), cancel.manufacturerImageHash(), new Activation.Cancel());
      kernel.schedule(
          HALF_HOUR_NANOS,
          new WanStep.SetTime(cancel.device(), cancel.manufacturerImageHash(), true));
    } else if (step instanceof WanStep.SetTime set) {
      setTime(set.device(), set.manufacturerImageHash(), set.isFirst());
    }
  }

  private Receiver hub() {
    if (hub == null) {
      throw new AssertionError("the link is not open");
    }
    return hub;
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
    kernel.schedule(WAN_NANOS, new WanStep.ImageToHub(image));
  }

  /** Sends a device an image for other hardware first; the right one follows its refusal. */
  void distributeWrongFirst(Eui64 device, HomeScenario.Plan plan, HomeScenario.Plan wrong) {
    plans.put(device, plan);
    send(device, wrong, ImageFile.of(wrong, maximumImageOctets).get(0));
  }

  @Override
  public void send(Octets message) {
    kernel.schedule(WAN_NANOS, new WanStep.MessageToHeadEnd(message));
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
    kernel.schedule(
        REPEAT_NANOS, new WanStep.ActivateAgain(device, manufacturerImageHash, tries - 1));
  }

  /** Sets a time, takes it back before it comes, and sets another, until that one is accepted. */
  private void activateLater(Eui64 device, Octets manufacturerImageHash) {
    command(device, manufacturerImageHash, inAnHour());
    kernel.schedule(HALF_HOUR_NANOS, new WanStep.CancelActivation(device, manufacturerImageHash));
  }

  private void setTime(Eui64 device, Octets manufacturerImageHash, boolean isFirst) {
    if (isFirst) {
      unanswered.add(device);
    }
    if (unanswered.contains(device)) {
      command(device, manufacturerImageHash, inAnHour());
      kernel.schedule(REPEAT_NANOS, new WanStep.SetTime(device, manufacturerImageHash, false));
    }
  }

  private Activation inAnHour() {
    return new Activation.At(
        GeneralizedTime.ofUtcMillis(kernel.utcMillis() + 2 * HALF_HOUR_NANOS / 1_000_000));
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
    kernel.schedule(WAN_NANOS, new WanStep.MessageToHub(command.octets()));
  }
}
