// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.stick;

import java.util.List;
import java.util.Optional;
import org.hanota.api.Width;
import org.hanota.api.machine.Peer;
import org.hanota.api.zcl.Clusters;

/** What the host must know of its stick and its network. */
public final class HostConfig {
  /** Energy Service Interface in Smart Energy; Configuration Tool in Home Automation. */
  private static final int DEVICE_ID = 0x0500;

  private final Peer self;
  private final int profileId;
  private final Optional<NetworkPlan> network;
  private final List<LinkKey> linkKeys;
  private final StickLimits limits;

  private HostConfig(Builder builder) {
    self = builder.self;
    profileId = Width.uint16("profileId", builder.profileId);
    network = builder.network;
    linkKeys = List.copyOf(builder.linkKeys);
    limits = builder.limits;
  }

  /**
   * The server of the OTA cluster, of a stick that has its network already.
   *
   * @param self the stick's EUI-64, and the endpoint to register; another stick is refused
   * @param profileId of that endpoint, and so of all messages: uint16
   */
  public static Builder otaServer(Peer self, int profileId) {
    return new Builder(self, profileId);
  }

  /** The stick's EUI-64, and the endpoint to register. */
  public Peer self() {
    return self;
  }

  /** The profile of that endpoint, and so of all messages. */
  public int profileId() {
    return profileId;
  }

  /** What to form if the stick has no network; empty: such a stick is refused. */
  public Optional<NetworkPlan> network() {
    return network;
  }

  /** Given to the stick at each start. */
  public List<LinkKey> linkKeys() {
    return linkKeys;
  }

  /** How long the host waits, and how much it holds. */
  public StickLimits limits() {
    return limits;
  }

  /** The endpoint as the stick registers it. */
  public SimpleDescriptor descriptor() {
    boolean smartEnergy = profileId == Clusters.PROFILE_SMART_ENERGY;
    return new SimpleDescriptor(
        self.endpoint(),
        profileId,
        DEVICE_ID,
        0,
        smartEnergy
            ? List.of(Clusters.OTA_UPGRADE, Clusters.TUNNELING)
            : List.of(Clusters.OTA_UPGRADE),
        smartEnergy ? List.of(Clusters.METERING) : List.of());
  }

  /** Gathers what the host must know. */
  public static final class Builder {
    private final Peer self;
    private final int profileId;
    private Optional<NetworkPlan> network = Optional.empty();
    private List<LinkKey> linkKeys = List.of();
    private StickLimits limits = StickLimits.DEFAULT;

    private Builder(Peer self, int profileId) {
      this.self = self;
      this.profileId = profileId;
    }

    /**
     * Forms this network and no other if the stick has none; without this such a stick is refused.
     */
    public Builder forming(NetworkParameters parameters) {
      return forming(new NetworkPlan(parameters, Optional.empty()));
    }

    /** Forms a network if the stick has none; without this such a stick is refused. */
    public Builder forming(NetworkPlan plan) {
      network = Optional.of(plan);
      return this;
    }

    /** Given to the stick at each start; without this none. */
    public Builder linkKeys(List<LinkKey> keys) {
      linkKeys = keys;
      return this;
    }

    /** How long the host waits, and how much it holds; without this: the defaults. */
    public Builder limits(StickLimits values) {
      limits = values;
      return this;
    }

    /** What the host must know. */
    public HostConfig build() {
      return new HostConfig(this);
    }
  }
}
