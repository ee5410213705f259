// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import java.util.List;
import java.util.Optional;
import org.hanota.api.Width;
import org.hanota.api.machine.Peer;
import org.hanota.api.node.NodeConfig;
import org.hanota.api.zcl.Clusters;
import org.hanota.hub.catalogue.ModelProfile;

/** What a hub is. */
public final class HubConfig {
  private final Peer self;
  private final int profileId;
  private final boolean apsEncryption;
  private final Optional<HubGbcsConfig> gbcs;
  private final List<ModelProfile> models;
  private final HubParameters parameters;

  private HubConfig(Builder builder) {
    self = builder.self;
    profileId = Width.uint16("profileId", builder.profileId);
    apsEncryption = builder.apsEncryption;
    gbcs = builder.gbcs;
    models = List.copyOf(builder.models);
    parameters = builder.parameters;
  }

  /**
   * A plain OTA server in a Smart Energy network, which knows of no special model.
   *
   * @param self its address and endpoint
   */
  public static Builder builder(Peer self) {
    return new Builder(self);
  }

  /** Its address and endpoint. */
  public Peer self() {
    return self;
  }

  /** Whether its unicast OTA commands are encrypted. */
  public boolean apsEncryption() {
    return apsEncryption;
  }

  /** How it takes part in GBCS; empty for a plain OTA server. */
  public Optional<HubGbcsConfig> gbcs() {
    return gbcs;
  }

  /** Those whose devices need smaller blocks than they ask for. */
  public List<ModelProfile> models() {
    return models;
  }

  /** Times and limits. */
  public HubParameters parameters() {
    return parameters;
  }

  /** What the driver of this hub must know of its node. */
  public NodeConfig node() {
    return new NodeConfig(self, profileId, true, apsEncryption);
  }

  /** Gathers what a hub is. */
  public static final class Builder {
    private final Peer self;
    private int profileId = Clusters.PROFILE_SMART_ENERGY;
    private boolean apsEncryption;
    private Optional<HubGbcsConfig> gbcs = Optional.empty();
    private List<ModelProfile> models = List.of();
    private HubParameters parameters = HubParameters.DEFAULT;

    private Builder(Peer self) {
      this.self = self;
    }

    /**
     * The application profile of its network.
     *
     * @param profile of the frames that it sends, uint16; without this: Smart Energy
     * @param encryption whether its unicast OTA commands are encrypted, as Smart Energy demands by
     *     radio; without this they are not
     */
    public Builder network(int profile, boolean encryption) {
      profileId = profile;
      apsEncryption = encryption;
      return this;
    }

    /** How it takes part in GBCS; without this it is a plain OTA server. */
    public Builder gbcs(Optional<HubGbcsConfig> part) {
      gbcs = part;
      return this;
    }

    /** Those whose devices need smaller blocks than they ask for; without this none. */
    public Builder models(List<ModelProfile> several) {
      models = several;
      return this;
    }

    /** Times and limits; without this: the defaults. */
    public Builder parameters(HubParameters values) {
      parameters = values;
      return this;
    }

    /** The hub. */
    public HubConfig build() {
      return new HubConfig(this);
    }
  }
}
