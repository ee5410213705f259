// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.ezsp;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.Width;
import org.hanota.transport.serial.stick.HostConfig;
import org.hanota.transport.serial.stick.LinkKey;
import org.hanota.transport.serial.stick.Network;
import org.hanota.transport.serial.stick.NetworkParameters;
import org.hanota.transport.serial.stick.RequestChannel;
import org.hanota.transport.serial.stick.StickLimits;
import org.hanota.transport.serial.stick.StickParameter;
import org.jspecify.annotations.Nullable;

/**
 * Brings the stick from an open port to a running network: restarts it, agrees on the version,
 * looks which stick it is, sets it up, resumes its network or forms one that nobody nearby has.
 * Every step stands here, in the order in which it happens; any that fails ends the attempt with a
 * reason. A network that is there is never left.
 */
final class EzspStartUp {
  /** Who hears how it ended. */
  interface Owner {
    void started(String firmware, Network network);

    void failed(String reason);

    /** It cannot serve until somebody does something. */
    void refused(String reason);

    /** Something works, but not as it should. */
    void warning(String words);
  }

  private static final int RESETS = 3;
  private static final int COORDINATOR = 1;
  private static final int ROUTER = 2;

  /** What the firmware is for: a ZigBee network. */
  private static final int MESH = 2;

  /** Parents of sleepy nodes are remembered, and nodes that were away come back by themselves. */
  static final int INIT_OPTIONS = 0x0003;

  private static final int ACTIVE_SCAN = 1;

  /** A quarter of a second for each channel: (2^4 + 1) times 960 symbols of 16 us. */
  private static final int SCAN_DURATION = 4;

  private static final int HAVE_PRECONFIGURED_KEY = 0x0100;
  private static final int HAVE_NETWORK_KEY = 0x0200;
  private static final int GLOBAL_LINK_KEY = 0x0004;
  private static final int REQUIRE_ENCRYPTED_KEY = 0x0800;
  private static final int HIGH_RAM_CONCENTRATOR = 0xFFF9;

  private final LongSupplier clock;
  private final HostConfig config;
  private final StickLimits limits;
  private final EzspLine line;
  private final Owner owner;

  /** Attempts so far: what an earlier one still waits for is void. */
  private int attempt;

  private int resets;
  private boolean awaitsReset;
  private @Nullable Runnable networkUp;

  /** While the stick looks which networks are nearby. */
  private @Nullable EzspPanIds panIds;

  private String awaited = "";
  private long deadline = Long.MAX_VALUE;
  private String firmware = "";

  EzspStartUp(LongSupplier clock, HostConfig config, EzspLine line, Owner owner) {
    this.clock = clock;
    this.config = config;
    this.limits = config.limits();
    this.line = line;
    this.owner = owner;
  }

  /** From an open port. */
  void begin() {
    cancel();
    resets = 0;
    reset();
  }

  /** Ends the attempt without a word. */
  void cancel() {
    attempt++;
    awaitsReset = false;
    networkUp = null;
    panIds = null;
    deadline = Long.MAX_VALUE;
  }

  private void reset() {
    resets++;
    awaitsReset = true;
    deadline = clock.getAsLong() + limits.nanos(StickParameter.EZSP_RESET);
    line.reset();
  }

  /** The stick has restarted; false if that was not waited for. */
  boolean restarted() {
    if (!awaitsReset) {
      return false;
    }
    cancel();
    version();
    return true;
  }

  private void version() {
    int mine = attempt;
    line.version(new EzspVersion(EzspVersion.OLDEST));
    line.firstVersion(
        EzspVersion.NEWEST,
        limits.nanos(StickParameter.ANSWER),
        step(
            mine,
            in -> {
              int found = in.uint8("protocolVersion");
              if (found < EzspVersion.OLDEST) {
                refuse(
                    "the stick speaks EZSP "
                        + found
                        + ", allowed "
                        + EzspVersion.OLDEST
                        + " and later: put EmberZNet 7.4 or later on it");
              } else {
                agree(found);
              }
            }));
  }

  private void agree(int found) {
    if (found > EzspVersion.NEWEST) {
      owner.warning(
          "the stick speaks EZSP "
              + found
              + ", the newest known here is "
              + EzspVersion.NEWEST
              + ": it is tried as "
              + EzspVersion.NEWEST);
    }
    line.version(new EzspVersion(Math.min(found, EzspVersion.NEWEST)));
    ask(
        EzspCommand.VERSION,
        new OctetWriter(1).uint8(found),
        in -> {
          in.uint8("protocolVersion");
          if (in.uint8("stackType") == MESH) {
            release(found);
          } else {
            refuse("the stick runs no ZigBee coordinator: put a firmware \"zigbee_ncp\" on it");
          }
        });
  }

