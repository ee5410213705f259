// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.Locale;
import java.util.OptionalLong;
import org.hanota.api.Eui64;
import org.hanota.api.control.CatalogueImage;
import org.hanota.api.control.HubStatus;
import org.hanota.cli.ClockText;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.ExitCode;
import org.hanota.transport.grpc.RemoteHub;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints what a hub knows. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Prints a hub's images and devices.",
    footer = {
      "",
      "Examples:",
      "  hanota hub status --hub localhost:7355 --insecure",
      "  hanota hub status --insecure --limit 20 --from 00DB123456780021",
      "",
      "Exit: 0 / 1 the hub is out of service, or cannot be asked."
    })
final class StatusCommand extends ControlCommand {
  @Option(
      names = "--limit",
      paramLabel = "NUMBER",
      defaultValue = "1000",
      description = "At most so many devices (default: ${DEFAULT-VALUE}).")
  private int limit;

  @Option(
      names = "--from",
      paramLabel = "EUI64",
      defaultValue = "0000000000000000",
      description = "Only devices from this address on.")
  private Eui64 from = Eui64.UNKNOWN;

  @Override
  int run(RemoteHub remote) {
    PrintWriter out = spec.commandLine().getOut();
    if (limit < 1) {
      throw new CommandFailed(ExitCode.USAGE, "--limit is " + limit + ", allowed 1 and more");
    }
    HubStatus status = remote.status(new HubStatus.Page(from, limit));
    if (json) {
      var whole = HubJson.status(status);
      var images = whole.putArray("images");
      remote.catalogue().forEach(image -> images.add(HubJson.image(image)));
      out.println(whole);
      return status.outage().isPresent() ? ExitCode.WRONG : ExitCode.DONE;
    }
    if (status.outage().isPresent()) {
      out.println("Hub " + status.hub() + ": out of service: " + status.outage().get());
      return ExitCode.WRONG;
    }
    out.println(
        "Hub "
            + status.hub()
            + ": "
            + status.transferring()
            + " of at most "
            + status.concurrentTransfers()
            + " transfers under way, "
            + status.queued()
            + " queued");
    status.headEnd().ifPresent(headEnd -> out.println("  head end " + ServeText.headEnd(headEnd)));
    status.doubtedUtcMillis().ifPresent(shown -> out.println("  " + ClockText.doubted(shown)));
    for (CatalogueImage image : remote.catalogue()) {
      out.println(
          "  image  "
              + image.image()
              + "  "
              + String.format(Locale.ROOT, "%,d octets  ", image.sizeOctets())
              + image.name()
              + image.quarantined().map(reason -> "  QUARANTINED: " + reason).orElse("")
              + image
                  .order()
                  .map(order -> "  " + order.kind() + " by " + order.order())
                  .orElse(""));
    }
    for (HubStatus.DeviceStatus device : status.devices()) {
      out.println(
          "  device "
              + device.device().address()
              + "  "
              + device.phase().name().toLowerCase(Locale.ROOT)
              + progress(device)
              + EventText.left(device.remainingMillis())
              + device.running().map(running -> "  runs " + running).orElse("")
              + device.image().map(image -> "  offered " + image).orElse("")
              + device
                  .failure()
                  .map(failure -> "  last: " + failure.failure() + ", " + failure.detail())
                  .orElse(""));
    }
    status
        .next()
        .ifPresent(
            next ->
                out.println(
                    "  of "
                        + status.knownDevices()
                        + " devices; the next ones with --from "
                        + next));
    return ExitCode.DONE;
  }

  /** How far the transfer is, or at what time a device that has the image will run it. */
  private static String progress(HubStatus.DeviceStatus device) {
    return switch (device.phase()) {
      case WAITING -> time(" until ", device.upgradeUtcMillis());
      case ACTIVATING -> time(" at ", device.upgradeUtcMillis());
      case CONFIRMED, IDLE, FAILED -> "";
      case QUEUED, NOTIFIED, TRANSFERRING, PAUSED, VERIFYING ->
          device.imageSizeOctets() == 0
              ? ""
              : "  " + EventText.percent(device.fileOffset(), device.imageSizeOctets());
    };
  }

  private static String time(String word, OptionalLong utcMillis) {
    return utcMillis.isEmpty() ? "" : word + Instant.ofEpochMilli(utcMillis.getAsLong());
  }
}
