// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.radio;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.ImageId;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.api.control.Offer;
import org.hanota.api.control.UpgradeTime;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.machine.SendOptions.Priority;
import org.hanota.api.machine.SendResult;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.node.Driver;
import org.hanota.api.transport.Frame;
import org.hanota.api.transport.Transport;
import org.hanota.api.zcl.Clusters;
import org.hanota.device.DeviceConfig;
import org.hanota.device.DeviceNode;
import org.hanota.device.DeviceParameter;
import org.hanota.device.DeviceParameters;
import org.hanota.device.DeviceType;
import org.hanota.device.bank.InMemoryImageBank;
import org.hanota.hub.HubConfig;
import org.hanota.hub.HubInput;
import org.hanota.hub.HubNode;
import org.hanota.hub.catalogue.InMemoryImageStore;
import org.hanota.hub.catalogue.StoredImage;
import org.hanota.hub.store.InMemoryTransferStore;
import org.hanota.otaformat.FileKind;
import org.hanota.otaformat.OtaHeader;
import org.hanota.otaformat.Verifier;
import org.hanota.otaformat.ZigBeeFile;
import org.hanota.testing.VirtualClock;

/** A hub and devices of one model, the real machines, on one radio channel. */
final class RadioHome {
  static final int HUB = 0;
  private static final int DATA_SIZE = 50;
  private static final int PROFILE = Clusters.PROFILE_SMART_ENERGY;
  private static final ImageId IMAGE = ImageId.of(0x121D, 0x0080, 0x0101_0000L);
  private static final FileVersion BEFORE = new FileVersion(0x0100_0000L);

  /** Of all headers and empty elements of the image below. */
  private static final int OVERHEAD_OCTETS = 62;

  static final int CAPACITY_OCTETS = 768_000;
  private static final int METER_OCTETS = 40;
  private static final long STREAM_BACK_OFF = 1_000;
  private static final long STREAM_LOSS = 2_000;
  private static final int COMMAND = 2;
  private static final int IMAGE_BLOCK_REQUEST = 3;
  private static final int IMAGE_BLOCK_RESPONSE = 5;

  /** A frame that was on the air. */
  record Sent(long start, long end, int from, Frame frame, int repetition, boolean isDamaged) {
    int command() {
      return frame.zcl().at(COMMAND);
    }

    int octets() {
      return FrameOctets.of(frame.zcl().length(), frame.options().apsEncryption());
    }
  }

  /** A frame of the hub that is none of an update. */
  static final class MeterFrame {
    final int number;
    final long given;

    /** When it was first on the air; negative before that. */
    long onAir = -1;

    /** Frames of updates that the hub sent meanwhile; one that is repeated counts once. */
    int passedBy;

    private long lastSequence = -1;

    void passedBy(long start, long sequence) {
      if (start >= given && sequence != lastSequence) {
        lastSequence = sequence;
        passedBy++;
      }
    }

    MeterFrame(int number, long given) {
      this.number = number;
      this.given = given;
    }
  }

  final List<Sent> sent = new ArrayList<>();
  final Map<Fate, Integer> updateFates = new EnumMap<>(Fate.class);
  final Map<Fate, Integer> meterFates = new EnumMap<>(Fate.class);
  final List<MeterFrame> meterFrames = new ArrayList<>();
  final VirtualClock clock = new VirtualClock();
  private final Map<Eui64, Node> byAddress = new TreeMap<>();
  private final List<Node> nodes = new ArrayList<>();
  private final Channel<Outbound> channel;
  private final SeededRandom lossRandom;
  private boolean keepsFrames;
  private long wakeAt = Long.MAX_VALUE;
  private int received;
  private long requests;
  private long firstRequest = -1;
  private long lastResponse;

  /** What a transport hands to the channel. */
  private record Outbound(long sendId, Frame frame) {}

