// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.emulator;

import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.hanota.api.FormatException;
import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Machine;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendResult;
import org.hanota.api.node.Driver;
import org.hanota.api.node.NodeConfig;
import org.hanota.api.node.TimeSource;
import org.hanota.api.transport.Frame;
import org.hanota.api.transport.Scheduler;
import org.hanota.api.transport.Transport;
import org.hanota.api.zcl.Clusters;
import org.hanota.transport.serial.Capture;
import org.hanota.transport.serial.port.BytePort;
import org.hanota.transport.serial.port.PortKeeper;
import org.hanota.transport.serial.znp.Command;
import org.hanota.transport.serial.znp.DataRequest;
import org.hanota.transport.serial.znp.IncomingMessage;
import org.hanota.transport.serial.znp.SimpleDescriptor;
import org.hanota.transport.serial.znp.ZnpFrame;
import org.hanota.transport.serial.znp.ZnpFrameDecoder;
import org.jspecify.annotations.Nullable;

/**
 * A ZNP coordinator with a network of devices and no radio. Whoever opens the other end of its port
 * finds a stick; its devices are transports for machines. Everything happens in tasks of the
 * scheduler, so that a run in virtual time repeats exactly.
 */
public final class ZnpEmulator implements AutoCloseable {
  private static final int LINK_QUALITY = 200;
  private static final int SEQUENCES = 256;

  private final EmulatorConfig config;
  private final Scheduler scheduler;
  private final TimeSource time;
  private final PortKeeper port;
  private final ZnpFrameDecoder decoder = new ZnpFrameDecoder(this::frame);
  private final Stick stick;
  private final Devices devices;
  private Conditions conditions = Conditions.GOOD;
  private Optional<Capture> capture = Optional.empty();

  /** Restarts so far: what an earlier life still had to say is void. */
  private int life;

  private boolean restarting;
  private int sequence;

  /**
   * @param opener the emulator's end of the line
   * @param scheduler runs one task at a time
   * @param time the time of the scheduler
   */
  public ZnpEmulator(
      EmulatorConfig config, BytePort.Opener opener, Scheduler scheduler, TimeSource time) {
    this.config = config;
    this.scheduler = scheduler;
    this.time = time;
    Later later = new Later();
    stick = new Stick(config, later);
    devices = new Devices(config, stick, later, () -> conditions, this::record);
    port = new PortKeeper(opener, scheduler, new PortListener());
  }

  /** Opens the port. */
  public void start() {
    port.start();
  }

  /** From now on messages fare as this says. */
  public void conditions(Conditions now) {
    conditions = now;
  }

  /** From now on what goes over the radio is recorded. */
  public void capture(Capture recorder) {
    capture = Optional.of(recorder);
  }

  /** Adds a device; the transport is for its machine. */
  public Transport add(EmulatedDevice device) {
    return radio(device);
  }

  private DeviceRadio radio(EmulatedDevice device) {
    DeviceRadio radio = new DeviceRadio(device, config, scheduler, new Around());
    devices.add(radio);
    return radio;
  }

  /**
   * Adds a device that runs this machine, and starts it. It announces itself after each restart.
   *
   * @param machines makes the machine anew at each start
   * @param listener gets every event with its time
   */
  public Driver add(
      EmulatedDevice device,
      Supplier<? extends Machine> machines,
      BiConsumer<Now, Event> listener) {
    int profileId = device.descriptor().profileId();
    boolean encrypted = profileId == Clusters.PROFILE_SMART_ENERGY;
    NodeConfig node = new NodeConfig(device.self(), profileId, false, encrypted);
    DeviceRadio radio = radio(device);
    Supplier<Machine> announced =
        () -> {
          devices.announce(radio);
          return machines.get();
        };
    Driver driver = new Driver(node, announced, radio, scheduler, time, listener);
    driver.start();
    return driver;
  }

  /** Restarts as by its watchdog: the host is told and must set up everything anew. */
  public void crash() {
    restart();
  }

  @Override
  public void close() {
    life++;
    port.close();
  }

  private void frame(ZnpFrame frame) {
    if (restarting) {
      return;
    }
    Optional<Command> command = Command.of(frame.cmd0(), frame.cmd1());
    switch (frame.type()) {
      case SREQ -> write(answer(frame, command));
      case AREQ -> command.filter(Command.SYS_RESET_REQ::equals).ifPresent(reset -> restart());
      case POLL, SRSP, RESERVED -> {
        // A stick has no use for these.
      }
    }
  }

