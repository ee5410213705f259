// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.control.CatalogueImage;
import org.hanota.api.control.DowngradePermission;
import org.hanota.api.control.HubControl;
import org.hanota.api.control.Offer;
import org.hanota.api.control.UpgradeTime;
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
      "Example:",
      "  hanota hub start --device 00DB123400000001 --image upgrade.ota --insecure"
    })
final class StartCommand extends ControlCommand {
  @Option(names = "--device", paramLabel = "EUI64", required = true, description = "The device.")
  private String device = "";

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

  @Mixin private final TimeoutOptions timeouts = new TimeoutOptions();

  private final InstantSource clock = InstantSource.system();

  @Override
  int run(RemoteHub remote) {
    UpgradeTime when = when();
    Peer peer = AbortCommand.known(remote, device);
    Offer offer =
        new Offer(
            peer,
            named(remote.catalogue()).image(),
            when,
            priority,
            Optional.ofNullable(downgrade).map(DowngradePermission::because),
            timeouts.timeouts());
    return AbortCommand.told(spec, json, remote.start(offer), peer.address());
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

  private CatalogueImage named(List<CatalogueImage> catalogue) {
    return catalogue.stream()
        .filter(held -> held.name().equals(image) || held.image().toString().equals(image))
        .findFirst()
        .orElseThrow(
            () ->
                new CommandFailed(
                    "the hub has no image \""
                        + image
                        + "\", it has "
                        + catalogue.stream().map(CatalogueImage::name).toList()));
  }

  static Eui64 eui64(String text) {
    try {
      return Eui64.parse(text);
    } catch (FormatException fault) {
      throw new CommandFailed(ExitCode.USAGE, String.valueOf(fault.getMessage()));
    }
  }

  static boolean accepted(HubControl.Answer answer) {
    return answer instanceof HubControl.Answer.Accepted;
  }
}
