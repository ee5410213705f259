// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import java.io.PrintWriter;
import java.util.Locale;
import org.hanota.api.control.CatalogueImage;
import org.hanota.api.control.HubStatus;
import org.hanota.cli.ExitCode;
import org.hanota.transport.grpc.RemoteHub;
import picocli.CommandLine.Command;

/** Prints what a hub knows. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Prints a hub's images and devices.",
    footer = {"", "Example:", "  hanota hub status --hub localhost:7355 --insecure"})
final class StatusCommand extends ControlCommand {
  @Override
  int run(RemoteHub remote) {
    PrintWriter out = spec.commandLine().getOut();
    HubStatus status = remote.status();
    if (json) {
      var whole = HubJson.status(status);
      var images = whole.putArray("images");
      remote.catalogue().forEach(image -> images.add(HubJson.image(image)));
      out.println(whole);
      return ExitCode.DONE;
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
    for (CatalogueImage image : remote.catalogue()) {
      out.println(
          "  image  "
              + image.image()
              + "  "
              + image.sizeOctets()
              + " octets  "
              + image.name()
              + image.quarantined().map(reason -> "  QUARANTINED: " + reason).orElse(""));
    }
    for (HubStatus.DeviceStatus device : status.devices()) {
      out.println(
          "  device "
              + device.device().address()
              + "  "
              + device.phase().name().toLowerCase(Locale.ROOT)
              + (device.imageSizeOctets() == 0
                  ? ""
                  : "  " + EventText.percent(device.fileOffset(), device.imageSizeOctets()))
              + EventText.left(device.remainingMillis())
              + device.running().map(running -> "  runs " + running).orElse("")
              + device.image().map(image -> "  offered " + image).orElse("")
              + device
                  .failure()
                  .map(failure -> "  last: " + failure.failure() + ", " + failure.detail())
                  .orElse(""));
    }
    return ExitCode.DONE;
  }
}
