// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.eclipse.jetty.server.Handler;
import org.hanota.api.Eui64;
import org.hanota.api.node.TimeSource;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.ExitCode;
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
      "Several processes may share a PostgreSQL: one acts, another takes over where it dies."
    },
    footer = {
      "",
      "Example:",
      "  hanota headend serve --estate estate.json --keystore keys --xml-keys xml --pki pki",
      "",
      "Exit: 0 stopped by the user / 1 a file is wrong / 2 used wrongly."
    })
final class ServeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--estate",
      paramLabel = "FILE",
      required = true,
      description =
          "Users, devices and firmware in JSON (docs/headend.md); told to the DCC at each start.")
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

  @Mixin private final HttpEnd end = new HttpEnd();

  @Override
  public Integer call() throws IOException {
    end.check();
    PrintWriter out = spec.commandLine().getOut();
    InstantSource clock = InstantSource.system();
    Keys keys = keystore.demand();
    Eui64 dsp =
        keys.broker()
            .orElseThrow(
                () ->
                    new CommandFailed(
                        keystore + ": has no certificate of an access control broker"));
    EstateFile told = EstateFile.read(estate);
    try (Database database = store.open()) {
      TimeSource time = TimeSource.of(clock, System::nanoTime);
      Optional<CampaignDesk> campaigns = campaigns(keys, dsp, told, database);
      Dcc.Config config =
          new Dcc.Config(
              dsp,
              Ids.parse("--csp", csp),
              keys.store(),
              xmlKeys.users(),
              xmlKeys.signer(dsp),
              told.inputs(),
              told.receiveServices(),
              end.parameters().values(HeadEndParameter.class),
              end.client(),
              campaigns);
      try (Dcc dcc = new Dcc(config, database, clock, out);
          WebServer server = end.serve(handler(dcc, campaigns, time))) {
        dcc.start();
        out.println("users at port " + server.port());
        out.flush();
        new CountDownLatch(1).await();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return ExitCode.DONE;
  }

  private static Handler handler(Dcc dcc, Optional<CampaignDesk> campaigns, TimeSource time) {
    return campaigns
        .<Handler>map(desk -> new Handler.Sequence(new HeadEndPage(desk, time), dcc.service()))
        .orElseGet(dcc::service);
  }

  private Optional<CampaignDesk> campaigns(
      Keys keys, Eui64 dsp, EstateFile told, Database database) {
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
            estateView -> new CampaignSupplierConfig(dialogue, keys.store(), estateView, regions),
            new CampaignDesk.EstateView(database, dsp, self, told.cells())));
  }
}
