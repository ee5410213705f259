// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
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

  @Mixin private final DspView view = new DspView();

  @Override
  public Integer call() {
    return view.print(spec.commandLine().getOut(), AuditText::lines, AuditText::json);
  }
}
