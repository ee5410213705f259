// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.znp;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.Width;
import org.hanota.transport.serial.stick.HostConfig;
import org.hanota.transport.serial.stick.LinkKey;
import org.hanota.transport.serial.stick.NetworkParameters;
import org.hanota.transport.serial.stick.RequestChannel;
import org.jspecify.annotations.Nullable;

/**
 * Brings the stick from an open port to a running network: wakes it, restarts it, looks which stick
 * it is, resumes its network or forms one, and registers the endpoint. Every step stands here, in
 * the order in which it happens; any that fails ends the attempt with a reason.
 */
final class StartUp {
  /** Who hears how it ended. */
  interface Owner {
    /** To the line as it is: no frame. */
    void raw(Octets octets);

    void started(Firmware firmware, NetworkInfo network);

    void failed(String reason);
  }

  private static final long SECOND = 1_000_000_000L;
  private static final long PING_NANOS = SECOND / 2;

  /** CC253x sticks wait in their bootloader until they see this octet; then they need a moment. */
  private static final Octets SKIP_BOOTLOADER = Octets.copyOf((byte) 0xEF);

  private static final long SKIP_BOOTLOADER_NANOS = SECOND;
  private static final int PINGS = 4;
  private static final long ANSWER_NANOS = 6 * SECOND;
  private static final long RESET_NANOS = 30 * SECOND;
  private static final long RESUME_NANOS = 60 * SECOND;
  private static final long FORM_NANOS = 100 * SECOND;

  /** After forming the network's data settle within seconds. */
  private static final long SETTLE_NANOS = SECOND;

  private static final int SETTLE_LOOKS = 30;
  private static final int SOFT_RESET = 1;
  private static final int STARTUP_DELAY_MS = 100;
  private static final int NOT_STARTED = 2;
  private static final int FORMATION = 4;

  private final LongSupplier clock;
  private final HostConfig config;
  private final RequestChannel<ZnpFrame> channel;
  private final Owner owner;
  private final Consumer<Octets> line;

  private @Nullable Awaited awaited;
  private long pauseUntil = Long.MAX_VALUE;
  private @Nullable Runnable afterPause;

  /** Attempts so far: what an earlier one still waits for is void. */
  private int attempt;

  private int pings;
  private int looks;
  private @Nullable Firmware firmware;

  private record Awaited(
      Command command, Predicate<Octets> matches, Runnable then, String what, long deadline) {}

  StartUp(
      LongSupplier clock,
      HostConfig config,
      RequestChannel<ZnpFrame> channel,
      Consumer<Octets> line,
      Owner owner) {
    this.clock = clock;
    this.config = config;
    this.channel = channel;
    this.line = line;
    this.owner = owner;
  }

  /** From an open port. */
  void begin() {
    cancel();
    pings = 0;
    ping();
  }

  /** From a stick that has restarted by itself. */
  void beginAfterReset() {
    cancel();
    version();
  }

  /** Ends the attempt without a word. */
  void cancel() {
    attempt++;
    awaited = null;
    afterPause = null;
    pauseUntil = Long.MAX_VALUE;
  }

  private void ping() {
    pings++;
    int mine = attempt;
    channel.request(
        ZnpFrame.of(Command.SYS_PING, Octets.EMPTY),
        RequestChannel.Urgency.CONTROL,
        PING_NANOS,
        outcome -> {
          if (mine != attempt) {
            return;
          }
          if (outcome instanceof RequestChannel.Outcome.Answered) {
            reset(this::version);
          } else if (pings < PINGS) {
            owner.raw(SKIP_BOOTLOADER);
            pause(SKIP_BOOTLOADER_NANOS, this::ping);
          } else {
            fail("the stick does not answer a ping");
          }
        });
  }

  private void reset(Runnable then) {
    await(Command.SYS_RESET_IND, data -> true, RESET_NANOS, then, "the stick's restart");
    line.accept(ZnpFrame.of(Command.SYS_RESET_REQ, Octets.copyOf((byte) SOFT_RESET)).octets());
  }

  private void version() {
    ask(
        ZnpFrame.of(Command.SYS_VERSION, Octets.EMPTY),
        ANSWER_NANOS,
        data -> {
          Firmware found = Firmware.decode(data);
          firmware = found;
          if (found.product() == Firmware.ZSTACK_1_2) {
            fail("the stick runs " + found + ", allowed Z-Stack 3");
          } else {
            address();
          }
        });
  }

