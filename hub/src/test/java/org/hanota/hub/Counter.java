// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.hanota.api.Eui64;
import org.hanota.api.HardwareVersion;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.api.control.HubStatus;
import org.hanota.api.control.Offer;
import org.hanota.api.control.Phase;
import org.hanota.api.machine.Delivery;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.Received;
import org.hanota.api.machine.TransitionTable;
import org.hanota.api.zcl.BlockRequestOptions;
import org.hanota.api.zcl.ImageBlockRequest;
import org.hanota.api.zcl.QueryNextImageRequest;
import org.hanota.api.zcl.UpgradeEndRequest;
import org.hanota.api.zcl.ZclMessage;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.gbcs.InMemoryCounterStore;
import org.hanota.gbcs.key.InMemoryKeyStore;
import org.hanota.gbcs.key.RemotePartyRole;
import org.hanota.gbcs.key.TestPki;
import org.hanota.hub.catalogue.InMemoryImageStore;
import org.hanota.hub.catalogue.ModelProfile;
import org.hanota.hub.catalogue.StoredImage;
import org.hanota.hub.store.InMemoryTransferStore;
import org.hanota.hub.store.TransferStore;
import org.hanota.hub.update.HubStimulus;
import org.hanota.otaformat.FileKind;
import org.hanota.otaformat.OtaHeader;
import org.hanota.otaformat.ZigBeeFile;
import org.hanota.testing.RecordedEffects;

/** A hub behind a counter: a test stands before it as its devices, its operator and its clock. */
final class Counter {
  static final Peer SELF = new Peer(new Eui64(0x00DB1234567890A2L), 1);
  static final ImageId BEFORE = ImageId.of(0x121D, 0x0080, 0x0100_0000L);
  static final ImageId IMAGE = ImageId.of(0x121D, 0x0080, 0x0101_0000L);
  static final Octets FILE = file(OtaHeader.of(IMAGE));
  static final Eui64 BROKER = new Eui64(0x90B3D51F30000002L);
  static final TestPki PKI = TestPki.ofSeed(1);
  static final long UTC_MILLIS = 1_767_225_600_000L;

  /** More than a hub's timer runs out for any step of a test. */
  private static final int MOST_TIMERS = 100_000;

  final InMemoryImageStore images = new InMemoryImageStore();
  final InMemoryTransferStore transfers = new InMemoryTransferStore();

  /** Through which the hub sees it; its next start takes another one up. */
  TransferStore port = transfers;

  final RecordedEffects effects = new RecordedEffects();
  final HubParameters parameters;

  /** The transitions that it has taken. */
  final Set<TransitionTable.Edge<Phase, HubStimulus>> edges = new LinkedHashSet<>();

  HubMachine machine;
  long nanos;
  boolean knowsUtc = true;

  /** How wrong its clock is. */
  long utcShiftMillis;

  int maximumPayload = 82;

  /** How the hub takes part in GBCS; its next start takes it up. */
  Optional<HubGbcsConfig> gbcs = Optional.empty();

  /** Models that need smaller blocks; its next start takes them up. */
  List<ModelProfile> models = List.of();

  Counter(UnaryOperator<HubParameters> change) {
    parameters = change.apply(HubParameters.DEFAULT);
    machine = made();
    put(FILE);
  }

  /** From its next start on it takes part in GBCS, with credentials of the test PKI. */
  Counter inGbcs() {
    gbcs =
        Optional.of(
            new HubGbcsConfig(
                BROKER,
                new InMemoryKeyStore()
                    .trust(PKI.organisation(BROKER, RemotePartyRole.ACCESS_CONTROL_BROKER))
                    .hold(PKI.device(SELF.address())),
                new InMemoryCounterStore(),
                1));
    return this;
  }

  static Octets file(OtaHeader header) {
    ZigBeeFile file =
        ZigBeeFile.builder(header).upgradeImage(SeededRandom.of(1, 0, 0).octets(2_000)).build();
    return file.octets().octets(0, (int) file.octets().size());
  }

