// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.SeededRandom;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.ExitCode;
import org.hanota.cli.SetOption;
import org.hanota.cli.gbcs.Keys;
import org.hanota.gbcs.file.FileCounterStore;
import org.hanota.gbcs.key.KeyUsage;
import org.hanota.hub.HubGbcsConfig;
import org.hanota.hub.HubParameter;
import org.hanota.hub.HubParameters;
import org.hanota.hub.HubService;
import org.hanota.transport.grpc.GrpcLimits;
import org.hanota.transport.grpc.GrpcParameter;
import org.hanota.transport.grpc.GrpcWan;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A hub's head end, and the keys with which it takes part in GBCS. */
final class HeadEndOptions {
  private static final String COUNTERS = "counters";

  @Option(
      names = "--headend",
      paramLabel = "HOST:PORT",
      description =
          "Takes images and commands from the head end there (headend serve --wan) instead of a"
              + " folder, and tells it what devices say; needs --keystore and --store. Given several"
              + " times: the processes of one head end, tried in turn.")
  private List<String> headEnds = List.of();

  @Mixin private final Keys.Folder keystore = new Keys.Folder();

  /** Whether the hub has a head end. */
  boolean wanted() {
    return !headEnds.isEmpty();
  }

  /**
   * An image of a head end is for the devices that its request names: another one of their model
   * has no request that its image could be an answer to. [hanota H156]
   */
  HubParameters parameters(HubParameters without) {
    return wanted() ? without.with(HubParameter.SERVES_UNASKED, false) : without;
  }

  /** Refuses what does not go together. */
  void check(boolean hasImages, boolean hasStore) {
    if (!wanted()) {
      if (keystore.isGiven()) {
        throw usage("--keystore is given, allowed only with --headend");
      }
      return;
    }
    if (hasImages) {
      throw usage("--images is given, allowed only without --headend: images come from there");
    }
    if (!hasStore) {
      throw usage("--store DIR is missing: where the hub keeps what comes from --headend");
    }
    if (!keystore.isGiven()) {
      throw usage("--keystore DIR is missing: the hub's own keys of GBCS, for --headend");
    }
    List<InetSocketAddress> unused = addresses();
  }

  private static CommandFailed usage(String line) {
    return new CommandFailed(ExitCode.USAGE, line);
  }

  private List<InetSocketAddress> addresses() {
    return headEnds.stream().map(NetworkOptions::address).toList();
  }

  /**
   * Its part in GBCS.
   *
   * @param store where its counters are
   */
  Optional<HubGbcsConfig> gbcs(Eui64 self, Path store) throws IOException {
    if (!wanted()) {
      return Optional.empty();
    }
    Keys keys = keystore.demand();
    if (keys.store().privateKey(self, KeyUsage.DIGITAL_SIGNATURE).isEmpty()) {
      throw new CommandFailed(keystore + ": has no " + self + "-ds.pem with its .key");
    }
    Eui64 broker =
        keys.broker()
            .orElseThrow(
                () ->
                    new CommandFailed(
                        keystore + ": has no certificate of an access control broker"));
    Path counters = store.resolve(COUNTERS);
    try {
      return Optional.of(
          new HubGbcsConfig(broker, keys.store(), FileCounterStore.open(counters), Keys.TUNNEL_ID));
    } catch (FormatException damaged) {
      throw CommandFailed.at(counters, damaged);
    }
  }

  /** The connection, which is not open yet and of which status, log and metrics tell; or null. */
  @Nullable GrpcWan link(
      Eui64 self, NetworkOptions network, SetOption set, HubService service, ServeEvents events)
      throws IOException {
    if (!wanted()) {
      return null;
    }
    HeadEndState state = new HeadEndState(events.log());
    service.headEnd(state::now);
    events.metrics().headEnd(state);
    GrpcLimits limits = GrpcLimits.of(set.values(GrpcParameter.class));
    try {
      // Each hub draws pauses of its own, so that they do not all come back at once.
      SeededRandom random = SeededRandom.of(self.value(), 0, 0);
      return new GrpcWan(addresses(), self, network.hub(self), limits, random, state);
    } catch (IllegalArgumentException plain) {
      throw new CommandFailed(plain.getMessage() + " (--insecure-network)");
    }
  }
}
