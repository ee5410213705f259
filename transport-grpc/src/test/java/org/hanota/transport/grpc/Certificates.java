// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.hanota.api.Eui64;
import org.hanota.transport.grpc.pki.TestAuthority;

/** Certificates of a test: a hub, its operator, devices 0 to 99, a client without any address. */
final class Certificates {
  private static final Duration DAY = Duration.ofDays(1);

  private final Path folder;

  Certificates(Path folder) throws IOException {
    this.folder = folder;
    TestAuthority authority = new TestAuthority("test authority", Instant.now(), DAY);
    authority.write(folder, "ca");
    List<String> hosts = List.of("localhost", "127.0.0.1");
    authority.hub("hub", Identity.Range.of(Han.HUB.address(), 1), hosts).write(folder, "hub");
    authority.hub("other hub", Identity.Range.of(new Eui64(1), 1), hosts).write(folder, "otherhub");
    authority
        .devices("devices", List.of(Identity.Range.of(Han.device(0).address(), 100)))
        .write(folder, "devices");
    authority.operator("operator").write(folder, "operator");
    TestAuthority longAgo =
        TestAuthority.read(folder, "ca", Instant.now().minus(Duration.ofDays(3)), DAY);
    longAgo
        .devices("ended", List.of(Identity.Range.of(Han.device(0).address(), 100)))
        .write(folder, "ended");
    longAgo
        .hub("ended hub", Identity.Range.of(Han.HUB.address(), 1), hosts)
        .write(folder, "endedhub");
    // Of the same name: a client shows no certificate of an authority that the hub did not name.
    new TestAuthority("test authority", Instant.now(), DAY)
        .devices("impostor", List.of(Identity.Range.of(Han.device(0).address(), 100)))
        .write(folder, "impostor");
  }

  Security of(String name) {
    return new Security.MutualTls(
        folder.resolve(name + ".pem"),
        folder.resolve(name + ".key"),
        folder.resolve("ca.pem"),
        Optional.empty());
  }

  /** The same for who obeys the list in {@link #revoked}. */
  Security obeyingRevoked(String name) {
    return new Security.MutualTls(
        folder.resolve(name + ".pem"),
        folder.resolve(name + ".key"),
        folder.resolve("ca.pem"),
        Optional.of(revoked()));
  }

  Path revoked() {
    return folder.resolve("revoked.pem");
  }

  /** The authority takes these back, and no others. */
  void revoke(String... names) throws IOException {
    revoke(Instant.now(), names);
  }

  /** The same by a list of another day. */
  void revoke(Instant day, String... names) throws IOException {
    TestAuthority authority = TestAuthority.read(folder, "ca", day, DAY);
    SortedMap<BigInteger, Instant> revoked = new TreeMap<>();
    for (String name : names) {
      revoked.put(TestAuthority.read(folder.resolve(name + ".pem")).getSerialNumber(), day);
    }
    authority.writeRevoked(revoked(), revoked);
  }

  /** A list of another authority with the same name. */
  void revokeAsAnother() throws IOException {
    new TestAuthority("test authority", Instant.now(), DAY)
        .writeRevoked(revoked(), new TreeMap<>());
  }

  Path authority() {
    return folder.resolve("ca.pem");
  }
}
