// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.hanota.headend.supplier.CampaignSupplier;
import org.jspecify.annotations.Nullable;
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
    description = {
      "Shows a DCC's audit log: who did what, and when.",
      "With --supplier that of a supplier: who said what to which campaign, and what followed."
    },
    footer = {"", "Example:", "  hanota headend audit --store jdbc:h2:./headend --json"})
final class AuditCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private final DspView view = new DspView();

  @Option(
      names = "--supplier",
      paramLabel = "EUI-64",
      description = "A supplier's log, by its business id, instead of the DCC's.")
  private @Nullable String supplier;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    return supplier == null
        ? view.print(out, AuditText::lines, AuditText::json)
        : view.print(
            Ids.parse("--supplier", supplier),
            CampaignSupplier.KINDS,
            out,
            AuditText::lines,
            AuditText::json);
  }
}
