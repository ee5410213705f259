// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.HardwareVersion;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.api.machine.Delivery;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Job;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.Received;
import org.hanota.api.machine.SendResult;
import org.hanota.api.machine.TransitionTable.Edge;
import org.hanota.api.zcl.AttributeValue;
import org.hanota.api.zcl.Clusters;
import org.hanota.api.zcl.DefaultResponse;
import org.hanota.api.zcl.Direction;
import org.hanota.api.zcl.ImageBlockRequest;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.api.zcl.ImagePageRequest;
import org.hanota.api.zcl.OtaAttribute;
import org.hanota.api.zcl.QueryNextImageRequest;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.UpgradeEndRequest;
import org.hanota.api.zcl.ZclMessage;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.bank.InMemoryImageBank;
import org.hanota.otaformat.OtaHeader;
import org.hanota.otaformat.Verifier;
import org.hanota.otaformat.ZigBeeFile;
import org.hanota.testing.RecordedEffects;
import org.jspecify.annotations.Nullable;

/** A device on the desk: a test is its server, its clock and its mains switch. */
final class Desk {
  static final Peer HUB = new Peer(new Eui64(0x00DB1234567890A2L), 1);
  static final Eui64 SELF = new Eui64(0x00DB123456789100L);
  static final long UTC_MILLIS = 1_767_225_600_000L;
  static final FileVersion BEFORE = new FileVersion(0x0100_0000L);
  static final ImageId IMAGE = ImageId.of(0x121D, 0x0080, 0x0101_0000L);
  static final Octets FILE = file(IMAGE, 1_000, 1);

  final RecordedEffects effects = new RecordedEffects();

  /** The transitions that the device has taken. */
  final Set<Edge<DeviceState, DeviceStimulus>> edges = new HashSet<>();

  final List<Job> waitingJobs = new ArrayList<>();
  final DeviceConfig config;
  ImageBank bank;
  DeviceMachine machine;
  boolean knowsUtc = true;
  long utcShiftMillis;
  boolean selfTestPasses = true;
  int powerPercent = 100;
  long nanos;

  /** The request that was answered last, by a test that asks for {@link #request}. */
  @Nullable ZclMessage answered;

  private int starts;

  Desk(DeviceType type, UnaryOperator<DeviceParameters> change) {
    this(type, change, Verifier.headerAndSizeOnly("the desk has no keys"));
  }

  Desk(DeviceType type, UnaryOperator<DeviceParameters> change, Verifier verifier) {
    this(type, change, verifier, Optional.empty());
  }

  Desk(
      DeviceType type,
      UnaryOperator<DeviceParameters> change,
      Verifier verifier,
      Optional<GbcsConfig> gbcs) {
    this(
        builder(type, verifier)
            .gbcs(gbcs)
            .parameters(change.apply(DeviceParameters.DEFAULT))
            .build());
  }

  static DeviceConfig.Builder builder(DeviceType type, Verifier verifier) {
    return DeviceConfig.builder(SELF, type, verifier)
        .model(IMAGE.manufacturerCode(), IMAGE.imageType())
        .hardwareVersion(new HardwareVersion(0x0100));
  }

  static Desk of(DeviceType type) {
    return new Desk(type, UnaryOperator.identity());
  }

  /** A device with another configuration. */
  static Desk of(DeviceType type, UnaryOperator<DeviceConfig.Builder> change) {
    return new Desk(
        change.apply(builder(type, Verifier.headerAndSizeOnly("the desk has no keys"))).build());
  }

  private Desk(DeviceConfig config) {
    this.config = config;
    bank = new InMemoryImageBank(config.parameters().maximumImageOctets(), BEFORE);
    machine = made();
  }

  static Octets file(ImageId image, int firmwareOctets, long seed) {
    ZigBeeFile file =
        ZigBeeFile.builder(OtaHeader.of(image))
            .upgradeImage(SeededRandom.of(seed, 0, 0).octets(firmwareOctets))
            .build();
    return file.octets().octets(0, (int) file.octets().size());
  }

  private DeviceMachine made() {
    return new DeviceMachine(
        config,
        bank,
        SeededRandom.of(1, 0, starts++),
        () -> selfTestPasses,
        () -> powerPercent,
        DeviceTransitions.TABLE.watchedBy(edges::add));
  }

  Now now() {
    return new Now(
        nanos, knowsUtc ? UTC_MILLIS + utcShiftMillis + nanos / 1_000_000 : Now.UTC_UNKNOWN);
  }

  /** Power-on, and again after a power cut: what was on the air or at work is gone. */
  void start() {
    machine = made();
    effects.clear();
    waitingJobs.clear();
    answered = null;
    effects.wakeAt = Long.MAX_VALUE;
    machine.onStart(now(), effects);
    keepJobs();
  }

  private void keepJobs() {
    waitingJobs.addAll(effects.jobs);
    effects.jobs.clear();
  }

  void input(Input input) {
    machine.onInput(now(), input, effects);
    keepJobs();
  }

  /** A message in answer to the last one sent. */
  void receive(ZclMessage message) {
    receive(message, Delivery.UNICAST, HUB);
  }

