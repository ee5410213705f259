// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.ezsp;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.transport.serial.stick.Network;
import org.hanota.transport.serial.stick.RequestChannel;
import org.jspecify.annotations.Nullable;

/**
 * Asks whether a stick of Silicon Labs stands at the other end of a port, and what it is. The stick
 * restarts for that, resumes its network if it has one, and restarts again; nothing that it
 * remembers is changed. Without input or output of its own.
 */
public final class EzspProbe {
  private static final long SECOND = 1_000_000_000L;
  private static final long RESET_NANOS = 3 * SECOND;
  private static final int RESETS = 2;
  private static final long ANSWER_NANOS = 2 * SECOND;
  private static final long NETWORK_NANOS = 10 * SECOND;
  private static final int RESTARTS_MAX = 3;
  private static final int MESH = 2;
  private static final int COORDINATOR = 1;

  /**
   * What a stick says of itself.
   *
   * @param version of EZSP
   * @param mesh whether its firmware is for ZigBee
   * @param release of EmberZNet
   * @param address its EUI-64
   * @param network its network, if it is in one
   * @param otherRole whether it is in that network as something else than its coordinator
   */
  public record Found(
      int version,
      boolean mesh,
      Optional<EmberZnet> release,
      Eui64 address,
      Optional<Network> network,
      boolean otherRole) {}

  private final LongSupplier clock;
  private final EzspLine line;
  private long deadline = Long.MAX_VALUE;
  private int resets;
  private int restarts;
  private boolean awaitsNetwork;
  private boolean ended;
  private Found known =
      new Found(0, false, Optional.empty(), Eui64.UNKNOWN, Optional.empty(), false);
  private @Nullable Found found;

  /**
   * @param clock the monotonic time of the call under way
   * @param line takes octets for the stick
   */
  public EzspProbe(LongSupplier clock, Consumer<Octets> line) {
    this.clock = clock;
    this.line = new EzspLine(clock, line, new LineOwner());
  }

  /** Begins to ask. */
  public void begin() {
    reset();
  }

  private void reset() {
    resets++;
    deadline = clock.getAsLong() + RESET_NANOS;
    line.reset();
  }

  /** Octets came. */
  public void octets(Octets octets) {
    if (!ended()) {
      line.octets(octets);
    }
  }

  /** The time of {@link #deadline} may have come. */
  public void timer() {
    if (ended()) {
      return;
    }
    line.timer();
    if (clock.getAsLong() < deadline) {
      return;
    }
    deadline = Long.MAX_VALUE;
    if (awaitsNetwork) {
      awaitsNetwork = false;
      network();
    } else if (resets < RESETS) {
      reset();
    } else {
      end();
    }
  }

  /** When {@link #timer} is due. */
  public long deadline() {
    return ended() ? Long.MAX_VALUE : Math.min(deadline, line.deadline());
  }

  /** What was found. */
  public Optional<Found> found() {
    return Optional.ofNullable(found);
  }

  /** Whether no more is asked. */
  public boolean ended() {
    return ended || found != null;
  }

  /** Whether it restarted more often than it was told to. */
  public boolean restarting() {
    return restarts >= RESTARTS_MAX;
  }

  /** Whether it restarted at all. */
  public boolean greeted() {
    return restarts > 0;
  }

  private void end() {
    ended = true;
    line.abandon("the probe has ended");
  }

  /** What is known is told; the stick is left as after its start. */
  private void finish() {
    found = known;
    line.reset();
  }

  private void version() {
    line.version(new EzspVersion(EzspVersion.OLDEST));
    line.firstVersion(
        EzspVersion.NEWEST,
        ANSWER_NANOS,
        step(
            in -> {
              int version = in.uint8("protocolVersion");
              boolean mesh = in.uint8("stackType") == MESH;
              known =
                  new Found(
                      version, mesh, Optional.empty(), Eui64.UNKNOWN, Optional.empty(), false);
              if (version < EzspVersion.OLDEST) {
                finish();
              } else {
                agree(version);
              }
            }));
  }

  private void agree(int version) {
    line.version(new EzspVersion(Math.min(version, EzspVersion.NEWEST)));
    ask(EzspCommand.VERSION, new OctetWriter(1).uint8(version), in -> release());
  }

  private void release() {
    ask(
        EzspCommand.GET_VALUE,
        new OctetWriter(1).uint8(EzspSetting.VERSION_INFO),
        in -> {
          EzspStatus status = line.version().protocolStatus(in);
          Octets value = in.octets("value", in.uint8("valueLength"));
          Optional<EmberZnet> release =
              status.ok() ? Optional.of(EmberZnet.decode(value)) : Optional.empty();
          known =
              new Found(
                  known.version(), known.mesh(), release, Eui64.UNKNOWN, Optional.empty(), false);
          address();
        });
  }

  private void address() {
    ask(
        EzspCommand.GET_EUI64,
        new OctetWriter(0),
        in -> {
          Eui64 address = new Eui64(in.int64le("eui64"));
          known =
              new Found(
                  known.version(), known.mesh(), known.release(), address, Optional.empty(), false);
          resume();
        });
  }

  private void resume() {
    awaitsNetwork = true;
    deadline = clock.getAsLong() + NETWORK_NANOS;
    ask(
        EzspCommand.NETWORK_INIT,
        new OctetWriter(2).uint16le(EzspStartUp.INIT_OPTIONS),
        in -> {
          if (!line.version().status(in).ok()) {
            awaitsNetwork = false;
            finish();
          }
        });
  }

  private void network() {
    ask(
        EzspCommand.GET_NETWORK_PARAMETERS,
        new OctetWriter(0),
        in -> {
          line.version().status(in);
          int nodeType = in.uint8("nodeType");
          Network network = EzspNetwork.read(in).network();
          known =
              new Found(
                  known.version(),
                  known.mesh(),
                  known.release(),
                  known.address(),
                  Optional.of(network),
                  nodeType > COORDINATOR);
          finish();
        });
  }

  private void ask(EzspCommand command, OctetWriter parameters, Consumer<OctetReader> then) {
    line.command(command, parameters, RequestChannel.Urgency.CONTROL, ANSWER_NANOS, step(then));
  }

  private EzspLine.Answer step(Consumer<OctetReader> then) {
    return new EzspLine.Answer() {
      @Override
      public void answered(OctetReader in) throws FormatException {
        then.accept(in);
      }

      @Override
      public void failed(String reason) {
        if (!restarting() && known.version() != 0 && !ended()) {
          finish();
        }
      }
    };
  }

  private final class LineOwner implements EzspLine.Owner {
    @Override
    public void restarted(int code) {
      restarts++;
      awaitsNetwork = false;
      if (restarting()) {
        end();
        return;
      }
      deadline = clock.getAsLong() + 3 * ANSWER_NANOS;
      version();
    }

    @Override
    public void failed(String reason) {
      deadline = clock.getAsLong();
    }

    @Override
    public void callback(EzspCommand handler, OctetReader in) {
      if (handler == EzspCommand.STACK_STATUS_HANDLER
          && awaitsNetwork
          && line.version().status(in).equals(EzspStatus.NETWORK_UP)) {
        awaitsNetwork = false;
        deadline = Long.MAX_VALUE;
        network();
      }
    }
  }
}
