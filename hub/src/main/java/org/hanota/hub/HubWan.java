// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import java.util.function.Consumer;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.api.control.WanLink;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.ToWan;
import org.hanota.otaformat.FileKind;

/**
 * Joins a hub to its head end: {@linkplain org.hanota.api.node.Driver#connect connect} the driver
 * of a {@link HubMachine} to this before it starts, then {@link #open} the link.
 */
public final class HubWan implements Consumer<ToWan> {
  private final WanLink link;
  private final int deviceEndpoint;

  /**
   * Makes a connection that is not open yet.
   *
   * @param deviceEndpoint of the devices' OTA clients, uint8: the head end knows addresses only
   */
  public HubWan(WanLink link, int deviceEndpoint) {
    this.link = link;
    this.deviceEndpoint = deviceEndpoint;
  }

  /** Begins to pass on what comes for the hub. */
  public void open(Consumer<HubInput> hub) {
    link.open(
        new WanLink.Receiver() {
          @Override
          public void onMessage(Octets message) {
            hub.accept(new HubInput.FromWan(message));
          }

          @Override
          public void onImage(WanLink.WanImage image) {
            hub.accept(
                new HubInput.ImageFromWan(
                    image.name(),
                    image.file(),
                    kind(image),
                    image.devices().stream().map(d -> new Peer(d, deviceEndpoint)).toList(),
                    image.when()));
          }
        });
  }

  /** A PPMID's file is the one that carries no mark. A file without a header the hub discards. */
  private static FileKind kind(WanLink.WanImage image) {
    try {
      return FileKind.detect(image.file()).orElse(FileKind.GB_PPMID);
    } catch (FormatException fault) {
      return FileKind.GB_PPMID;
    }
  }

  /** Passes on what is for the head end. */
  @Override
  public void accept(ToWan what) {
    if (what instanceof ToWan.GbcsMessage message) {
      link.send(message.octets());
    } else if (what instanceof ToWan.PartWanted wanted) {
      link.want(wanted.device(), wanted.part());
    }
  }
}
