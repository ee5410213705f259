// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import org.hanota.api.node.Driver;
import org.hanota.api.node.DriverBuilder;
import org.hanota.api.node.TimeSource;
import org.hanota.api.transport.Scheduler;
import org.hanota.api.transport.Transport;
import org.hanota.hub.catalogue.ImageStore;
import org.hanota.hub.store.TransferStore;

/**
 * A hub with its stores, as it is put on a transport. While a store cannot be used, it {@linkplain
 * RestingHub rests}.
 */
public final class HubNode {
  private final HubConfig config;
  private final ImageStore images;
  private final TransferStore transfers;

  private HubNode(HubConfig config, ImageStore images, TransferStore transfers) {
    this.config = config;
    this.images = images;
    this.transfers = transfers;
  }

  /**
   * A hub.
   *
   * @param images its images, which outlive restarts
   * @param transfers its memory of its devices, which outlives restarts
   */
  public static HubNode of(HubConfig config, ImageStore images, TransferStore transfers) {
    return new HubNode(config, images, transfers);
  }

  /** Its machine, made anew, for a transport whose frames have these limits. */
  public RestingHub machine(Transport transport) {
    return new RestingHub(
        new HubMachine(config, images, transfers, transport::maximumPayload),
        config,
        images,
        transfers);
  }

  /** Its driver, to be built and started, which makes a new machine at each start. */
  public DriverBuilder on(Transport transport, Scheduler scheduler, TimeSource time) {
    return Driver.builder(config.node(), () -> machine(transport), transport, scheduler, time);
  }
}
