// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.pki;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.ExitCode;
import org.hanota.transport.grpc.pki.TestAuthority;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hanota pki renew}. */
@Command(
    name = "renew",
    mixinStandardHelpOptions = true,
    description = {
      "Renews the certificates of a test authority: same keys, same names, new dates.",
      "Keys stay as they are. Start hubs and devices anew afterwards; those that trust the",
      "authority's certificate of before trust the new ones too, until it ends."
    },
    footer = {"", "Example:", "  hanota pki renew --dir pki --days 90"})
final class RenewCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      defaultValue = "pki",
      description = "Folder that hanota pki init made (default: ${DEFAULT-VALUE}).")
  private Path dir = Path.of("pki");

  @Mixin private final Validity validity = new Validity();

  @Override
  public Integer call() throws IOException {
    Duration valid = validity.duration();
    if (!Files.exists(dir.resolve(PkiCommand.AUTHORITY + ".key"))) {
      throw new CommandFailed(
          dir.resolve(PkiCommand.AUTHORITY + ".key")
              + ": no such file; only who has the authority's key can renew, see hanota pki init");
    }
    X509Certificate before = TestAuthority.read(authorityFile());
    TestAuthority authority = TestAuthority.read(dir, PkiCommand.AUTHORITY, Instant.now(), valid);
    for (Path file : certificates()) {
      X509Certificate old = TestAuthority.read(file);
      if (authority.issued(old)) {
        replace(file, old, authority.renewed(old));
      } else {
        spec.commandLine()
            .getErr()
            .println("hanota: " + file + ": left alone, another authority issued it");
      }
    }
    // Last: a failure above leaves an authority that all of them fit.
    replace(authorityFile(), before, authority.certificate());
    return ExitCode.DONE;
  }

  private Path authorityFile() {
    return dir.resolve(PkiCommand.AUTHORITY + ".pem");
  }

  private List<Path> certificates() throws IOException {
    try (Stream<Path> files = Files.list(dir)) {
      return files
          .filter(file -> file.toString().endsWith(".pem") && !file.equals(authorityFile()))
          .filter(file -> !file.equals(dir.resolve(RevokeCommand.LIST)))
          .sorted()
          .toList();
    }
  }

  private void replace(Path file, X509Certificate old, X509Certificate renewed) throws IOException {
    TestAuthority.replace(file, renewed);
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        file
            + ": valid until "
            + renewed.getNotAfter().toInstant()
            + ", was "
            + old.getNotAfter().toInstant());
  }
}
