// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.hanota.api.Octets;
import org.hanota.cli.Cli;
import org.hanota.cli.ExitCode;
import org.hanota.headend.request.CommandVariant;
import org.hanota.headend.request.ExecutionDateTime;
import org.hanota.headend.request.FirmwareRequest.ReadFirmwareVersion;
import org.hanota.headend.request.InventoryRequest.ReadInventory;
import org.hanota.headend.request.InventoryRequest.Selection;
import org.hanota.transport.grpc.PeerTrust;
import org.hanota.transport.grpc.Security;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Users and the DCC show each other certificates, unless somebody says otherwise. */
class HeadEndTlsTest {
  @TempDir private Path folder;

  @Test
  void whoShowsNoCertificateIsNotServedAndBothEndsShowTheirs()
      throws IOException, GeneralSecurityException {
    Path pki = folder.resolve("pki");
    assertThat(pki("init", pki)).isEqualTo(ExitCode.DONE);
    SSLContext known = TlsFiles.client(operator(pki), trust(operator(pki)));
    HttpClient client = HttpClient.newBuilder().sslContext(known).build();
    try (ServedHeadEnd served = new ServedHeadEnd(folder, client, "--pki", pki.toString())) {
      assertThat(served.post("serviceD", inventory()).statusCode()).isEqualTo(200);
      // The answer came over TLS, too: the receive service takes nobody else.
      served.receive.await("(I0 to counter .*DspInventory)");
      Octets other =
          ServedHeadEnd.signed(
              ServedHeadEnd.ESME,
              CommandVariant.COMMAND,
              new ReadFirmwareVersion(ExecutionDateTime.NOW),
              System.currentTimeMillis());
      HttpClient stranger = HttpClient.newBuilder().sslContext(anyServer()).build();
      assertThatThrownBy(() -> served.postBy(stranger, "serviceS", other))
          .isInstanceOf(IOException.class);
    }
  }

  /** Connections that are open already end, too; an answer is for nobody who lost his name. */
  @Test
  void whoIsRevokedIsServedNoLongerAndGetsNoAnswers() throws IOException {
    Path pki = folder.resolve("pki");
    assertThat(pki("init", pki)).isEqualTo(ExitCode.DONE);
    assertThat(pki("revoke", pki)).isEqualTo(ExitCode.DONE);
    SSLContext known = TlsFiles.client(operator(pki), trust(operator(pki)));
    HttpClient client = HttpClient.newBuilder().sslContext(known).build();
    try (ServedHeadEnd served =
        new ServedHeadEnd(
            folder,
            client,
            "--pki",
            pki.toString(),
            "--revoked",
            pki.resolve("revoked.pem").toString())) {
      assertThat(served.post("serviceD", inventory()).statusCode()).isEqualTo(200);
      served.receive.await("(I0 to counter .*DspInventory)");
      // The receive service's certificate counts no longer, and the answer stays where it is.
      assertThat(pki("revoke", pki, "supplier")).isEqualTo(ExitCode.DONE);
      assertThat(served.post("serviceD", inventory()).statusCode()).isEqualTo(200);
      served.serve.await("(user 90B3D51F30010000 at .* was revoked on 20)");
      assertThat(pki("revoke", pki, "operator")).isEqualTo(ExitCode.DONE);
      assertThat(served.post("serviceD", inventory()).statusCode()).isEqualTo(403);
      served.serve.await("(refused CN=operator from .*: its certificate was revoked on 20)");
      HttpClient again =
          HttpClient.newBuilder()
              .sslContext(TlsFiles.client(operator(pki), trust(operator(pki))))
              .build();
      assertThatThrownBy(() -> served.postBy(again, "serviceD", inventory()))
          .isInstanceOf(IOException.class);
    }
  }

  private static int pki(String command, Path pki, String... more) {
    List<String> all = new ArrayList<>(List.of("pki", command, "--dir", pki.toString()));
    all.addAll(List.of(more));
    return Cli.run(all.toArray(String[]::new)).exitCode();
  }

  private static Security.MutualTls operator(Path pki) {
    return new Security.MutualTls(
        pki.resolve("operator.pem"),
        pki.resolve("operator.key"),
        pki.resolve("ca.pem"),
        Optional.empty());
  }

  private static PeerTrust trust(Security.MutualTls files) throws IOException {
    return PeerTrust.of(files, InstantSource.system(), event -> {});
  }

  private static Octets inventory() {
    return ServedHeadEnd.signed(
        ServedHeadEnd.DSP,
        CommandVariant.NON_DEVICE,
        new ReadInventory(new Selection.Device(ServedHeadEnd.HUB)),
        System.currentTimeMillis());
  }

  /** A client that believes every server and shows nothing. */
  private static SSLContext anyServer() throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    X509TrustManager all =
        new X509TrustManager() {
          @Override
          public void checkClientTrusted(java.security.cert.X509Certificate[] chain, String how) {}

          @Override
          public void checkServerTrusted(java.security.cert.X509Certificate[] chain, String how) {}

          @Override
          public java.security.cert.X509Certificate[] getAcceptedIssuers() {
            return new java.security.cert.X509Certificate[0];
          }
        };
    context.init(null, new TrustManager[] {all}, null);
    return context;
  }

  @Test
  void withoutCertificatesNothingLeavesThisMachine() throws IOException {
    Cli.Run run =
        Cli.run(
            "headend",
            "receive",
            "--xml-keys",
            folder.toString(),
            "-o",
            folder.resolve("answers").toString(),
            "--listen",
            "0.0.0.0:0",
            "--insecure");
    assertThat(run.exitCode()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).contains("--insecure-network").hasLineCount(1);
  }
}
