// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.eclipse.jetty.server.Handler;
import org.hanota.api.Eui64;
import org.hanota.api.node.TimeSource;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.ProcessEnd;
import org.hanota.cli.gbcs.Keys;
import org.hanota.cli.hub.WebServer;
import org.hanota.gbcs.key.KeyUsage;
import org.hanota.headend.HeadEndParameter;
import org.hanota.headend.capacity.CapacityParameter;
import org.hanota.headend.capacity.RegionCapacity;
import org.hanota.headend.supplier.CampaignSupplierConfig;
import org.hanota.headend.supplier.SupplierConfig;
import org.hanota.headendsql.Database;
import org.hanota.keys.P256Signer;
import org.hanota.transport.grpc.GrpcHeadEnd;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hanota headend serve}: the DCC as a process. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Runs a DCC: users put requests to /api/v1/serviceT, serviceD and serviceS, and get answers"
          + " and alerts at their own receive services.",
      "With --wan hubs connect, and get images and commands for their devices.",
      "Several processes may share a PostgreSQL: one acts, another takes over where it dies."
    },
    footer = {
      "",
      "Example:",
      "  hanota headend serve --estate estate.json --keystore gbcs/dcc \\",
      "    --xml-keys gbcs/dcc-xml --wan localhost:8078 --pki pki",
      "",
      "Exit: 0 stopped by the user / 1 a file is wrong, or it cannot go on / 2 used wrongly."
    })
final class ServeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--estate",
      paramLabel = "FILE",
      required = true,
      description =
          "Users, devices and firmware in JSON (docs/headend.md), read at each start; it undoes"
              + " nothing that the DCC has learned since it was read last.")
  private Path estate = Path.of("");

  @Mixin private final Keys.Folder keystore = new Keys.Folder();

  @Mixin private final XmlKeys xmlKeys = new XmlKeys();

  @Option(
      names = "--csp",
      paramLabel = "EUI-64",
      defaultValue = "90B3D51F30000006",
      description = "The id of the CSP (default: ${DEFAULT-VALUE}).")
  private String csp = "";

  @Option(
      names = "--supplier",
      paramLabel = "EUI-64",
      description =
          "Runs this supplier's system, too, whose GBCS key is in --keystore: hanota campaign and the"
              + " page at --listen steer its campaigns.")
  private @Nullable String supplier;

  @Mixin private final StoreOption store = new StoreOption();

  @Mixin private final WanEnd wan = new WanEnd();

  @Mixin private final HttpEnd end = new HttpEnd("headend");

  @Override
  public Integer call() throws IOException {
    end.check();
    Told told = end.told(spec.commandLine().getOut());
    InstantSource clock = InstantSource.system();
    Keys keys = keystore.demand();
    Eui64 dsp =
        keys.broker()
            .orElseThrow(
                () ->
                    new CommandFailed(
                        keystore + ": has no certificate of an access control broker"));
    EstateFile known = EstateFile.read(estate);
    ProcessEnd stop = new ProcessEnd();
    try (stop;
        told;
        Database database = store.open()) {
      TimeSource time = TimeSource.of(clock, System::nanoTime);
      Optional<CampaignDesk> campaigns = campaigns(keys, dsp, known);
      Dcc.Config config =
          new Dcc.Config(
              dsp,
              Ids.parse("--csp", csp),
              keys.store(),
              xmlKeys.users(),
              xmlKeys.signer(dsp),
              known.inputs(),
              known.receiveServices(),
              end.parameters().values(HeadEndParameter.class),
              end.limits(),
              end.client(told),
              stop::giveUp,
              campaigns);
      try (Dcc dcc = new Dcc(config, database, clock, told);
          WebServer server = end.serve(handler(dcc, campaigns, time, told), told)) {
        Optional<GrpcHeadEnd> hubs = wan.serve(end, dcc.hubs());
        dcc.hubs().at(hubs);
        dcc.start();
        hubs.ifPresent(each -> told.line("hubs at port " + each.address().getPort()));
        told.line("users at port " + server.port());
        stop.await(() -> {});
      }
    }
    return stop.exitCode();
  }

  private Handler handler(Dcc dcc, Optional<CampaignDesk> campaigns, TimeSource time, Told told) {
    return campaigns
        .<Handler>map(
            desk ->
                new Handler.Sequence(
                    new HeadEndPage(
                        desk,
                        time,
                        new Bodies(end.limits().get(HttpParameter.BODIES_OCTETS)),
                        told),
                    dcc.service()))
        .orElseGet(dcc::service);
  }

  private Optional<CampaignDesk> campaigns(Keys keys, Eui64 dsp, EstateFile known) {
    if (supplier == null) {
      return Optional.empty();
    }
    Eui64 self = Ids.parse("--supplier", supplier);
    P256Signer signer =
        keys.store()
            .privateKey(self, KeyUsage.DIGITAL_SIGNATURE)
            .<P256Signer>map(key -> key)
            .orElseThrow(
                () -> new CommandFailed(keystore + ": has no " + self + "-ds.pem with its .key"));
    List<RegionCapacity> regions =
        RegionCapacity.all(end.parameters().values(CapacityParameter.class));
    SupplierConfig dialogue =
        new SupplierConfig(self, dsp, signer, end.parameters().values(HeadEndParameter.class));
    return Optional.of(
        new CampaignDesk(
            estate -> new CampaignSupplierConfig(dialogue, keys.store(), estate, regions),
            new DccEstate(self, known.cells())));
  }
}
