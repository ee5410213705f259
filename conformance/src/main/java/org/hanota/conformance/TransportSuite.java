// SPDX-License-Identifier: Apache-2.0
package org.hanota.conformance;

import static org.hanota.conformance.NotConformant.require;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.machine.SendResult;
import org.hanota.api.transport.Frame;
import org.hanota.api.transport.Transport;
import org.hanota.api.zcl.Clusters;
import org.hanota.api.zcl.Direction;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.api.zcl.ImageNotify;
import org.hanota.api.zcl.Tunnelled;
import org.hanota.api.zcl.ZclCodec;

/** Every check, in the order in which a new transport is best made to pass them. */
public final class TransportSuite {
  private static final ImageId IMAGE = ImageId.of(0x121D, 0x0080, 0x0101_0000L);
  private static final int MANY = 200;
  private static final int LONG_MESSAGE = 1_200;

  private TransportSuite() {}

  /** The checks of frames, then those of whole updates. */
  public static List<Check> checks() {
    List<Check> checks = new ArrayList<>();
    checks.add(new Check("a frame arrives as it was sent, to the device", h -> arrives(h, true)));
    checks.add(new Check("a frame arrives as it was sent, to the hub", h -> arrives(h, false)));
    checks.add(new Check("each frame has its result exactly once", TransportSuite::results));
    checks.add(new Check("frames arrive in the order of their sending", TransportSuite::order));
    checks.add(new Check("nothing is called back from inside a call", TransportSuite::inside));
    checks.add(new Check("the largest frame arrives whole", TransportSuite::largest));
    checks.add(new Check("a longer tunnelled message arrives whole", TransportSuite::tunnelled));
    checks.add(new Check("a broadcast reaches the device as one", TransportSuite::broadcast));
    checks.add(new Check("the device finds the hub by its cluster", TransportSuite::discovery));
    checks.add(new Check("nobody serves an unknown cluster", TransportSuite::noServer));
    checks.add(new Check("an unknown address is never delivered to", TransportSuite::stranger));
    checks.add(new Check("nothing comes after close", TransportSuite::closed));
    checks.addAll(UpdateSuite.checks());
    return List.copyOf(checks);
  }

  private static Heard open(Harness harness, Transport transport) {
    Heard heard = new Heard();
    transport.open(heard);
    harness.opened(transport);
    return heard;
  }

  private static Frame frame(Peer from, Peer to, SendOptions options, Octets zcl) {
    return new Frame(from, to, Clusters.PROFILE_SMART_ENERGY, Clusters.OTA_UPGRADE, options, zcl);
  }

  private static Octets block(int number, int length) {
    return ZclCodec.encode(
        new ImageBlockResponse.Success(IMAGE, number, Octets.wrap(new byte[length])),
        number & 0xFF,
        true);
  }

  private static void arrives(Harness harness, boolean toDevice) {
    Heard hub = open(harness, harness.hubSide());
    Heard device = open(harness, harness.deviceSide());
    Peer from = toDevice ? harness.hub() : harness.device();
    Peer to = toDevice ? harness.device() : harness.hub();
    Transport sender = toDevice ? harness.hubSide() : harness.deviceSide();
    Heard heard = toDevice ? device : hub;
    Frame sent = frame(from, to, SendOptions.ACKNOWLEDGED, block(1, 20));
    sender.send(1, sent);
    require(harness.await(() -> !heard.frames.isEmpty()), "no frame came");
    harness.settle();
    require(heard.frames.size() == 1, "it came " + heard.frames.size() + " times");
    Frame came = heard.frames.get(0);
    require(came.zcl().equals(sent.zcl()), "octets are " + came.zcl().toHex());
    require(came.source().equals(from), "source is " + came.source());
    require(came.destination().equals(to), "destination is " + came.destination());
    require(came.profileId() == sent.profileId(), "profile is " + came.profileId());
    require(came.clusterId() == sent.clusterId(), "cluster is " + came.clusterId());
    require(!came.options().apsEncryption(), "it came encrypted and was not sent so");
  }

  private static void results(Harness harness) {
    Heard hub = open(harness, harness.hubSide());
    open(harness, harness.deviceSide());
    for (int i = 0; i < MANY; i++) {
      SendOptions options =
          i % 2 == 0 ? SendOptions.ACKNOWLEDGED : SendOptions.ACKNOWLEDGED.unacknowledged();
      harness.hubSide().send(i, frame(harness.hub(), harness.device(), options, block(i, 8)));
      int expected = i + 1;
      require(harness.await(() -> hub.sendIds.size() >= expected), "no result of frame " + i);
    }
    harness.settle();
    require(
        hub.sendIds.stream().sorted().toList().equals(LongStream.range(0, MANY).boxed().toList()),
        "results of " + hub.sendIds);
    require(
        hub.results.stream().allMatch(result -> result == SendResult.DELIVERED),
        "results are " + hub.results);
  }

  private static void order(Harness harness) {
    Heard hub = open(harness, harness.hubSide());
    Heard device = open(harness, harness.deviceSide());
    for (int i = 0; i < MANY; i++) {
      harness
          .hubSide()
          .send(i, frame(harness.hub(), harness.device(), SendOptions.ACKNOWLEDGED, block(i, 8)));
      harness
          .deviceSide()
          .send(i, frame(harness.device(), harness.hub(), SendOptions.ACKNOWLEDGED, block(i, 8)));
      int expected = i + 1;
      require(
          harness.await(() -> device.frames.size() >= expected && hub.frames.size() >= expected),
          "frame " + i + " did not come");
    }
    for (int i = 0; i < MANY; i++) {
      require(device.frames.get(i).zcl().equals(block(i, 8)), "to the device: not frame " + i);
      require(hub.frames.get(i).zcl().equals(block(i, 8)), "to the hub: not frame " + i);
    }
  }

