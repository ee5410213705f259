// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.ParameterValues;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.ExitCode;
import org.hanota.transport.grpc.Identity;
import org.hanota.transport.grpc.Security;
import org.hanota.transport.serial.port.HostPort;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How a command reaches the other side: certificates, or plaintext on purpose. */
public final class NetworkOptions {
  static {
    LibraryLog.install(ParameterValues.defaults(ServeParameter.class));
  }

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  @Option(
      names = "--pki",
      paramLabel = "DIR",
      description =
          "Certificates made by hanota pki init: ca.pem and NAME.pem with NAME.key (default: "
              + "pki).")
  private Path pki = Path.of("pki");

  @Option(
      names = "--certificate",
      paramLabel = "NAME",
      description = "Which certificate of the folder to show (default: fits the command).")
  private @Nullable String certificate;

  @Option(
      names = "--revoked",
      paramLabel = "FILE",
      description =
          "Certificates that count no longer: a PEM file of lists (CRL) that the authorities signed,"
              + " as hanota pki revoke makes. It is read again when it changes.")
  private @Nullable Path revoked;

  @Option(
      names = "--insecure",
      description = "No certificates and no encryption; only on this machine.")
  private boolean insecure;

  @Option(
      names = "--insecure-network",
      description = "With --insecure: also beyond this machine. Anybody can then read and steer.")
  private boolean insecureNetwork;

  /**
   * The security that was asked for, with {@code name}'s certificate unless another was named;
   * warns of a certificate that ends soon.
   */
  public Security security(String name) throws IOException {
    if (insecure && revoked != null) {
      throw new CommandFailed(
          ExitCode.USAGE,
          "--revoked is given, allowed only with certificates, not with --insecure");
    }
    if (insecure) {
      return new Security.Insecure(insecureNetwork);
    }
    String shown = certificate == null ? name : certificate;
    Path chain = pki.resolve(shown + ".pem");
    if (!chain.toFile().exists()) {
      throw new CommandFailed(
          chain + ": no such certificate; make some with hanota pki init, or use --insecure");
    }
    Security.MutualTls tls =
        new Security.MutualTls(
            chain,
            pki.resolve(shown + ".key"),
            pki.resolve("ca.pem"),
            Optional.ofNullable(revoked));
    Instant now = Instant.now();
    tls.check(now);
    tls.warnings(now)
        .forEach(warning -> command.commandLine().getErr().println("hanota: " + warning));
    return tls;
  }

  /**
   * As {@link #security}, of a hub with that address: devices take none that is named otherwise.
   */
  Security hub(Eui64 self) throws IOException {
    Security security = security("hub");
    if (security instanceof Security.MutualTls shown && !shown.identity().speaksFor(self)) {
      List<Identity.Range> named = shown.identity().addresses();
      throw new CommandFailed(
          shown.certificateChain()
              + ": the certificate names "
              + (named.isEmpty() ? "no hub" : "hub " + named.get(0))
              + ", the hub's address is "
              + self
              + "; name it with --eui64, or make one with hanota pki init --hub-eui64 "
              + self);
    }
    return security;
  }

  /** The address of a host, as the system knows it now. */
  public static InetSocketAddress resolve(HostPort where) {
    InetSocketAddress address = new InetSocketAddress(where.host(), where.port());
    if (address.isUnresolved()) {
      throw new CommandFailed(where.host() + ": no such host");
    }
    return address;
  }
}