  private void address() {
    ask(
        ZnpFrame.of(Command.SYS_GET_EXTADDR, Octets.EMPTY),
        ANSWER_NANOS,
        data -> {
          Eui64 address = new Eui64(new OctetReader(data).int64le("ExtAddress"));
          if (address.equals(config.self().address())) {
            configured();
          } else {
            fail("this is stick " + address + ", configured is " + config.self().address());
          }
        });
  }

  private void configured() {
    ask(
        NvItem.CONFIGURED.length(),
        ANSWER_NANOS,
        length -> {
          if (new OctetReader(length).uint16le("ItemLen") == 0) {
            form();
            return;
          }
          ask(
              NvItem.CONFIGURED.read(),
              ANSWER_NANOS,
              data -> {
                if (NvItem.isConfigured(data)) {
                  resume();
                } else {
                  form();
                }
              });
        });
  }

  private void resume() {
    register(
        () -> {
          int mine = attempt;
          awaitCoordinator(RESUME_NANOS, this::lookAtNetwork);
          askAnyStatus(
              ZnpFrame.of(
                  Command.ZDO_STARTUP_FROM_APP, new OctetWriter(2).uint16le(STARTUP_DELAY_MS)),
              data -> {
                if (mine == attempt && !data.isEmpty() && data.at(0) == NOT_STARTED) {
                  fail("the stick could not start its network");
                }
              });
        });
  }

  private void form() {
    if (config.network().isEmpty()) {
      fail("the stick has no network, and none to form is configured");
      return;
    }
    NetworkParameters network = config.network().get();
    writeAll(
        List.of(NvItem.STARTUP_OPTION.write(Octets.copyOf(NvItem.CLEAR_ALL))),
        () -> reset(() -> writeAll(NvItem.network(network), () -> commission(network))));
  }

  private void commission(NetworkParameters network) {
    ask(
        setChannels(true, network.channelMask()),
        ANSWER_NANOS,
        ignored ->
            ask(
                setChannels(false, 0),
                ANSWER_NANOS,
                alsoIgnored -> {
                  looks = 0;
                  awaitCoordinator(FORM_NANOS, () -> settle(network));
                  ask(
                      ZnpFrame.of(
                          Command.APP_CNF_BDB_START_COMMISSIONING, Octets.copyOf((byte) FORMATION)),
                      FORM_NANOS,
                      status -> {});
                }));
  }

  private static ZnpFrame setChannels(boolean primary, long mask) {
    return ZnpFrame.of(
        Command.APP_CNF_BDB_SET_CHANNEL, new OctetWriter(5).uint8(primary ? 1 : 0).uint32le(mask));
  }

  private void settle(NetworkParameters network) {
    askAnyStatus(
        ZnpFrame.of(Command.ZDO_EXT_NWK_INFO, Octets.EMPTY),
        data -> {
          NetworkInfo info = NetworkInfo.decode(data);
          if (info.panId() == Width.UINT16_MAX || info.channel() == 0) {
            looks++;
            if (looks < SETTLE_LOOKS) {
              pause(SETTLE_NANOS, () -> settle(network));
            } else {
              fail("the new network did not settle");
            }
          } else if (info.panId() != network.panId()) {
            fail(
                "another network nearby has the PAN id "
                    + Width.hex(network.panId(), 4)
                    + " already; choose another");
          } else {
            markConfigured();
          }
        });
  }

  private void markConfigured() {
    Octets mark = Octets.copyOf(NvItem.CONFIGURED_MARK);
    ask(
        NvItem.CONFIGURED.create(mark),
        ANSWER_NANOS,
        created ->
            writeAll(List.of(NvItem.CONFIGURED.write(mark)), () -> register(this::lookAtNetwork)));
  }

  private void register(Runnable then) {
    askAnyStatus(
        Registration.of(config.descriptor()),
        data -> {
          ZnpStatus status = new ZnpStatus(new OctetReader(data).uint8("Status"));
          if (status.success() || status.equals(ZnpStatus.DUPLICATE_ENTRY)) {
            linkKeys(new ArrayDeque<>(config.linkKeys()), then);
          } else {
            fail("the stick refused the endpoint with status " + status);
          }
        });
  }

