// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.znp;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.hanota.api.Eui64;
import org.hanota.api.OctetReader;
import org.hanota.api.Octets;
import org.hanota.transport.serial.stick.RequestChannel;
import org.hanota.transport.serial.stick.StickLimits;
import org.jspecify.annotations.Nullable;

/**
 * Asks whether a ZNP stick stands at the other end of a port, and what it is; asks only what has an
 * answer, and changes nothing there. Without input or output of its own.
 */
public final class ZnpProbe {
  private static final long SECOND = 1_000_000_000L;
  private static final int PINGS = 3;
  private static final Octets SKIP_BOOTLOADER = Octets.copyOf((byte) 0xEF);

  /**
   * What a stick says of itself.
   *
   * @param capabilities which subsystems it has, a bit each
   * @param memory what its memory holds of a network
   * @param network its network; PAN id 0xFFFF if it has none
   */
  public record Found(
      Firmware firmware,
      Eui64 address,
      int capabilities,
      FoundNetwork memory,
      NetworkInfo network) {}

  private final LongSupplier clock;
  private final RequestChannel<ZnpFrame> channel;
  private final Consumer<Octets> line;
  private final Dialogue dialogue;
  private final ZnpFrameDecoder decoder;
  private int pings;
  private long pauseUntil = Long.MAX_VALUE;
  private int capabilities;
  private @Nullable Firmware firmware;
  private Eui64 address = Eui64.UNKNOWN;
  private @Nullable Found found;
  private boolean ended;

  /**
   * @param clock the monotonic time of the call under way
   * @param line takes octets for the stick
   */
  public ZnpProbe(LongSupplier clock, Consumer<Octets> line) {
    this.clock = clock;
    this.line = line;
    channel = new RequestChannel<>(clock, frame -> line.accept(frame.octets()));
    // A stick that answers a ping and then nothing is as good as none.
    dialogue = new Dialogue(clock, StickLimits.DEFAULT, channel, line, reason -> ended = true);
    decoder = new ZnpFrameDecoder(frame -> Responses.receive(channel, frame));
  }

  /** Begins to ask. */
  public void begin() {
    ping();
  }

  /** Octets came. */
  public void octets(Octets octets) {
    decoder.accept(clock.getAsLong(), octets);
  }

  /** The time of {@link #deadline} may have come. */
  public void timer() {
    channel.timer();
    if (clock.getAsLong() >= pauseUntil) {
      pauseUntil = Long.MAX_VALUE;
      ping();
    }
  }

  /** When {@link #timer} is due. */
  public long deadline() {
    return Math.min(channel.deadline(), pauseUntil);
  }

  /** What was found. */
  public Optional<Found> found() {
    return Optional.ofNullable(found);
  }

  /** Whether no more is asked. */
  public boolean ended() {
    return ended || found != null;
  }

  private void ping() {
    pings++;
    channel.request(
        ZnpFrame.of(Command.SYS_PING, Octets.EMPTY),
        RequestChannel.Urgency.CONTROL,
        SECOND / 2,
        outcome -> {
          if (outcome instanceof RequestChannel.Outcome.Answered answered) {
            Octets data = answered.data();
            capabilities = data.length() >= 2 ? data.uint16le(0) : 0;
            version();
          } else if (pings < PINGS) {
            line.accept(SKIP_BOOTLOADER);
            pauseUntil = clock.getAsLong() + SECOND;
          } else {
            ended = true;
          }
        });
  }

  private void version() {
    dialogue.ask(
        ZnpFrame.of(Command.SYS_VERSION, Octets.EMPTY),
        data -> {
          firmware = Firmware.decode(data);
          dialogue.ask(
              ZnpFrame.of(Command.SYS_GET_EXTADDR, Octets.EMPTY),
              name -> {
                address = new Eui64(new OctetReader(name).int64le("ExtAddress"));
                NetworkSurvey.of(dialogue, this::network);
              });
        });
  }

  private void network(FoundNetwork memory) {
    dialogue.ask(
        ZnpFrame.of(Command.ZDO_EXT_NWK_INFO, Octets.EMPTY),
        data -> {
          Firmware known = firmware;
          if (known != null) {
            found = new Found(known, address, capabilities, memory, NetworkInfo.decode(data));
          }
        });
  }
}
