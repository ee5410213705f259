// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.control.HubControl.Answer;
import org.hanota.transport.grpc.RemoteHub;
import picocli.CommandLine.Command;

/** Lets paused transfers go on. */
@Command(
    name = "resume",
    mixinStandardHelpOptions = true,
    description = {
      "Lets a paused transfer go on; of an image, all of them, and ends what was said of it.",
      "What was given up is not begun again: only a start does that."
    },
    footer = {
      "",
      "Examples:",
      "  hanota hub resume --device 00DB123400000001 --insecure",
      "  hanota hub resume --image display.ota --insecure"
    })
final class ResumeCommand extends OrderCommand {
  @Override
  Answer order(RemoteHub remote, Eui64 device) {
    return remote.resume(device);
  }

  @Override
  Answer order(RemoteHub remote, ImageId image) {
    return remote.resume(image);
  }
}
