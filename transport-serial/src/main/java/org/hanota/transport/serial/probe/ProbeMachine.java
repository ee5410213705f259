// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.probe;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.hanota.api.Octets;
import org.hanota.transport.serial.StickFamily;
import org.hanota.transport.serial.ezsp.EzspProbe;
import org.hanota.transport.serial.stick.ShortVisit;
import org.hanota.transport.serial.znp.ZnpProbe;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what stands at the other end of a port: asks as a ZNP host, then as an EZSP host, then
 * as somebody at a terminal. Without input or output of its own.
 */
public final class ProbeMachine implements ShortVisit<StickReport> {
  private static final long SECOND = 1_000_000_000L;

  /** What a boot loader answers with its prompt. */
  private static final Octets RETURN = Octets.copyOf((byte) '\r');

  /** Enough of what came to see what it is. */
  private static final int HEARD_MAX = 4_096;

  private static final int TEXT_MIN = 8;

  private enum Step {
    ZNP,
    EZSP,
    TERMINAL
  }

  private final List<StickFamily> families;
  private final Consumer<Octets> line;
  private final ZnpProbe znp;
  private final EzspProbe ezsp;
  private long now;
  private Step step = Step.ZNP;
  private long octetsHeard;
  private Octets heard = Octets.EMPTY;
  private long deadline = Long.MAX_VALUE;
  private @Nullable StickReport report;

  /**
   * @param families those that it may be of
   * @param line takes octets for the stick
   */
  public ProbeMachine(List<StickFamily> families, Consumer<Octets> line) {
    this.families = List.copyOf(families);
    this.line = line;
    znp = new ZnpProbe(() -> now, line);
    ezsp = new EzspProbe(() -> now, line);
  }

  @Override
  public void onOpen(long nanos) {
    now = nanos;
    if (families.contains(StickFamily.ZNP)) {
      znp.begin();
    } else {
      greet();
    }
  }

  private void greet() {
    step = Step.EZSP;
    if (families.contains(StickFamily.EZSP)) {
      ezsp.begin();
    } else {
      knock();
    }
  }

  private void knock() {
    step = Step.TERMINAL;
    deadline = now + SECOND;
    line.accept(RETURN);
  }

  @Override
  public void onOctets(long nanos, Octets octets) {
    now = nanos;
    octetsHeard += octets.length();
    heard = heard.concat(octets);
    heard = heard.from(Math.max(0, heard.length() - HEARD_MAX));
    switch (step) {
      case ZNP -> znp.octets(octets);
      case EZSP -> ezsp.octets(octets);
      case TERMINAL -> {
        // Looked at in the end.
      }
    }
    advance();
  }

  @Override
  public void onTimer(long nanos) {
    now = nanos;
    switch (step) {
      case ZNP -> znp.timer();
      case EZSP -> ezsp.timer();
      case TERMINAL -> {
        if (now >= deadline) {
          deadline = Long.MAX_VALUE;
          report = new StickReport.Unknown(octetsHeard, kind());
        }
      }
    }
    advance();
  }

  private void advance() {
    if (report != null) {
      return;
    }
    if (step == Step.ZNP && znp.ended()) {
      if (znp.found().isPresent()) {
        report = StickReport.Znp.of(znp.found().get());
      } else {
        greet();
      }
    } else if (step == Step.EZSP && ezsp.ended()) {
      if (ezsp.found().isPresent()) {
        report = new StickReport.Ezsp(ezsp.found().get());
      } else if (ezsp.restarting()) {
        report = new StickReport.Unknown(octetsHeard, StickReport.Unknown.Kind.RESTARTING);
      } else if (ezsp.greeted()) {
        report = new StickReport.Unknown(octetsHeard, StickReport.Unknown.Kind.MUTE);
      } else {
        knock();
      }
    }
  }

  private StickReport.Unknown.Kind kind() {
    String text = new String(heard.toByteArray(), StandardCharsets.ISO_8859_1);
    if (text.contains("BL >") || text.contains("Bootloader")) {
      return StickReport.Unknown.Kind.BOOT_LOADER;
    }
    if (heard.isEmpty()) {
      return StickReport.Unknown.Kind.SILENT;
    }
    long printable = text.chars().filter(each -> each >= ' ' && each <= '~').count();
    long spaces = text.chars().filter(each -> each == '\r' || each == '\n').count();
    return heard.length() >= TEXT_MIN && printable + spaces == heard.length()
        ? StickReport.Unknown.Kind.TEXT
        : StickReport.Unknown.Kind.NOISE;
  }

  @Override
  public long wakeAt() {
    return switch (step) {
      case ZNP -> znp.deadline();
      case EZSP -> ezsp.deadline();
      case TERMINAL -> deadline;
    };
  }

  @Override
  public Optional<StickReport> result() {
    return Optional.ofNullable(report);
  }
}