  /** A home whose devices all update themselves to an image of this size in blocks of 50 octets. */
  RadioHome(RadioSettings settings, long seed, int devices, double loss, int imageOctets) {
    this.lossRandom = SeededRandom.of(seed, 0, STREAM_LOSS);
    channel =
        new Channel<>(
            settings, (nanos, from, to, frame, isAck) -> !lossRandom.chance(loss), new Listening());
    Octets file = file(imageOctets);
    Node hub = node(seed, 0x00DB1234567890A2L);
    InMemoryImageStore images = new InMemoryImageStore();
    images.put(StoredImage.check("radio.ota", file, FileKind.ZIGBEE, CAPACITY_OCTETS), file);
    Driver hubDriver =
        HubNode.of(HubConfig.builder(hub.self).build(), images, new InMemoryTransferStore())
            .on(hub, clock, clock)
            .build();
    hubDriver.start();
    for (int i = 0; i < devices; i++) {
      device(seed, node(seed, 0x00DB123456789100L + i));
    }
    for (Node device : nodes.subList(1, nodes.size())) {
      hubDriver.input(
          new HubInput.Start(
              new Offer(device.self, IMAGE, new UpgradeTime.Now(), 100, Optional.empty())));
    }
  }

  private static Octets file(int octets) {
    OctetSource file =
        ZigBeeFile.builder(OtaHeader.of(IMAGE))
            .upgradeImage(SeededRandom.of(1, 0, 0).octets(octets - OVERHEAD_OCTETS))
            .build()
            .octets();
    if (file.size() != octets) {
      throw new AssertionError("the file has " + file.size() + " octets");
    }
    return file.octets(0, octets);
  }

  private Node node(long seed, long address) {
    Peer self = new Peer(new Eui64(address), 1);
    int number = channel.attach(SeededRandom.of(seed, 0, STREAM_BACK_OFF + nodes.size()));
    Node node = new Node(self, number);
    nodes.add(node);
    byAddress.put(self.address(), node);
    return node;
  }

  private void device(long seed, Node node) {
    DeviceConfig config =
        DeviceConfig.builder(
                node.self.address(),
                DeviceType.PPMID,
                Verifier.headerAndSizeOnly("the radio is what is tested"))
            .model(IMAGE.manufacturerCode(), IMAGE.imageType())
            .parameters(DeviceParameters.DEFAULT.with(DeviceParameter.MAXIMUM_DATA_SIZE, DATA_SIZE))
            .build();
    InMemoryImageBank bank = new InMemoryImageBank(CAPACITY_OCTETS, BEFORE);
    DeviceNode.of(config, bank, () -> true)
        .seed(seed)
        .on(node, clock, clock)
        .listener(this::event)
        .build()
        .start();
  }

  private void event(Object now, Event event) {
    if (event instanceof UpdateEvent.Verified) {
      received++;
    }
  }

  /** The hub has a metering frame for each device in turn, again and again. */
  RadioHome meterEvery(long periodMillis, Priority priority) {
    clock.schedule(periodMillis * 1_000_000, () -> meter(periodMillis, priority));
    return this;
  }

  private void meter(long periodMillis, Priority priority) {
    Node hub = nodes.get(HUB);
    int number = meterFrames.size();
    Node to = nodes.get(1 + number % (nodes.size() - 1));
    SendOptions options = SendOptions.ACKNOWLEDGED.withPriority(priority);
    Octets zcl = Octets.copyOf(new byte[METER_OCTETS]);
    meterFrames.add(new MeterFrame(number, clock.now().monotonicNanos()));
    hub.send(number, new Frame(hub.self, to.self, PROFILE, Clusters.METERING, options, zcl));
    meterEvery(periodMillis, priority);
  }

  /** Keeps each frame that is on the air. */
  RadioHome keeping() {
    keepsFrames = true;
    return this;
  }

  /** Runs until every device has its image; fails when that takes longer than allowed. */
  RadioHome run(long limitHours) {
    long end = limitHours * 3_600_000;
    long now = 0;
    while (received < nodes.size() - 1) {
      if (now >= end) {
        throw new AssertionError(
            received + " devices have their image after " + limitHours + " hours");
      }
      clock.advanceMillis(1_000);
      now += 1_000;
    }
    return this;
  }

  /** Milliseconds from the first request on the air to the last response, per exchange. */
  double millisPerExchange() {
    return (lastResponse - firstRequest) / 1e6 / requests;
  }

