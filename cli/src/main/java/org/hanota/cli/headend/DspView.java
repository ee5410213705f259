// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import java.io.PrintWriter;
import java.util.List;
import java.util.function.Function;
import org.hanota.api.Eui64;
import org.hanota.cli.ExitCode;
import org.hanota.headend.dsp.DspMachine;
import org.hanota.headend.store.RecordKinds;
import org.hanota.headend.store.Stored;
import org.hanota.headendsql.Database;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Looks at what a DCC keeps, for people or for machines. */
final class DspView {
  @Mixin private final StoreOption store = new StoreOption();

  @Option(
      names = "--dsp",
      paramLabel = "EUI-64",
      defaultValue = "90B3D51F30000002",
      description = "Whose, by the DCC's business id (default: ${DEFAULT-VALUE}).")
  private String dsp = "";

  @Option(names = "--json", description = "Prints a JSON array.")
  private boolean json;

  /** Prints what the DSP keeps as lines, or as one JSON text. */
  int print(
      PrintWriter out,
      Function<List<Stored>, List<String>> lines,
      Function<List<Stored>, String> text) {
    return print(Ids.parse("--dsp", dsp), DspMachine.KINDS, out, lines, text);
  }

  /** The same of another machine, which keeps records of those kinds. */
  int print(
      Eui64 owner,
      RecordKinds kinds,
      PrintWriter out,
      Function<List<Stored>, List<String>> lines,
      Function<List<Stored>, String> text) {
    try (Database database = store.look()) {
      List<Stored> kept = database.view(owner, kinds).load();
      if (json) {
        out.print(text.apply(kept));
      } else {
        lines.apply(kept).forEach(out::println);
      }
      out.flush();
    }
    return ExitCode.DONE;
  }
}
