// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
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
import org.hanota.keys.Sha256;
import org.hanota.otaformat.GbMeterFile;
import org.hanota.otaformat.OtaFile;
import org.hanota.sim.kernel.Kernel;
import org.hanota.sim.kernel.Pending;
import org.hanota.sim.scenario.ScriptStep;
import org.hanota.sim.scenario.ScriptStep.Action;
import org.jspecify.annotations.Nullable;

/**
 * A supplier and the access control broker at the far end of the WAN, just enough for one home:
 * does what the script says, with CS06 for activations, and tells what the script's steps follow.
 */
final class HeadEndStandIn implements HomeHeadEnd, WanLink {
  private static final long WAN_NANOS = 1_000_000_000L;

  /** A command without a response is sent again after so long, under a counter of its own. */
  private static final long REPEAT_NANOS = 600 * WAN_NANOS;

  private static final int COMMAND_TRIES = 3;

  /** A hash that no image has. */
  private static final Octets NO_IMAGE = Octets.wrap(new byte[32]);

  private final GbParties parties;
  private final Kernel kernel;
  private final Consumer<Message> listener;
  private final InMemoryKeyStore keys;
  private final long maximumImageOctets;
  private final BiConsumer<Eui64, ScriptStep.Cue> cues;
  private final Map<Eui64, DevicePlan> plans = new TreeMap<>();
  private final Set<String> seen = new TreeSet<>();
  private final Map<Eui64, Order> orders = new TreeMap<>();
  private final Foes foes;
  private final GbParties strangers;

  /** What each device was sent first, for whoever sends it again. */
  private final Map<Eui64, Message> firstCommands = new TreeMap<>();

  /** Whose image the hub says is there, and who has said so. */
  private final Set<Eui64> transferred = new TreeSet<>();

  private final Set<Eui64> receipts = new TreeSet<>();
  private long supplierCounter = 1_000;
  private long lastDateUtcMillis;
  private @Nullable Receiver hub;

  /**
   * What a device was told last, until it answers.
   *
   * @param number of all orders
   * @param counter of the first command with it
   */
  private record Order(int number, long counter, Octets manufacturerImageHash, Action action) {}

  /** What its deliveries follow from: it has no requests. */
  private static final String STAND_IN = "stand-in";

  private final Map<Long, Load.Image> images = new TreeMap<>();
  private long lastDelivery;
  private int lastOrder;

  HeadEndStandIn(Site site) {
    this.cues = site.cues();
    this.maximumImageOctets = site.hub().maximumImageOctets();
    this.parties = site.parties();
    this.kernel = site.kernel();
    this.listener = site.listener();
    this.foes = site.foes();
    this.strangers = parties.strangers();
    this.keys = new InMemoryKeyStore().trust(parties.supplier).hold(parties.broker);
  }

  @Override
  public WanLink wan() {
    return this;
  }

  /** It has nothing to begin. */
  @Override
  public void start() {}

  @Override
  public void trust(Credentials credentials) {
    keys.trust(credentials);
  }

  @Override
  public void open(Receiver receiver) {
    hub = receiver;
  }

  @Override
  public void ended(long number, End end) {
    images.remove(number);
  }

  @Override
  public void close() {}

  /** What the head end does later, and what is on the WAN. */
  sealed interface WanStep extends Pending.Step {
    /** An image comes to the hub. */
    record ImageToHub(Load.Image image, long sentNanos) implements WanStep {}

    /** An image of which the hub has said nothing comes again. */
    record ImageAgain(long number) implements WanStep {}

    /** A message comes to the hub. */
    record MessageToHub(Octets message) implements WanStep {}

    /** A message comes to the head end. */
    record MessageToHeadEnd(Octets message) implements WanStep {}

    /** The hub had no place for an image a while ago. */
    record Discarded(Eui64 device) implements WanStep {}

    /** A device that gave no response is sent its order again, at most {@code tries} times. */
    record OrderAgain(Eui64 device, int order, int tries) implements WanStep {}
  }

  @Override
  public boolean perform(Pending.Step step) {
    if (!(step instanceof WanStep own)) {
      return false;
    }
    perform(own);
    return true;
  }

