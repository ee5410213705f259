// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.pki;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.ExitCode;
import org.hanota.transport.grpc.pki.TestAuthority;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hanota pki revoke}. */
@Command(
    name = "revoke",
    mixinStandardHelpOptions = true,
    description = {
      "Takes certificates of a test authority back: adds them to its list, revoked.pem.",
      "Hubs and devices that run with --revoked read the list again by themselves. Without a name",
      "the list gets new dates only."
    },
    footer = {"", "Example:", "  hanota pki revoke --dir pki devices"})
final class RevokeCommand implements Callable<Integer> {
  private static final String AUTHORITY = "ca";
  static final String LIST = "revoked.pem";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "NAME",
      arity = "0..*",
      description = "Certificates of the folder, without .pem.")
  private List<String> names = List.of();

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
    if (!Files.exists(dir.resolve(AUTHORITY + ".key"))) {
      throw new CommandFailed(
          dir.resolve(AUTHORITY + ".key")
              + ": no such file; only who has the authority's key can revoke, see hanota pki init");
    }
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    TestAuthority authority = TestAuthority.read(dir, AUTHORITY, now, valid);
    Path list = dir.resolve(LIST);
    SortedMap<BigInteger, Instant> revoked =
        Files.exists(list) ? TestAuthority.readRevoked(list) : new TreeMap<>();
    for (String name : names) {
      Path file = dir.resolve(name + ".pem");
      if (!Files.exists(file)) {
        throw new CommandFailed(file + ": no such certificate");
      }
      X509Certificate certificate = TestAuthority.read(file);
      if (!authority.issued(certificate)) {
        throw new CommandFailed(file + ": another authority issued it, which alone can revoke it");
      }
      revoked.putIfAbsent(certificate.getSerialNumber(), now);
    }
    authority.writeRevoked(list, revoked);
    spec.commandLine()
        .getOut()
        .println(
            list
                + ": "
                + revoked.size()
                + (revoked.size() == 1 ? " certificate" : " certificates")
                + " revoked; the list counts until "
                + now.plus(valid));
    return ExitCode.DONE;
  }
}
