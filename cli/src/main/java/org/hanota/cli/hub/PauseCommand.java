// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.control.HubControl.Answer;
import org.hanota.transport.grpc.RemoteHub;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Holds transfers until they are resumed. */
@Command(
    name = "pause",
    mixinStandardHelpOptions = true,
    description = {
      "Holds a device's transfer, or all transfers of an image, until it is resumed.",
      "Who has the image already runs it at its time."
    },
    footer = {
      "",
      "Examples:",
      "  hanota hub pause --device 00DB123400000001 --insecure",
      "  hanota hub pause --image display.ota --reason \"ask the maker\" --insecure"
    })
final class PauseCommand extends OrderCommand {
  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "no reason given",
      description =
          "Why an image is held; the status shows it with your name (default: ${DEFAULT-VALUE}).")
  private String reason = "";

  @Override
  Answer order(RemoteHub remote, Eui64 device) {
    return remote.pause(device);
  }

  @Override
  Answer order(RemoteHub remote, ImageId image) {
    return remote.pause(image, signed(reason));
  }
}