  private ZnpFrame answer(ZnpFrame request, Optional<Command> command) {
    if (command.isEmpty()) {
      return Stick.unknown(request);
    }
    try {
      Optional<Octets> answer = stick.answer(command.get(), new OctetReader(request.data()));
      if (answer.isEmpty()) {
        answer = devices.answer(command.get(), new OctetReader(request.data()));
      }
      return answer.map(request::answer).orElseGet(() -> Stick.unknown(request));
    } catch (FormatException malformed) {
      return Stick.wrongLength(request);
    }
  }

  private void record(int profileId, DataRequest request) {
    capture.ifPresent(
        each -> {
          each.network(stick.network());
          each.sent(profileId, request);
        });
  }

  private void record(int profileId, IncomingMessage message) {
    capture.ifPresent(
        each -> {
          each.network(stick.network());
          each.received(profileId, message);
        });
  }

  private void restart() {
    life++;
    restarting = true;
    int mine = life;
    scheduler.schedule(
        config.resetTime().toNanos(),
        () -> {
          if (mine == life) {
            restarting = false;
            stick.restart();
            write(ZnpFrame.of(Command.SYS_RESET_IND, stick.resetIndication()));
          }
        });
  }

  private void write(ZnpFrame frame) {
    port.write(frame.octets());
  }

  private final class PortListener implements PortKeeper.Listener {
    @Override
    public void onOpen() {
      decoder.reset();
    }

    @Override
    public void onOctets(Octets octets) {
      decoder.accept(time.now().monotonicNanos(), octets);
    }

    @Override
    public void onLost(String reason, long retryNanos) {
      // It is opened again; the devices hear nothing meanwhile.
    }
  }

  private final class Later implements Stick.Later {
    @Override
    public void indicate(long nanos, Command command, OctetWriter data) {
      ZnpFrame frame = ZnpFrame.of(command, data);
      after(nanos, () -> write(frame));
    }

    @Override
    public void after(long nanos, Runnable task) {
      int mine = life;
      scheduler.schedule(
          nanos,
          () -> {
            if (mine == life) {
              task.run();
            }
          });
    }
  }

  private final class Around implements DeviceRadio.Network {
    @Override
    public SendResult fromDevice(DeviceRadio radio, Frame frame) {
      boolean broadcast = frame.destination().isBroadcast();
      if (!broadcast && !frame.destination().address().equals(config.address())) {
        return SendResult.NO_ROUTE;
      }
      if (restarting || !stick.networkRuns() || !conditions.heard(radio.device().self())) {
        return SendResult.NO_ACK;
      }
      Optional<SimpleDescriptor> target = target(frame, broadcast);
      boolean encrypted = frame.options().apsEncryption();
      if (target.isEmpty() || (encrypted && !stick.hasLinkKey(radio.device().self().address()))) {
        return SendResult.NO_ACK;
      }
      sequence = (sequence + 1) % SEQUENCES;
      IncomingMessage message =
          new IncomingMessage(
              0,
              frame.clusterId(),
              radio.device().shortAddress(),
              radio.device().self().endpoint(),
              target.get().endpoint(),
              broadcast,
              LINK_QUALITY,
              encrypted,
              time.now().monotonicNanos() / 320_000 & 0xFFFF_FFFFL,
              sequence,
              frame.zcl());
      record(frame.profileId(), message);
      write(message.frame());
      return SendResult.DELIVERED;
    }

    private Optional<SimpleDescriptor> target(Frame frame, boolean broadcast) {
      return stick.endpoints().stream()
          .filter(each -> broadcast || each.endpoint() == frame.destination().endpoint())
          .filter(each -> each.profileId() == frame.profileId())
          .findFirst();
    }

    @Override
    public @Nullable Peer server(int profileId, int clusterId) {
      return stick.endpoints().stream()
          .filter(each -> each.profileId() == profileId)
          .filter(each -> each.inputClusters().contains(clusterId))
          .findFirst()
          .map(each -> new Peer(config.address(), each.endpoint()))
          .orElse(null);
    }
  }
}