  private static void inside(Harness harness) {
    Heard hub = open(harness, harness.hubSide());
    Heard device = open(harness, harness.deviceSide());
    Frame sent = frame(harness.hub(), harness.device(), SendOptions.ACKNOWLEDGED, block(1, 8));
    hub.during(() -> device.during(() -> harness.hubSide().send(1, sent)));
    device.during(
        () -> harness.deviceSide().discover(Clusters.PROFILE_SMART_ENERGY, Clusters.OTA_UPGRADE));
    require(
        harness.await(() -> !hub.results.isEmpty() && !device.servers.isEmpty()),
        "no result or no server");
    require(hub.fromInside.get() + device.fromInside.get() == 0, "called back from inside");
  }

  private static void largest(Harness harness) {
    open(harness, harness.hubSide());
    Heard device = open(harness, harness.deviceSide());
    int data = ZclCodec.maximumBlockData(harness.hubSide().maximumPayload(harness.device()));
    require(data >= 1, "no room for an image block");
    Octets zcl = block(7, data);
    harness
        .hubSide()
        .send(1, frame(harness.hub(), harness.device(), SendOptions.ACKNOWLEDGED, zcl));
    require(harness.await(() -> !device.frames.isEmpty()), "it did not come");
    require(device.frames.get(0).zcl().equals(zcl), "it came as " + device.frames.get(0).zcl());
  }

  private static Octets tunnelled(int length) {
    int header = ZclCodec.encode(tunnel(0), 3, true).length();
    return ZclCodec.encode(tunnel(length - header), 3, true);
  }

  private static Tunnelled tunnel(int data) {
    return new Tunnelled(Direction.SERVER_TO_CLIENT, 1, Octets.wrap(new byte[data]));
  }

  private static void tunnelled(Harness harness) {
    Heard hub = open(harness, harness.hubSide());
    Heard device = open(harness, harness.deviceSide());
    int length = Math.min(LONG_MESSAGE, harness.longestFrame());
    Octets message = tunnelled(length);
    harness.hubSide().send(1, tunnelled(harness, message));
    require(
        harness.await(() -> !device.frames.isEmpty() && !hub.results.isEmpty()),
        "it did not come, or had no result");
    require(device.frames.get(0).zcl().equals(message), "it came changed");
    require(hub.results.get(0) == SendResult.DELIVERED, "its result is " + hub.results);
    if (length < LONG_MESSAGE) {
      harness.hubSide().send(2, tunnelled(harness, tunnelled(length + 1)));
      require(harness.await(() -> hub.results.size() > 1), "the one too long had no result");
      require(hub.results.get(1) != SendResult.DELIVERED, "the one too long was delivered");
      harness.settle();
      require(device.frames.size() == 1, "the one too long came");
    }
  }

  private static Frame tunnelled(Harness harness, Octets message) {
    return new Frame(
        harness.hub(),
        harness.device(),
        Clusters.PROFILE_SMART_ENERGY,
        Clusters.TUNNELING,
        SendOptions.ACKNOWLEDGED,
        message);
  }

  private static void broadcast(Harness harness) {
    open(harness, harness.hubSide());
    Heard device = open(harness, harness.deviceSide());
    Octets notify = ZclCodec.encode(ImageNotify.of(IMAGE), 9, true);
    SendOptions options = SendOptions.ACKNOWLEDGED.unacknowledged();
    harness.hubSide().send(1, frame(harness.hub(), Peer.BROADCAST, options, notify));
    require(harness.await(() -> !device.frames.isEmpty()), "it did not come");
    Frame came = device.frames.get(0);
    require(came.destination().isBroadcast(), "its destination is " + came.destination());
    require(came.zcl().equals(notify), "it came changed");
  }

  private static void discovery(Harness harness) {
    open(harness, harness.hubSide());
    Heard device = open(harness, harness.deviceSide());
    harness.deviceSide().discover(Clusters.PROFILE_SMART_ENERGY, Clusters.OTA_UPGRADE);
    require(harness.await(() -> !device.servers.isEmpty()), "no server was found");
    harness.settle();
    require(device.servers.equals(List.of(harness.hub())), "found " + device.servers);
    require(device.noServer.get() == 0, "found and not found");
  }

  private static void noServer(Harness harness) {
    open(harness, harness.hubSide());
    Heard device = open(harness, harness.deviceSide());
    harness.deviceSide().discover(Clusters.PROFILE_SMART_ENERGY, Clusters.METERING);
    require(harness.await(() -> device.noServer.get() > 0), "no answer");
    require(device.servers.isEmpty(), "found " + device.servers);
  }

  private static void stranger(Harness harness) {
    Heard hub = open(harness, harness.hubSide());
    Heard device = open(harness, harness.deviceSide());
    Peer nobody = new Peer(new Eui64(0x0102_0304_0506_0708L), 1);
    harness.hubSide().send(1, frame(harness.hub(), nobody, SendOptions.ACKNOWLEDGED, block(1, 8)));
    require(harness.await(() -> !hub.results.isEmpty()), "no result");
    require(hub.results.get(0) != SendResult.DELIVERED, "it was delivered");
    require(device.frames.isEmpty(), "the device has it");
  }

  private static void closed(Harness harness) {
    open(harness, harness.hubSide());
    Heard device = open(harness, harness.deviceSide());
    harness.deviceSide().close();
    harness.settle();
    int before = device.frames.size();
    harness
        .hubSide()
        .send(1, frame(harness.hub(), harness.device(), SendOptions.ACKNOWLEDGED, block(1, 8)));
    harness.settle();
    require(device.frames.size() == before, "a frame came after close");
  }
}