  /** The server's default response to the last Upgrade End Request. */
  void endNoted() {
    endAnswered(ZclStatus.SUCCESS);
  }

  /** The server answers the last Upgrade End Request with a default response. */
  void endAnswered(ZclStatus status) {
    for (int i = effects.sent.size() - 1; i >= 0; i--) {
      if (effects.sent.get(i).message() instanceof UpgradeEndRequest end) {
        receive(DefaultResponse.to(end, status), (int) (effects.sent.get(i).sendId() & 0xFF));
        return;
      }
    }
    throw new AssertionError("no Upgrade End Request was sent");
  }

  void receive(ZclMessage message, int sequence) {
    machine.onReceive(now(), new Received(HUB, message, sequence, Delivery.UNICAST), effects);
    keepJobs();
  }

  void receive(ZclMessage message, Delivery delivery, Peer from) {
    int sequence =
        effects.sent.isEmpty()
            ? 0
            : (int) (effects.sent.get(effects.sent.size() - 1).sendId() & 0xFF);
    machine.onReceive(now(), new Received(from, message, sequence, delivery), effects);
    keepJobs();
  }

  void sendFails() {
    long id = effects.sent.get(effects.sent.size() - 1).sendId();
    machine.onSent(now(), id, SendResult.NO_ACK, effects);
    keepJobs();
  }

  /** Finishes the jobs that wait; a reboot starts the device again. */
  void work() {
    while (!waitingJobs.isEmpty()) {
      Job job = waitingJobs.remove(0);
      if (job.kind() == Job.Kind.REBOOT) {
        start();
      } else {
        input(job.work().get());
      }
    }
  }

  /** Lets time pass; the timer fires whenever it is due. */
  void pass(long millis) {
    long end = nanos + millis * 1_000_000L;
    while (effects.wakeAt <= end) {
      tick();
    }
    nanos = end;
  }

  /** Goes to the next time that the device asked for. */
  void tick() {
    if (effects.wakeAt == Long.MAX_VALUE) {
      throw new AssertionError("the device waits for ever in " + machine.state());
    }
    nanos = Math.max(nanos, effects.wakeAt);
    effects.wakeAt = Long.MAX_VALUE;
    machine.onTimer(now(), effects);
    keepJobs();
  }

  ZclMessage last() {
    return effects.sent.get(effects.sent.size() - 1).message();
  }

  /** The device's last request to its server, if it has not been answered. */
  Optional<ZclMessage> request() {
    for (int i = effects.sent.size() - 1; i >= 0; i--) {
      ZclMessage message = effects.sent.get(i).message();
      if (message instanceof QueryNextImageRequest
          || message instanceof ImageBlockRequest
          || message instanceof ImagePageRequest
          || message instanceof UpgradeEndRequest) {
        return message == answered ? Optional.empty() : Optional.of(message);
      }
    }
    return Optional.empty();
  }

  <T extends ZclMessage> int count(Class<T> type) {
    return effects.messages(type).size();
  }

  /** From power-on to the state in which an offer is awaited. */
  Desk querying() {
    start();
    work();
    input(new DeviceInput.QueryNow());
    if (machine.state() == DeviceState.DISCOVERING) {
      input(new Input.ServerFound(HUB));
    }
    return this;
  }

  Desk erasing() {
    querying();
    receive(new QueryNextImageResponse.Success(IMAGE, FILE.length()));
    return this;
  }

  Desk downloading() {
    erasing();
    work();
    return this;
  }

  /** A block of the file from where the device stands. */
  static ImageBlockResponse block(long offset, int length) {
    return new ImageBlockResponse.Success(IMAGE, offset, FILE.slice((int) offset, length));
  }

  /** Answers block requests until {@code until} or the end. */
  void serve(long until) {
    while (machine.state() == DeviceState.DOWNLOADING
        && last() instanceof ImageBlockRequest request
        && request.fileOffset() < until) {
      receive(block(request.fileOffset(), request.maximumDataSize()));
    }
  }

  /** From power-on to the Upgrade End Request for {@code file}, offered as {@code image}. */
  void take(ImageId image, Octets file) {
    querying();
    receive(new QueryNextImageResponse.Success(image, file.length()));
    work();
    serve(image, file);
    work();
  }

  /** Answers block requests to the end of the file or until the device does something else. */
  void serve(ImageId image, Octets file) {
    while (machine.state() == DeviceState.DOWNLOADING
        && last() instanceof ImageBlockRequest request) {
      int length = (int) Math.min(request.maximumDataSize(), file.length() - request.fileOffset());
      receive(
          new ImageBlockResponse.Success(
              image, request.fileOffset(), file.slice((int) request.fileOffset(), length)));
    }
  }

  Desk verifying() {
    downloading();
    serve(FILE.length());
    return this;
  }

  Desk ending() {
    verifying();
    work();
    return this;
  }

  void refuse(ZclStatus status) {
    receive(DefaultResponse.to(last(), status));
  }

  /** The value of an attribute; -1 where there is none. */
  long attribute(OtaAttribute attribute) {
    return machine
        .attribute(Clusters.OTA_UPGRADE, Direction.CLIENT_TO_SERVER, attribute.id())
        .map(AttributeValue::value)
        .orElse(-1L);
  }
}
