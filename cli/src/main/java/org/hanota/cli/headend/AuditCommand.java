// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.hanota.cli.ExitCode;
import org.hanota.headend.dsp.DspMachine;
import org.hanota.headend.store.Stored;
import org.hanota.headendsql.Database;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hanota headend audit}. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Shows a DCC's audit log: who did what, and when.",
    footer = {"", "Example:", "  hanota headend audit --store jdbc:h2:./headend --json"})
final class AuditCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private final StoreOption store = new StoreOption();

  @Option(
      names = "--dsp",
      paramLabel = "EUI-64",
      defaultValue = "90B3D51F30000002",
      description = "Whose, by the DCC's business id (default: ${DEFAULT-VALUE}).")
  private String dsp = "";

  @Option(names = "--json", description = "Prints a JSON array.")
  private boolean json;

  @Override
  public Integer call() {
    try (Database database = store.look()) {
      List<Stored> kept = database.view(Ids.parse("--dsp", dsp), DspMachine.KINDS).load();
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.print(AuditText.json(kept));
      } else {
        AuditText.lines(kept).forEach(out::println);
      }
      out.flush();
    }
    return ExitCode.DONE;
  }
}
