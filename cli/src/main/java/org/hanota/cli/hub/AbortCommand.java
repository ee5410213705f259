// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.control.HubControl.Answer;
import org.hanota.cli.ReasonOption;
import org.hanota.transport.grpc.RemoteHub;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

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
  @Mixin private final ReasonOption reason = new ReasonOption();

  @Override
  Answer order(RemoteHub remote, Eui64 device) {
    return remote.abort(device, signed(reason.text()));
  }

  @Override
  Answer order(RemoteHub remote, ImageId image) {
    return remote.abort(image, signed(reason.text()));
  }
}
