// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import java.util.List;
import java.util.Optional;
import org.hanota.api.machine.Peer;
import org.hanota.hub.catalogue.ModelProfile;

/**
 * What a hub is.
 *
 * @param self its address and endpoint
 * @param apsEncryption whether its unicast OTA commands are encrypted
 * @param gbcs how it takes part in GBCS; empty for a plain OTA server
 * @param models those whose devices need smaller blocks than they ask for
 * @param parameters times and limits
 */
public record HubConfig(
    Peer self,
    boolean apsEncryption,
    Optional<HubGbcsConfig> gbcs,
    List<ModelProfile> models,
    HubParameters parameters) {
  /** Keeps a copy of the list. */
  public HubConfig {
    models = List.copyOf(models);
  }

  /** A hub that knows of no special model. */
  public HubConfig(
      Peer self, boolean apsEncryption, Optional<HubGbcsConfig> gbcs, HubParameters parameters) {
    this(self, apsEncryption, gbcs, List.of(), parameters);
  }

  /** A plain OTA server. */
  public static HubConfig plain(Peer self, HubParameters parameters) {
    return new HubConfig(self, false, Optional.empty(), parameters);
  }
}
