// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.control.DowngradePermission;
import org.hanota.api.control.Offer;
import org.hanota.api.control.UpgradeTime;
import org.hanota.api.control.VersionRange;
import org.hanota.api.machine.Peer;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.ExitCode;
import org.hanota.transport.grpc.RemoteHub;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Offers an image to a device. */
@Command(
    name = "start",
    mixinStandardHelpOptions = true,
    description = "Offers an image of the hub's catalogue to a device.",
    footer = {
      "",
      "Examples:",
      "  hanota hub start --device 00DB123400000001 --image upgrade.ota --insecure",
      "  hanota hub start --device 00DB123400000001 --image b.ota --from 0x00000001 \\",
      "    --insecure"
    })
final class StartCommand extends ControlCommand {
  @Option(names = "--device", paramLabel = "EUI64", required = true, description = "The device.")
  private Eui64 device = Eui64.UNKNOWN;

  @Option(
      names = "--image",
      paramLabel = "NAME",
      required = true,
      description = "The image's name in the catalogue, or MMMM-TTTT-VVVVVVVV.")
  private String image = "";

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "When it shall run, UTC, as in 2027-01-31T02:00:00Z (default: at once).")
  private @Nullable String at;

  @Option(
      names = "--hold",
      description = "It shall not run before something else than the hub says so.")
  private boolean hold;

  @Option(
      names = "--priority",
      paramLabel = "NUMBER",
      defaultValue = "100",
      description = "The lower number goes first (default: ${DEFAULT-VALUE}).")
  private int priority;

  @Option(
      names = "--permit-downgrade",
      paramLabel = "REASON",
      description = "Permits a lower version than the one that runs; the reason is recorded.")
  private @Nullable String downgrade;

  @Option(
      names = "--from",
      paramLabel = "VERSION",
      description =
          "Only if the device runs this version, as in 0x00000001; with --to, one from it on.")
  private @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "VERSION",
      description = "With --from: the highest version that the device may run.")
  private @Nullable String to;

  @Mixin private final TimeoutOptions timeouts = new TimeoutOptions();

  private final InstantSource clock = InstantSource.system();

  @Override
  int run(RemoteHub remote) {
    UpgradeTime when = when();
    Peer peer = OrderCommand.known(remote, device);
    Offer offer =
        new Offer(
            peer,
            OrderCommand.named(remote.catalogue(), image).image(),
            when,
            priority,
            Optional.ofNullable(downgrade).map(DowngradePermission::because),
            predecessors(),
            timeouts.timeouts());
    return OrderCommand.told(spec, json, remote.start(offer), "device", peer.address().toString());
  }

  private Optional<VersionRange> predecessors() {
    if (from == null) {
      if (to != null) {
        throw new CommandFailed(ExitCode.USAGE, "--to is given, allowed only with --from");
      }
      return Optional.empty();
    }
    FileVersion lowest = version("--from", from);
    FileVersion highest = to == null ? lowest : version("--to", to);
    if (lowest.compareTo(highest) > 0) {
      throw new CommandFailed(
          ExitCode.USAGE, "--to is " + highest + ", allowed from --from, " + lowest + ", on");
    }
    return Optional.of(new VersionRange(lowest, highest));
  }

  private static FileVersion version(String option, String text) {
    try {
      return new FileVersion(Long.decode(text));
    } catch (IllegalArgumentException fault) {
      throw new CommandFailed(
          ExitCode.USAGE,
          option + " is \"" + text + "\", allowed a version like 0x00000001, up to 0xFFFFFFFF");
    }
  }

  private UpgradeTime when() {
    if (hold && at != null) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "--at and --hold are given, allowed is one of them: it runs then, or not");
    }
    if (at == null) {
      return hold ? new UpgradeTime.Held() : new UpgradeTime.Now();
    }
    try {
      Instant wanted = Instant.parse(at);
      if (wanted.isBefore(clock.instant())) {
        throw new CommandFailed("--at is " + at + ", which is past; without --at it runs at once");
      }
      return new UpgradeTime.At(wanted.toEpochMilli());
    } catch (DateTimeParseException fault) {
      throw new CommandFailed(
          ExitCode.USAGE, "--at is \"" + at + "\", allowed a time like 2027-01-31T02:00:00Z");
    }
  }
}
