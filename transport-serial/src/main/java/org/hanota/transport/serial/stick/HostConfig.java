// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.stick;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.hanota.api.Width;
import org.hanota.api.machine.Peer;
import org.hanota.api.zcl.Clusters;

/**
 * What the host must know of its stick and its network.
 *
 * @param self the stick's EUI-64, and the endpoint to register; another stick is refused
 * @param profileId of that endpoint, and so of all messages: uint16
 * @param inputClusters those whose server it is
 * @param outputClusters those whose client it is
 * @param network what to form if the stick has no network; empty: such a stick is refused
 * @param linkKeys given to the stick at each start
 * @param maximumPayload most octets of one ZCL frame in one piece
 * @param maximumUnconfirmed most messages that the stick holds at once
 * @param attempts how often a message is given to a stick that is full
 * @param confirmTime how long the stick may take to tell what became of a message
 */
public record HostConfig(
    Peer self,
    int profileId,
    List<Integer> inputClusters,
    List<Integer> outputClusters,
    Optional<NetworkPlan> network,
    List<LinkKey> linkKeys,
    int maximumPayload,
    int maximumUnconfirmed,
    int attempts,
    Duration confirmTime) {
  /**
   * A header of 17 octets and a block of 48: what fits under network and APS security on every
   * stick heard of. Without APS security some take 65 octets of block.
   */
  public static final int DEFAULT_MAXIMUM_PAYLOAD = 65;

  /** No stick takes more in one piece. */
  public static final int MESSAGE_MAX = 230;

  /** The stick's buffers are few; more only makes it answer that it is full. */
  private static final int DEFAULT_MAXIMUM_UNCONFIRMED = 4;

  /** With the back-off of the outbox: some three seconds. */
  private static final int DEFAULT_ATTEMPTS = 6;

  /** APS tries three times, and a sleepy node may take 7.68 s to fetch each. */
  private static final Duration DEFAULT_CONFIRM_TIME = Duration.ofSeconds(25);

  /** Copies the lists and checks the ranges. */
  public HostConfig {
    Width.uint16("profileId", profileId);
    Width.range("maximumPayload", maximumPayload, 20, MESSAGE_MAX);
    Width.range("maximumUnconfirmed", maximumUnconfirmed, 1, 128);
    Width.range("attempts", attempts, 1, 100);
    inputClusters = List.copyOf(inputClusters);
    outputClusters = List.copyOf(outputClusters);
    linkKeys = List.copyOf(linkKeys);
  }

  /** The server of the OTA cluster, of a stick that has its network already. */
  public static HostConfig otaServer(Peer self, int profileId) {
    boolean smartEnergy = profileId == Clusters.PROFILE_SMART_ENERGY;
    return new HostConfig(
        self,
        profileId,
        smartEnergy
            ? List.of(Clusters.OTA_UPGRADE, Clusters.TUNNELING)
            : List.of(Clusters.OTA_UPGRADE),
        smartEnergy ? List.of(Clusters.METERING) : List.of(),
        Optional.empty(),
        List.of(),
        DEFAULT_MAXIMUM_PAYLOAD,
        DEFAULT_MAXIMUM_UNCONFIRMED,
        DEFAULT_ATTEMPTS,
        DEFAULT_CONFIRM_TIME);
  }

  /** The same, forming this network and no other if the stick has none. */
  public HostConfig forming(NetworkParameters parameters) {
    return forming(new NetworkPlan(parameters, Optional.empty()));
  }

  /** The same, forming a network if the stick has none. */
  public HostConfig forming(NetworkPlan plan) {
    return new HostConfig(
        self,
        profileId,
        inputClusters,
        outputClusters,
        Optional.of(plan),
        linkKeys,
        maximumPayload,
        maximumUnconfirmed,
        attempts,
        confirmTime);
  }

  /** The same with these keys. */
  public HostConfig withLinkKeys(List<LinkKey> keys) {
    return new HostConfig(
        self,
        profileId,
        inputClusters,
        outputClusters,
        network,
        keys,
        maximumPayload,
        maximumUnconfirmed,
        attempts,
        confirmTime);
  }

  /** The same with another limit of one ZCL frame. */
  public HostConfig withMaximumPayload(int octets) {
    return new HostConfig(
        self,
        profileId,
        inputClusters,
        outputClusters,
        network,
        linkKeys,
        octets,
        maximumUnconfirmed,
        attempts,
        confirmTime);
  }

  /** The endpoint as the stick registers it. */
  public SimpleDescriptor descriptor() {
    return new SimpleDescriptor(
        self.endpoint(), profileId, DEVICE_ID, 0, inputClusters, outputClusters);
  }

  /** Energy Service Interface in Smart Energy; Configuration Tool in Home Automation. */
  private static final int DEVICE_ID = 0x0500;
}
