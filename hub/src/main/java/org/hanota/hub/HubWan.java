// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.api.control.WanLink;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.ToWan;
import org.hanota.keys.Sha256;
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
          public void onDelivery(WanLink.Delivery delivery) {
            Octets name =
                Octets.wrap(
                    (delivery.request() + " " + delivery.number())
                        .getBytes(StandardCharsets.UTF_8));
            hub.accept(
                new HubInput.Delivered(delivery.number(), Sha256.of(name), input(delivery.load())));
          }

          @Override
          public void onHeard(Octets sha256) {
            hub.accept(new HubInput.Acknowledged(sha256));
          }
        });
  }

  private HubInput.FromHeadEnd input(WanLink.Load load) {
    if (load instanceof WanLink.Load.Image image) {
      return new HubInput.ImageFromWan(
          image.name(),
          image.file(),
          kind(image),
          image.devices().stream().map(device -> new Peer(device, deviceEndpoint)).toList(),
          image.when());
    }
    return new HubInput.FromWan(((WanLink.Load.Command) load).message());
  }

  /** A PPMID's file is the one that carries no mark. A file without a header the hub discards. */
  private static FileKind kind(WanLink.Load.Image image) {
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
    } else if (what instanceof ToWan.DeliveryEnded ended) {
      link.ended(ended.number(), ended.end());
    }
  }
}
