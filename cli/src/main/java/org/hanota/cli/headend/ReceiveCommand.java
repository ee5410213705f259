// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.hanota.cli.ExitCode;
import org.hanota.cli.OutputFile;
import org.hanota.cli.hub.WebServer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hanota headend receive}: a user's end. */
@Command(
    name = "receive",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description =
        "Runs a user's receive service: what the DCC signed becomes a file of the folder.",
    footer = {
      "",
      "Example:",
      "  hanota headend receive --xml-keys xml --pki pki --listen localhost:8080 \\",
      "    -o answers",
      "",
      "Exit: 0 stopped by the user / 1 a file is wrong / 2 used wrongly."
    })
final class ReceiveCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-o", "--out"},
      paramLabel = "DIR",
      required = true,
      description = "Where the messages go, numbered; those of an earlier run stay.")
  private Path output = Path.of("");

  @Mixin private final XmlKeys xmlKeys = new XmlKeys();

  @Mixin private final HttpEnd end = new HttpEnd("supplier");

  @Override
  public Integer call() throws IOException {
    end.check();
    PrintWriter out = spec.commandLine().getOut();
    OutputFile.makeFolder(output);
    try (Told told = end.told(out);
        WebServer server =
            end.serve(
                new ReceiveService(
                    xmlKeys.dcc(), output, InstantSource.system(), end.limits(), told),
                told)) {
      out.println("the DCC at port " + server.port());
      out.flush();
      new CountDownLatch(1).await();
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
    return ExitCode.DONE;
  }
}
