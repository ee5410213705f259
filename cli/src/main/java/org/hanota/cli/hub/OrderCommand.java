// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Objects;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.control.CatalogueImage;
import org.hanota.api.control.HubControl.Answer;
import org.hanota.api.control.HubStatus;
import org.hanota.api.machine.Peer;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.ExitCode;
import org.hanota.transport.grpc.RemoteHub;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** An order about the update of one device, or about an image whichever devices it is for. */
abstract class OrderCommand extends ControlCommand {
  @ArgGroup(multiplicity = "1")
  private Subject subject = new Subject();

  /** What is ordered about. */
  static final class Subject {
    @Option(names = "--device", paramLabel = "EUI64", required = true, description = "The device.")
    private @Nullable Eui64 device;

    @Option(
        names = "--image",
        paramLabel = "NAME",
        required = true,
        description = {
          "The image instead, for whichever devices it is: its name in the catalogue, or",
          "MMMM-TTTT-VVVVVVVV. Nobody gets it then without an offer of its own."
        })
    private @Nullable String image;
  }

  @Override
  final int run(RemoteHub remote) {
    if (subject.image != null) {
      CatalogueImage named = named(remote.catalogue(), subject.image);
      return told(spec, json, order(remote, named.image()), "image", named.image().toString());
    }
    Eui64 address = known(remote, Objects.requireNonNull(subject.device)).address();
    return told(spec, json, order(remote, address), "device", address.toString());
  }

  abstract Answer order(RemoteHub remote, Eui64 device);

  abstract Answer order(RemoteHub remote, ImageId image);

  /** Who says so and why, for those who read it later. */
  static String signed(String reason) {
    return System.getProperty("user.name", "somebody") + ": " + reason;
  }

  /** A device that the hub has heard. */
  static Peer known(RemoteHub remote, Eui64 device) {
    return remote.status(new HubStatus.Page(device, 1)).devices().stream()
        .map(HubStatus.DeviceStatus::device)
        .filter(peer -> peer.address().equals(device))
        .findFirst()
        .orElseThrow(() -> new CommandFailed("the hub does not know device " + device));
  }

  /** An image of the catalogue, by the name of its file or by its own. */
  static CatalogueImage named(List<CatalogueImage> catalogue, String name) {
    return catalogue.stream()
        .filter(held -> held.name().equals(name) || held.image().toString().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new CommandFailed(
                    "the hub has no image \""
                        + name
                        + "\", it has "
                        + catalogue.stream().map(CatalogueImage::name).toList()));
  }

  /** Prints the hub's answer; returns the exit code. */
  static int told(CommandSpec spec, boolean json, Answer answer, String what, String which) {
    boolean accepted = answer instanceof Answer.Accepted;
    String reason = answer instanceof Answer.Refused refused ? refused.reason() : "";
    if (json) {
      ObjectNode out = JsonNodeFactory.instance.objectNode();
      out.put(what, which).put("accepted", accepted);
      if (!accepted) {
        out.put("reason", reason);
      }
      spec.commandLine().getOut().println(out);
    } else if (accepted) {
      spec.commandLine().getOut().println(which + ": accepted");
    } else {
      spec.commandLine().getErr().println("hanota: " + which + ": refused: " + reason);
    }
    return accepted ? ExitCode.DONE : ExitCode.WRONG;
  }
}