  private void release(int found) {
    ask(
        EzspCommand.GET_VALUE,
        new OctetWriter(1).uint8(EzspSetting.VERSION_INFO),
        in -> {
          EzspStatus status = line.version().protocolStatus(in);
          Octets value = in.octets("value", in.uint8("valueLength"));
          if (status.ok()) {
            EmberZnet release = EmberZnet.decode(value);
            firmware = "EmberZNet " + release + ", EZSP " + found;
            if (!release.warning().isEmpty()) {
              owner.warning(release.warning());
            }
          } else {
            firmware = "EmberZNet of unknown release, EZSP " + found;
          }
          address();
        });
  }

  private void address() {
    ask(
        EzspCommand.GET_EUI64,
        new OctetWriter(0),
        in -> {
          Eui64 address = new Eui64(in.int64le("eui64"));
          if (address.equals(config.self().address())) {
            settings(new ArrayDeque<>(EzspSetting.ALL));
          } else {
            refuse("this is stick " + address + ", configured is " + config.self().address());
          }
        });
  }

  /** One after the other; one that the stick does not take is told, and the others are tried. */
  private void settings(Deque<EzspSetting> left) {
    if (left.isEmpty()) {
      register();
      return;
    }
    EzspSetting setting = left.remove();
    ask(
        setting.command(),
        setting.parameters(),
        in -> {
          EzspStatus status = line.version().protocolStatus(in);
          if (!status.ok()) {
            owner.warning("the stick does not take " + setting + ": " + status);
          }
          settings(left);
        });
  }

  private void register() {
    ask(
        EzspCommand.ADD_ENDPOINT,
        Endpoint.parameters(config.descriptor()),
        in -> {
          EzspStatus status = line.version().protocolStatus(in);
          if (status.ok()) {
            resume();
          } else {
            fail("the stick refused the endpoint: " + status);
          }
        });
  }

  private void resume() {
    // The callback may come before the answer.
    awaitNetwork(
        limits.nanos(StickParameter.EZSP_RESUME), "the network's start", this::lookAtNetwork);
    ask(
        EzspCommand.NETWORK_INIT,
        new OctetWriter(2).uint16le(INIT_OPTIONS),
        in -> {
          EzspStatus status = line.version().status(in);
          if (status.equals(EzspStatus.NOT_JOINED)) {
            networkUp = null;
            deadline = Long.MAX_VALUE;
            form();
          } else if (!status.ok()) {
            fail("the stick could not start its network: " + status);
          }
        });
  }

  private void form() {
    if (config.network().isEmpty()) {
      refuse("the stick has no network, and none to form is configured");
      return;
    }
    EzspPanIds ids = new EzspPanIds(config.network().get());
    panIds = ids;
    awaited = "the look for networks nearby";
    deadline = clock.getAsLong() + limits.nanos(StickParameter.EZSP_FORM);
    ask(
        EzspCommand.START_SCAN,
        new OctetWriter(6).uint8(ACTIVE_SCAN).uint32le(ids.channelMask()).uint8(SCAN_DURATION),
        in -> {
          long status = in.uint32le("status");
          if (status != 0) {
            fail(
                "the stick does not look which networks are nearby: status 0x"
                    + Width.hex(status, 8));
          }
        });
  }

  /** A network is nearby. */
  void networkFound(int panId) {
    if (panIds != null) {
      panIds.heard(panId);
    }
  }

  /** The look has ended; it goes on where a channel could not be looked at. */
  void scanned(EzspStatus status) {
    EzspPanIds ids = panIds;
    if (ids == null || !status.ok()) {
      return;
    }
    panIds = null;
    deadline = Long.MAX_VALUE;
    Optional<NetworkParameters> free = ids.free();
    if (free.isPresent()) {
      secure(free.get());
    } else if (ids.draws()) {
      fail(ids.refusal());
    } else {
      refuse(ids.refusal());
    }
  }

  private void secure(NetworkParameters network) {
    OctetWriter security = new OctetWriter(43);
    security.uint16le(
        HAVE_PRECONFIGURED_KEY | HAVE_NETWORK_KEY | GLOBAL_LINK_KEY | REQUIRE_ENCRYPTED_KEY);
    security.octets(EzspKeys.WELL_KNOWN).octets(network.networkKey()).uint8(0).int64le(0);
    askOk(
        EzspCommand.SET_INITIAL_SECURITY_STATE,
        security,
        () -> askOk(EzspCommand.CLEAR_KEY_TABLE, new OctetWriter(0), () -> formNetwork(network)));
  }

