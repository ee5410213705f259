// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code hanota headend inventory}. */
@Command(
    name = "inventory",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = "Shows the devices that a DCC knows, and what became of each request for them.",
    footer = {"", "Example:", "  hanota headend inventory --store jdbc:h2:./headend --json"})
final class InventoryCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private final DspView view = new DspView();

  @Override
  public Integer call() {
    return view.print(spec.commandLine().getOut(), InventoryText::lines, InventoryText::json);
  }
}