  long requests() {
    return requests;
  }

  private void wake() {
    long next = channel.nextNanos();
    if (next < wakeAt) {
      wakeAt = next;
      clock.schedule(next - clock.now().monotonicNanos(), () -> due(next));
    }
  }

  private void due(long at) {
    if (at == wakeAt) {
      wakeAt = Long.MAX_VALUE;
      channel.advance(at);
      wake();
    }
  }

  private final class Node implements Transport {
    final Peer self;
    final int number;
    private Receiver receiver = new Unopened();

    Node(Peer self, int number) {
      this.self = self;
      this.number = number;
    }

    @Override
    public void open(Receiver opened) {
      receiver = opened;
    }

    @Override
    public void send(long sendId, Frame frame) {
      Node to = byAddress.get(frame.destination().address());
      boolean taken =
          channel.send(
              clock.now().monotonicNanos(),
              number,
              to == null ? Channel.ALL : to.number,
              FrameOctets.of(frame.zcl().length(), frame.options().apsEncryption()),
              true,
              frame.options().priority(),
              new Outbound(sendId, frame.withZcl(frame.zcl().copy())));
      if (!taken) {
        clock.schedule(0, () -> receiver.onSent(sendId, SendResult.BUSY));
      }
      wake();
    }

    @Override
    public void discover(int profileId, int clusterId) {
      clock.schedule(1_000_000, () -> receiver.onServerFound(nodes.get(HUB).self));
    }

    @Override
    public int maximumPayload(Peer destination) {
      return Band.FRAME_MAXIMUM_OCTETS - FrameOctets.of(0, false);
    }

    @Override
    public void close() {}
  }

  private static final class Unopened implements Transport.Receiver {
    @Override
    public void onFrame(Frame frame) {
      throw new AssertionError("nobody listens");
    }

    @Override
    public void onSent(long sendId, SendResult result) {
      throw new AssertionError("nobody sent");
    }

    @Override
    public void onServerFound(Peer server) {
      throw new AssertionError("nobody looked");
    }

    @Override
    public void onNoServer() {
      throw new AssertionError("nobody looked");
    }
  }

  private final class Listening implements ChannelListener<Outbound> {
    @Override
    public void arrived(long nanos, int from, int to, Outbound what) {
      if (!isMeter(what.frame())) {
        nodes.get(to).receiver.onFrame(what.frame());
      }
    }

    @Override
    public void ended(long nanos, int station, Outbound what, Fate fate) {
      if (isMeter(what.frame())) {
        meterFates.merge(fate, 1, Integer::sum);
      } else {
        updateFates.merge(fate, 1, Integer::sum);
        // It may have ended at once, for its duty cycle, while it is still being sent.
        Transport.Receiver receiver = nodes.get(station).receiver;
        clock.schedule(0, () -> receiver.onSent(what.sendId(), fate.result()));
      }
    }

    @Override
    public void transmitted(
        long startNanos,
        long endNanos,
        int from,
        int to,
        Outbound what,
        long sequence,
        int repetition,
        boolean isDamaged) {
      Sent frame = new Sent(startNanos, endNanos, from, what.frame(), repetition, isDamaged);
      if (keepsFrames) {
        sent.add(frame);
      }
      if (isMeter(what.frame())) {
        MeterFrame meter = meterFrames.get((int) what.sendId());
        meter.onAir = meter.onAir < 0 ? startNanos : meter.onAir;
        return;
      }
      if (from == HUB) {
        for (int i = meterFrames.size() - 1; i >= 0 && meterFrames.get(i).onAir < 0; i--) {
          meterFrames.get(i).passedBy(startNanos, sequence);
        }
      }
      if (from != HUB && frame.command() == IMAGE_BLOCK_REQUEST) {
        firstRequest = firstRequest < 0 ? startNanos : firstRequest;
        requests += repetition == 0 ? 1 : 0;
      } else if (from == HUB && frame.command() == IMAGE_BLOCK_RESPONSE) {
        lastResponse = endNanos;
      }
    }
  }

  private static boolean isMeter(Frame frame) {
    return frame.clusterId() == Clusters.METERING;
  }
}
