// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.pki;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.hanota.cli.Cli;
import org.hanota.cli.ExitCode;
import org.hanota.transport.grpc.Identity;
import org.hanota.transport.grpc.pki.TestAuthority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RenewCommandTest {
  private static final List<String> NAMES = List.of("hub", "devices", "operator");

  @TempDir Path folder;

  private Path file(String name) {
    return folder.resolve(name + ".pem");
  }

  private Cli.Run pki(String command, String... more) {
    String[] arguments = new String[4 + more.length];
    System.arraycopy(new String[] {"pki", command, "--dir", folder.toString()}, 0, arguments, 0, 4);
    System.arraycopy(more, 0, arguments, 4, more.length);
    return Cli.run(arguments);
  }

  @Test
  void certificatesGetNewDatesAndKeepTheirKeysAndNames()
      throws IOException, GeneralSecurityException {
    assertThat(pki("init", "--days", "3").exitCode()).isEqualTo(ExitCode.DONE);
    X509Certificate authority = TestAuthority.read(file("ca"));
    List<X509Certificate> before = List.of(read("hub"), read("devices"), read("operator"));
    byte[] key = Files.readAllBytes(folder.resolve("hub.key"));
    Cli.Run run = pki("renew", "--days", "90");
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
    assertThat(run.out()).contains("hub.pem: valid until 20").contains(", was 20").hasLineCount(6);
    assertThat(Files.readAllBytes(folder.resolve("hub.key"))).isEqualTo(key);
    Instant soon = Instant.now().plus(Duration.ofDays(80));
    for (int i = 0; i < NAMES.size(); i++) {
      X509Certificate renewed = read(NAMES.get(i));
      assertThat(renewed.getNotAfter().toInstant()).isAfter(soon);
      assertThat(renewed.getPublicKey()).isEqualTo(before.get(i).getPublicKey());
      assertThat(Identity.of(renewed).addresses())
          .isEqualTo(Identity.of(before.get(i)).addresses());
      assertThat(Identity.of(renewed).operator()).isEqualTo(Identity.of(before.get(i)).operator());
      assertThat(List.copyOf(renewed.getSubjectAlternativeNames()))
          .isEqualTo(List.copyOf(before.get(i).getSubjectAlternativeNames()));
      assertTrusted(renewed, authority);
      assertTrusted(before.get(i), read("ca"));
      assertTrusted(renewed, read("ca"));
    }
  }

  private X509Certificate read(String name) throws IOException {
    return TestAuthority.read(file(name));
  }

  /** Who trusts that authority's certificate takes the other one. */
  private static void assertTrusted(X509Certificate shown, X509Certificate authority)
      throws GeneralSecurityException {
    PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(authority, null)));
    parameters.setRevocationEnabled(false);
    CertPathValidator.getInstance("PKIX")
        .validate(
            CertificateFactory.getInstance("X.509").generateCertPath(List.of(shown)), parameters);
  }

  @Test
  void whatAnotherAuthorityIssuedIsLeftAloneAndNamed() throws IOException {
    pki("init");
    TestAuthority other = new TestAuthority("other", Instant.now(), Duration.ofDays(1));
    other.operator("guest").write(folder, "guest");
    byte[] guest = Files.readAllBytes(file("guest"));
    Cli.Run run = pki("renew");
    assertThat(run.exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(run.err()).contains("guest.pem: left alone");
    assertThat(Files.readAllBytes(file("guest"))).isEqualTo(guest);
  }

  @Test
  void withoutTheAuthoritysKeyTheCureIsNamed() throws IOException {
    pki("init");
    Files.delete(folder.resolve("ca.key"));
    Cli.Run run = pki("renew");
    assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(run.err()).contains("ca.key", "authority's key").hasLineCount(1);
  }

  @Test
  void anAuthorityWhoseKeyIsAnothersRenewsNothing() throws IOException {
    pki("init");
    Files.write(folder.resolve("ca.key"), Files.readAllBytes(folder.resolve("hub.key")));
    byte[] hub = Files.readAllBytes(file("hub"));
    Cli.Run run = pki("renew");
    assertThat(run.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(run.err()).contains("ca.key: is not the key").hasLineCount(1);
    assertThat(Files.readAllBytes(file("hub"))).isEqualTo(hub);
  }

  @Test
  void aCommandWarnsOfACertificateThatEndsSoonAndRefusesOneThatHasEnded() throws IOException {
    pki("init", "--days", "13");
    String[] status = {"hub", "status", "--pki", folder.toString(), "--hub", "localhost:1"};
    assertThat(Cli.run(status).err())
        .contains("operator.pem: the certificate ends on 20", "in 1", "pki renew");
    pki("renew", "--days", "90");
    assertThat(Cli.run(status).err()).doesNotContain("ends on");
    Instant longAgo = Instant.now().minus(Duration.ofDays(20));
    TestAuthority past = TestAuthority.read(folder, "ca", longAgo, Duration.ofDays(10));
    TestAuthority.replace(file("operator"), past.renewed(read("operator")));
    Cli.Run ended = Cli.run(status);
    assertThat(ended.exitCode()).isEqualTo(ExitCode.WRONG);
    assertThat(ended.err())
        .contains("operator.pem: the certificate ended on 20", "pki renew")
        .hasLineCount(1);
  }
}