  private void linkKeys(Deque<LinkKey> left, Runnable then) {
    if (left.isEmpty()) {
      then.run();
      return;
    }
    LinkKey key = left.remove();
    ask(KeyCommands.addition(key), ANSWER_NANOS, data -> linkKeys(left, then));
  }

  private void lookAtNetwork() {
    askAnyStatus(
        ZnpFrame.of(Command.ZDO_EXT_NWK_INFO, Octets.EMPTY),
        data -> {
          NetworkInfo info = NetworkInfo.decode(data);
          Firmware found = firmware;
          if (found != null) {
            cancel();
            owner.started(found, info);
          }
        });
  }

  private void writeAll(List<ZnpFrame> writes, Runnable then) {
    if (writes.isEmpty()) {
      then.run();
      return;
    }
    ask(writes.get(0), ANSWER_NANOS, data -> writeAll(writes.subList(1, writes.size()), then));
  }

  /** Asks; a status other than success or "created" in the first octet fails the attempt. */
  private void ask(ZnpFrame frame, long patience, Consumer<Octets> then) {
    boolean hasStatus =
        Command.of(frame.cmd0(), frame.cmd1()).map(NvItem::answersStatus).orElse(false);
    ask(frame, patience, hasStatus, then);
  }

  private void askAnyStatus(ZnpFrame frame, Consumer<Octets> then) {
    ask(frame, RESUME_NANOS, false, then);
  }

  private void ask(ZnpFrame frame, long patience, boolean checkStatus, Consumer<Octets> then) {
    int mine = attempt;
    channel.request(
        frame,
        RequestChannel.Urgency.CONTROL,
        patience,
        outcome -> {
          if (mine != attempt) {
            return;
          }
          String name = Command.of(frame.cmd0(), frame.cmd1()).map(Command::name).orElse("?");
          if (outcome instanceof RequestChannel.Outcome.Failed failed) {
            fail(name + ": " + failed.reason());
          } else if (outcome instanceof RequestChannel.Outcome.Answered answered) {
            Octets data = answered.data();
            if (checkStatus && !accepted(data)) {
              fail(name + ": the stick answers " + data.toHex());
              return;
            }
            try {
              then.accept(data);
            } catch (FormatException malformed) {
              fail(name + ": " + malformed.getMessage());
            }
          }
        });
  }

  private static boolean accepted(Octets data) {
    return !data.isEmpty()
        && (data.at(0) == ZnpStatus.SUCCESS.value()
            || data.at(0) == ZnpStatus.NV_ITEM_CREATED.value());
  }

  private void awaitCoordinator(long patience, Runnable then) {
    await(
        Command.ZDO_STATE_CHANGE_IND,
        data -> !data.isEmpty() && data.at(0) == NetworkInfo.COORDINATOR,
        patience,
        then,
        "the network's start");
  }

  private void await(
      Command command, Predicate<Octets> matches, long patience, Runnable then, String what) {
    awaited = new Awaited(command, matches, then, what, clock.getAsLong() + patience);
  }

  private void pause(long nanos, Runnable then) {
    pauseUntil = clock.getAsLong() + nanos;
    afterPause = then;
  }

  /** An indication came; true if the start-up waited for it. */
  boolean indication(Command command, Octets data) {
    Awaited waits = awaited;
    if (waits == null || waits.command() != command || !waits.matches().test(data)) {
      return false;
    }
    awaited = null;
    waits.then().run();
    return true;
  }

  /** Ends pauses and gives up what took too long. */
  void timer() {
    long now = clock.getAsLong();
    Runnable then = afterPause;
    if (then != null && now >= pauseUntil) {
      afterPause = null;
      pauseUntil = Long.MAX_VALUE;
      then.run();
    }
    Awaited waits = awaited;
    if (waits != null && now >= waits.deadline()) {
      fail("waited in vain for " + waits.what());
    }
  }

  /** When {@link #timer} is due. */
  long deadline() {
    Awaited waits = awaited;
    return Math.min(pauseUntil, waits == null ? Long.MAX_VALUE : waits.deadline());
  }

  private void fail(String reason) {
    cancel();
    owner.failed(reason);
  }
}