  StoredImage put(Octets file) {
    StoredImage stored =
        StoredImage.check(
            OtaHeader.read(file).image() + ".ota",
            file,
            FileKind.ZIGBEE,
            parameters.maximumImageOctets());
    images.put(stored, file);
    return stored;
  }

  private HubMachine made() {
    return new HubMachine(
        HubConfig.builder(SELF).gbcs(gbcs).models(models).parameters(parameters).build(),
        images,
        port,
        peer -> maximumPayload,
        HubTransitions.TABLE.watchedBy(edges::add));
  }

  static Peer device(int number) {
    return new Peer(new Eui64(0x00DB123456789100L + number), 1);
  }

  Now now() {
    return new Now(
        nanos, knowsUtc ? UTC_MILLIS + utcShiftMillis + nanos / 1_000_000 : Now.UTC_UNKNOWN);
  }

  /** Power-on, and again after a power cut. */
  Counter start() {
    machine = made();
    effects.clear();
    effects.wakeAt = Long.MAX_VALUE;
    machine.onStart(now(), effects);
    return this;
  }

  /** The hub is off once all that it has gathered is stored, and on again. */
  Counter restart() {
    pass(parameters.gatherMs());
    return start();
  }

  void input(HubInput input) {
    machine.onInput(now(), input, effects);
  }

  void offer(int device) {
    input(new HubInput.Start(Offer.of(device(device), IMAGE)));
  }

  /** A message from a device; what was sent before is forgotten. */
  void receive(int device, ZclMessage message) {
    effects.clear();
    machine.onReceive(now(), new Received(device(device), message, 7, Delivery.UNICAST), effects);
  }

  void abort(int device) {
    input(new HubInput.Abort(device(device).address(), "tester: a test"));
  }

  void receive(Peer device, ZclMessage message) {
    effects.clear();
    machine.onReceive(now(), new Received(device, message, 7, Delivery.UNICAST), effects);
  }

  void query(Peer device, ImageId running) {
    receive(device, new QueryNextImageRequest(running, Optional.empty()));
  }

  void end(int device, ImageId image, ZclStatus status) {
    receive(device, new UpgradeEndRequest(status, image));
  }

  void query(int device) {
    query(device, BEFORE, Optional.empty());
  }

  void query(int device, ImageId running, Optional<HardwareVersion> hardware) {
    receive(device, new QueryNextImageRequest(running, hardware));
  }

  void block(int device, long offset) {
    block(device, offset, 48, BlockRequestOptions.NONE);
  }

  void block(int device, long offset, int size, BlockRequestOptions options) {
    receive(device, new ImageBlockRequest(IMAGE, offset, size, options));
  }

  /** Every block of the image, one after the other. */
  void blocks(int device) {
    for (long at = 0; at < FILE.length(); at += 48) {
      block(device, at);
    }
  }

  void end(int device, ZclStatus status) {
    receive(device, new UpgradeEndRequest(status, IMAGE));
  }

  /** The one message that was sent since the last received one. */
  ZclMessage answer() {
    if (effects.sent.isEmpty()) {
      throw new AssertionError("nothing was sent");
    }
    return effects.sent.get(0).message();
  }

  void pass(long millis) {
    long end = nanos + millis * 1_000_000L;
    for (int calls = 0; effects.wakeAt <= end; calls++) {
      if (calls > MOST_TIMERS) {
        throw new AssertionError("the hub's timer runs out without end at " + nanos);
      }
      nanos = Math.max(nanos, effects.wakeAt);
      effects.wakeAt = Long.MAX_VALUE;
      machine.onTimer(now(), effects);
    }
    nanos = end;
  }

  Phase phase(int device) {
    return status(device).phase();
  }

  HubStatus.DeviceStatus status(int device) {
    return machine.status().devices().stream()
        .filter(entry -> entry.device().equals(device(device)))
        .findFirst()
        .orElseThrow(AssertionError::new);
  }
}
