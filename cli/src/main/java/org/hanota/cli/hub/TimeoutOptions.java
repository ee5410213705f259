// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hanota.api.control.PhaseTimeouts;
import org.hanota.api.control.PhaseTimeouts.Timed;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How long the phases of an update may take. */
final class TimeoutOptions {
  @Option(
      names = "--timeout",
      paramLabel = "PHASE=TIME",
      converter = {Phases.class, Times.class},
      description = {
        "How long a phase may take, as in --timeout verifying=3d; once for each phase:",
        "holding, querying, transferring, verifying, waiting, activating;",
        "times as in 90s, 30m, 12h or 3d. See 'hanota parameters' for the hub's own."
      })
  private final Map<Timed, Long> timeouts = new EnumMap<>(Timed.class);

  PhaseTimeouts timeouts() {
    return new PhaseTimeouts(timeouts);
  }

  /** A phase by its word. */
  static final class Phases implements ITypeConverter<Timed> {
    @Override
    public Timed convert(String text) {
      return Arrays.stream(Timed.values())
          .filter(timed -> timed.word().equals(text))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'"
                          + text
                          + "' is no phase with a time-out; allowed are "
                          + Arrays.stream(Timed.values()).map(Timed::word).toList()));
    }
  }

  /** A time in milliseconds. */
  static final class Times implements ITypeConverter<Long> {
    private static final Pattern TIME = Pattern.compile("(\\d{1,9})([smhd])");

    @Override
    public Long convert(String text) {
      Matcher matcher = TIME.matcher(text);
      if (!matcher.matches()) {
        throw new TypeConversionException("'" + text + "' is no time; as in 90s, 30m, 12h or 3d");
      }
      TimeUnit unit =
          switch (matcher.group(2)) {
            case "s" -> TimeUnit.SECONDS;
            case "m" -> TimeUnit.MINUTES;
            case "h" -> TimeUnit.HOURS;
            default -> TimeUnit.DAYS;
          };
      long millis = unit.toMillis(Long.parseLong(matcher.group(1)));
      if (millis < 1 || millis > PhaseTimeouts.LONGEST_MS) {
        throw new TypeConversionException("'" + text + "' is not between 1s and ten years");
      }
      return millis;
    }
  }
}