  private void formNetwork(NetworkParameters network) {
    OctetWriter out = new OctetWriter(20);
    EzspNetwork.of(network).write(out);
    awaitNetwork(
        limits.nanos(StickParameter.EZSP_FORM), "the new network's start", this::keepTokens);
    askOk(EzspCommand.FORM_NETWORK, out, () -> {});
  }

  /** The stick writes what it must remember into its flash from now on. */
  private void keepTokens() {
    ask(
        EzspCommand.SET_VALUE,
        new OctetWriter(3).uint8(EzspSetting.STACK_TOKEN_WRITING).uint8(1).uint8(1),
        in -> lookAtNetwork());
  }

  private void lookAtNetwork() {
    ask(
        EzspCommand.GET_NETWORK_PARAMETERS,
        new OctetWriter(0),
        in -> {
          EzspStatus status = line.version().status(in);
          int nodeType = in.uint8("nodeType");
          EzspNetwork network = EzspNetwork.read(in);
          if (!status.ok()) {
            fail("the stick does not tell its network: " + status);
          } else if (nodeType != COORDINATOR) {
            refuse(
                "the stick is "
                    + (nodeType == ROUTER ? "a router" : "an end device")
                    + " of network "
                    + Width.hex(network.panId(), 4)
                    + ", not its coordinator: use another stick, or let the program that made it"
                    + " join leave that network");
          } else {
            concentrate(network.network());
          }
        });
  }

  /** Nodes learn their routes to it, so that many of them need no table of it. */
  private void concentrate(Network network) {
    OctetWriter out = new OctetWriter(10).uint8(1).uint16le(HIGH_RAM_CONCENTRATOR);
    out.uint16le(5).uint16le(60).uint8(3).uint8(1).uint8(0);
    ask(
        EzspCommand.SET_CONCENTRATOR,
        out,
        in -> {
          EzspStatus status = line.version().status(in);
          if (!status.ok()) {
            owner.warning("the stick cannot be a concentrator: " + status);
          }
          linkKeys(new ArrayDeque<>(config.linkKeys()), network);
        });
  }

  private void linkKeys(Deque<LinkKey> left, Network network) {
    if (left.isEmpty()) {
      cancel();
      owner.started(firmware, network);
      return;
    }
    LinkKey key = left.remove();
    commands(EzspKeys.of(key, line.version()), key, () -> linkKeys(left, network));
  }

  private void commands(List<EzspKeys> left, LinkKey key, Runnable then) {
    if (left.isEmpty()) {
      then.run();
      return;
    }
    ask(
        left.get(0).command(),
        left.get(0).parameters(),
        in -> {
          EzspStatus status = EzspVersion.KEY_STATUS.read(line.version(), in);
          if (status.ok()) {
            commands(left.subList(1, left.size()), key, then);
          } else {
            fail("the stick does not take the " + key + ": " + status);
          }
        });
  }

  private void awaitNetwork(long patience, String what, Runnable then) {
    networkUp = then;
    awaited = what;
    deadline = clock.getAsLong() + patience;
  }

  /** Something happened to the network; true if the start-up waited for it. */
  boolean stackStatus(EzspStatus status) {
    Runnable then = networkUp;
    if (then == null || !status.equals(EzspStatus.NETWORK_UP)) {
      return false;
    }
    networkUp = null;
    deadline = Long.MAX_VALUE;
    then.run();
    return true;
  }

  private void askOk(EzspCommand command, OctetWriter parameters, Runnable then) {
    ask(
        command,
        parameters,
        in -> {
          EzspStatus status = line.version().status(in);
          if (status.ok()) {
            then.run();
          } else {
            fail(command + ": " + status);
          }
        });
  }

  private void ask(EzspCommand command, OctetWriter parameters, Consumer<OctetReader> then) {
    line.command(
        command,
        parameters,
        RequestChannel.Urgency.CONTROL,
        limits.nanos(StickParameter.ANSWER),
        step(attempt, then));
  }

  private EzspLine.Answer step(int mine, Consumer<OctetReader> then) {
    return new EzspLine.Answer() {
      @Override
      public void answered(OctetReader in) throws FormatException {
        if (mine == attempt) {
          then.accept(in);
        }
      }

      @Override
      public void failed(String reason) {
        if (mine == attempt) {
          fail(reason);
        }
      }
    };
  }

  /** Gives up what took too long. */
  void timer() {
    if (clock.getAsLong() < deadline) {
      return;
    }
    if (!awaitsReset) {
      fail("waited in vain for " + awaited);
    } else if (resets < RESETS) {
      reset();
    } else {
      fail("the stick does not answer a reset");
    }
  }

  /** When {@link #timer} is due. */
  long deadline() {
    return deadline;
  }

  private void refuse(String reason) {
    cancel();
    owner.refused(reason);
  }

  private void fail(String reason) {
    cancel();
    owner.failed(reason);
  }
}