  private void perform(WanStep step) {
    if (step instanceof WanStep.ImageToHub image) {
      lastDelivery++;
      images.put(lastDelivery, image.image());
      deliver(lastDelivery);
    } else if (step instanceof WanStep.ImageAgain again) {
      deliver(again.number());
    } else if (step instanceof WanStep.MessageToHub message) {
      lastDelivery++;
      hub().onDelivery(new Delivery(lastDelivery, STAND_IN, new Load.Command(message.message())));
    } else if (step instanceof WanStep.MessageToHeadEnd message) {
      received(Message.parse(message.message()));
      hub().onHeard(Sha256.of(message.message()));
    } else if (step instanceof WanStep.Discarded discarded) {
      cues.accept(discarded.device(), ScriptStep.Cue.REFUSED);
    } else if (step instanceof WanStep.OrderAgain again) {
      Order order = orders.get(again.device());
      if (order != null && order.number() == again.order()) {
        send(again.device(), order, again.tries());
      }
    }
  }

  /** A hub that was off when an image came gets it again. */
  private void deliver(long number) {
    Load.Image image = images.get(number);
    if (image != null) {
      hub().onDelivery(new Delivery(number, STAND_IN, image));
      if (images.containsKey(number)) {
        kernel.schedule(REPEAT_NANOS, new WanStep.ImageAgain(number));
      }
    }
  }

  private Receiver hub() {
    if (hub == null) {
      throw new AssertionError("the link is not open");
    }
    return hub;
  }

  @Override
  public void plan(Eui64 device, DevicePlan plan) {
    plans.put(device, plan);
  }

  @Override
  public void distribute(Eui64 device, DevicePlan plan) {
    send(device, plan, ImageFile.of(plan, maximumImageOctets).get(0));
  }

  @Override
  public void distributeWhole(Eui64 device, DevicePlan plan) {
    Load.Image image = new Load.Image(plan.imageName(), plan.image(), List.of(device), plan.when());
    kernel.schedule(WAN_NANOS, new WanStep.ImageToHub(image, kernel.nanos()));
  }

  @Override
  public void want(Eui64 device, ImageId part) {
    DevicePlan plan = plans.get(device);
    if (plan == null) {
      return;
    }
    for (ImageFile file : ImageFile.of(plan, maximumImageOctets)) {
      if (file.image().imageType().equals(part.imageType())) {
        send(device, plan, file);
      }
    }
  }

