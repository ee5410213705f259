// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.znp;

import java.util.Optional;
import java.util.function.Consumer;
import org.hanota.api.Eui64;
import org.hanota.api.OctetReader;
import org.hanota.api.Octets;
import org.hanota.transport.serial.stick.RequestChannel;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what stands at the other end of a port, and changes nothing there: asks only what has
 * an answer, and tries EZSP, whose greeting restarts such a stick, when ZNP is not answered.
 * Without input or output of its own, as {@link org.hanota.transport.serial.stick.StickHost}.
 */
public final class ProbeMachine implements ShortVisit<StickReport> {
  private static final long SECOND = 1_000_000_000L;
  private static final int PINGS = 3;
  private static final Octets SKIP_BOOTLOADER = Octets.copyOf((byte) 0xEF);

  /** Cancel what came before, then reset. [Silicon Labs UG101] */
  private static final Octets ASH_RESET = Octets.fromHex("1ac038bc7e");

  /** Reset acknowledged, version 2; then the reset's code. */
  private static final Octets ASH_RESET_ACKNOWLEDGED = Octets.fromHex("c102");

  /** An EZSP stick takes up to a second to restart. */
  private static final long ASH_NANOS = 3 * SECOND;

  /** Enough of what came to find the greeting in. */
  private static final int HEARD_MAX = 1024;

  private final RequestChannel<ZnpFrame> channel;
  private final Consumer<Octets> line;
  private final Dialogue dialogue;
  private final ZnpFrameDecoder decoder;
  private long now;
  private int pings;
  private long octetsHeard;
  private long pauseUntil = Long.MAX_VALUE;
  private boolean greeting;
  private Octets heard = Octets.EMPTY;
  private int capabilities;
  private @Nullable Firmware firmware;
  private Eui64 address = Eui64.UNKNOWN;
  private @Nullable StickReport report;

  /**
   * @param line takes octets for the stick
   */
  public ProbeMachine(Consumer<Octets> line) {
    this.line = line;
    channel = new RequestChannel<>(() -> now, frame -> line.accept(frame.octets()));
    // A stick that answers a ping and then nothing is as good as none.
    dialogue =
        new Dialogue(
            () -> now, channel, line, reason -> report = new StickReport.Unknown(octetsHeard));
    decoder = new ZnpFrameDecoder(frame -> Responses.receive(channel, frame));
  }

  @Override
  public void onOpen(long nanos) {
    now = nanos;
    ping();
  }

  @Override
  public void onOctets(long nanos, Octets octets) {
    now = nanos;
    octetsHeard += octets.length();
    if (greeting) {
      heard = heard.concat(octets);
      heard = heard.from(Math.max(0, heard.length() - HEARD_MAX));
      lookForGreeting();
    }
    decoder.accept(nanos, octets);
  }

  @Override
  public void onTimer(long nanos) {
    now = nanos;
    channel.timer();
    if (now >= pauseUntil) {
      pauseUntil = Long.MAX_VALUE;
      if (greeting) {
        report = new StickReport.Unknown(octetsHeard);
      } else {
        ping();
      }
    }
  }

  @Override
  public long wakeAt() {
    return Math.min(channel.deadline(), pauseUntil);
  }

  @Override
  public Optional<StickReport> result() {
    return Optional.ofNullable(report);
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
            pauseUntil = now + SECOND;
          } else {
            greeting = true;
            line.accept(ASH_RESET);
            pauseUntil = now + ASH_NANOS;
          }
        });
  }

  private void lookForGreeting() {
    for (int i = 0; i + 2 < heard.length(); i++) {
      if (heard.slice(i, 2).equals(ASH_RESET_ACKNOWLEDGED)) {
        report = new StickReport.Ezsp(heard.at(i + 2));
      }
    }
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

  private void network(FoundNetwork found) {
    dialogue.ask(
        ZnpFrame.of(Command.ZDO_EXT_NWK_INFO, Octets.EMPTY),
        data -> {
          Firmware known = firmware;
          if (known != null) {
            report =
                new StickReport.Znp(known, address, capabilities, found, NetworkInfo.decode(data));
          }
        });
  }
}
