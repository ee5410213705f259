// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.hanota.api.Eui64;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.gbcs.Keys;
import org.hanota.cli.hub.WebServer;
import org.hanota.headend.HeadEndParameter;
import org.hanota.headendsql.Database;
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

  @Mixin private final StoreOption store = new StoreOption();

  @Mixin private final HttpEnd end = new HttpEnd();

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
    ProcessEnd stop = new ProcessEnd();
    EstateFile known = EstateFile.read(estate);
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
            stop::giveUp);
    try (stop;
        told;
        Database database = store.open();
        Dcc dcc = new Dcc(config, database, clock, told);
        WebServer server = end.serve(dcc.service(), told)) {
      dcc.start();
      told.line("users at port " + server.port());
      stop.await();
    }
    return stop.exitCode();
  }
}
