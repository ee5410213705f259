// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.control.HubControl.Answer;
import org.hanota.transport.grpc.RemoteHub;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Gives updates up. */
@Command(
    name = "abort",
    mixinStandardHelpOptions = true,
    description = {
      "Gives a device's update up, or every update of an image.",
      "Nobody concerned gets it then until somebody starts an update again."
    },
    footer = {
      "",
      "Examples:",
      "  hanota hub abort --device 00DB123400000001 --reason \"wrong image\" --insecure",
      "  hanota hub abort --image display.ota --reason \"wrong image\" --insecure"
    })
final class AbortCommand extends OrderCommand {
  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      defaultValue = "no reason given",
      description = "Why; the status shows it with your name (default: ${DEFAULT-VALUE}).")
  private String reason = "";

  @Override
  Answer order(RemoteHub remote, Eui64 device) {
    return remote.abort(device, signed(reason));
  }

  @Override
  Answer order(RemoteHub remote, ImageId image) {
    return remote.abort(image, signed(reason));
  }
}