  /** An image travels once for all devices that are offered it at the same time. */
  private void send(Eui64 device, DevicePlan plan, ImageFile file) {
    List<Eui64> devices = new ArrayList<>(List.of(device));
    int unused =
        kernel
            .pending()
            .drop(
                pending -> {
                  boolean isSame =
                      pending instanceof WanStep.ImageToHub other
                          && other.sentNanos() == kernel.nanos()
                          && other.image().name().equals(file.name())
                          && other.image().file().equals(file.octets())
                          && other.image().when().equals(plan.when());
                  if (isSame) {
                    devices.addAll(0, ((WanStep.ImageToHub) pending).image().devices());
                  }
                  return isSame;
                });
    Load.Image image = new Load.Image(file.name(), file.octets(), devices, plan.when());
    kernel.schedule(WAN_NANOS, new WanStep.ImageToHub(image, kernel.nanos()));
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
      Order order = orders.get(header.originator());
      if (order != null && header.originatorCounter() >= order.counter()) {
        orders.remove(header.originator());
        if (order.action() instanceof Action.Cancel) {
          cues.accept(header.originator(), ScriptStep.Cue.CANCELLED);
        }
      }
    }
    if (message.payload() instanceof FirmwareDistributionReceiptAlert receipt
        && receipt.alertCode() == AlertCode.FIRMWARE_VERIFICATION_SUCCESSFUL) {
      receipts.add(header.originator());
      cues.accept(header.originator(), ScriptStep.Cue.RECEIVED);
    } else if (message.payload() instanceof FirmwareTransferAlert alert
        && plans.containsKey(alert.entityId())) {
      if (alert.responseCode() == TransferResponseCode.SUCCESS) {
        transferred.add(alert.entityId());
      } else if (alert.responseCode() == TransferResponseCode.HARDWARE_VERSION_MISMATCH) {
        cues.accept(alert.entityId(), ScriptStep.Cue.REFUSED);
      } else if (alert.responseCode() == TransferResponseCode.IMAGE_DISCARDED) {
        // Another image was in its place, and may be there still.
        kernel.schedule(REPEAT_NANOS, new WanStep.Discarded(alert.entityId()));
      }
    }
  }

  @Override
  public void command(Eui64 device, Action action, DevicePlan plan) {
    if (action instanceof Action.Replay) {
      Message first = firstCommands.get(device);
      if (first != null) {
        listener.accept(first);
        kernel.schedule(WAN_NANOS, new WanStep.MessageToHub(first.octets()));
      }
      return;
    }
    Octets held = ((GbMeterFile) OtaFile.read(plan.image(), plan.kind())).manufacturerImageHash();
    Octets hash = action instanceof Action.ActivateOther ? NO_IMAGE : held;
    Order order = new Order(++lastOrder, supplierCounter + 1, hash, action);
    orders.put(device, order);
    boolean isAtOnce =
        action instanceof Action.ActivateOther
            || (action instanceof Action.Activate activate && activate.inNanos().isEmpty());
    send(device, order, isAtOnce ? COMMAND_TRIES : Integer.MAX_VALUE);
  }

  /**
   * Sends again whatever had no response, and goes on where the hub has said that an image is there
   * and the device's receipt never came: somebody asks why nothing happens.
   */
  @Override
  public void repeatOrders() {
    orders.forEach((device, order) -> send(device, order, COMMAND_TRIES));
    for (Eui64 device : transferred) {
      if (receipts.add(device)) {
        cues.accept(device, ScriptStep.Cue.RECEIVED);
      }
    }
  }

  /** Whether no time of an activation that somebody was told is still to come. */
  @Override
  public boolean isQuiet() {
    return kernel.utcMillis() > lastDateUtcMillis;
  }

  /** Nobody answers it. */
  @Override
  public void commandAsFormer(Eui64 device, DevicePlan plan) {
    Credentials former = parties.otherSupplier();
    long counter = ++supplierCounter;
    Message command =
        Message.of(
                GroupingHeader.command(MessageCode.CS06, counter, former.subject(), device),
                new ActivateFirmware.Command(HomeEstate.hash(plan), counter, new Activation.Now()))
            .sign(former.digitalSignatureKey())
            .addMac(
                parties.broker.keyAgreementKey(),
                parties.device(device).keyAgreement().publicKey());
    listener.accept(command);
    kernel.schedule(WAN_NANOS, new WanStep.MessageToHub(command.octets()));
  }

  private void send(Eui64 device, Order order, int tries) {
    if (tries > 0) {
      command(device, order.manufacturerImageHash(), activation(order.action()));
      kernel.schedule(REPEAT_NANOS, new WanStep.OrderAgain(device, order.number(), tries - 1));
    }
  }

  private Activation activation(Action action) {
    if (action instanceof Action.Activate activate) {
      return activate.inNanos().isPresent()
          ? at(kernel.utcMillis() + activate.inNanos().getAsLong() / 1_000_000)
          : new Activation.Now();
    }
    if (action instanceof Action.ActivateOther) {
      return new Activation.Now();
    }
    return new Activation.Cancel();
  }

  private Activation at(long utcMillis) {
    lastDateUtcMillis = Math.max(lastDateUtcMillis, utcMillis);
    return new Activation.At(GeneralizedTime.ofUtcMillis(utcMillis));
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
    firstCommands.putIfAbsent(device, command);
    listener.accept(command);
    kernel.schedule(WAN_NANOS, new WanStep.MessageToHub(command.octets()));
    attack(device, preCommand, command);
  }

  /** Old commands come again, and commands that the supplier never signed come with them. */
  private void attack(Eui64 device, Message preCommand, Message command) {
    Message first = firstCommands.getOrDefault(device, command);
    if (foes.replays(device)) {
      kernel.schedule(2 * WAN_NANOS, new WanStep.MessageToHub(first.octets()));
    }
    if (foes.forges(device)) {
      Message foreign =
          preCommand
              .sign(strangers.supplier.digitalSignatureKey())
              .addMac(
                  strangers.broker.keyAgreementKey(),
                  parties.device(device).keyAgreement().publicKey());
      kernel.schedule(WAN_NANOS / 2, new WanStep.MessageToHub(foreign.octets()));
    }
  }
}
