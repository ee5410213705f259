// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hanota.api.Octets;
import org.hanota.gbcs.Message.Kind;
import org.hanota.gbcs.Reference.Vector;
import org.hanota.gbcs.Verification.Check;
import org.hanota.gbcs.field.Field;
import org.hanota.gbcs.key.Certificate;
import org.hanota.gbcs.key.KeyStore;
import org.hanota.gbcs.key.KeyUsage;
import org.hanota.keys.P256Signature;
import org.hanota.testing.Shared;
import org.junit.jupiter.api.Test;

class ReferenceMessagesTest {
  private static final int MESSAGES = 57;
  private static final int SIGNATURES = 24;
  private static final int MACS = 37;

  @Test
  void everyMessageIsReadAndWrittenBackOctetForOctet() {
    List<Vector> vectors = Reference.vectors();
    assertThat(vectors).hasSize(MESSAGES);
    for (Vector vector : vectors) {
      Message message = Message.parse(vector.octets());
      assertThat(message.octets()).as(vector.name()).isEqualTo(vector.octets());
      Message composed = Message.of(message.header(), message.payload());
      assertThat(composed.payload()).as(vector.name()).isEqualTo(message.payload());
    }
  }

  /** Commission, and how a hub uses 868 MHz. */
  @Test
  void thoseOfFurtherUseCasesAreReadWrittenBackAndProven() {
    Set<String> folders = Set.of("ECS70Commission", "GCS28Commission", "DBCH04");
    List<Vector> vectors =
        Reference.vectors("vectors/rtds-more").stream()
            .filter(vector -> folders.contains(vector.name().replaceFirst("_.*", "")))
            .toList();
    assertThat(vectors).hasSize(10);
    for (Vector vector : vectors) {
      Message message = Message.parse(vector.octets());
      assertThat(message.octets()).as(vector.name()).isEqualTo(vector.octets());
      assertThat(Message.of(message.header(), message.payload()).payload())
          .isEqualTo(message.payload());
      assertThat(Verification.of(message, Reference.keys(), Reference.BROKER).proves(message))
          .as(vector.name())
          .isEqualTo(message.kind() != Kind.PRE_COMMAND);
    }
  }

  @Test
  void theNameOfTheFileSaysWhatTheMessageIs() {
    for (Vector vector : Reference.vectors()) {
      Kind kind = Message.parse(vector.octets()).kind();
      String expected = kind.name().replace("_", "");
      assertThat(vector.name()).endsWith("_" + expected);
    }
  }

  @Test
  void everySignatureIsVerifiedByExactlyOneCertificate() throws IOException {
    List<Certificate> certificates = certificates();
    int signatures = 0;
    for (Vector vector : Reference.vectors()) {
      Message message = Message.parse(vector.octets());
      if (message.signature().isEmpty()) {
        continue;
      }
      signatures++;
      Octets signature = message.signature().get();
      List<Certificate> right =
          certificates.stream()
              .filter(
                  certificate ->
                      certificate
                          .publicKey()
                          .verify(message.signedOctets(), new P256Signature(signature)))
              .toList();
      assertThat(right).as(vector.name()).hasSize(1);
      assertThat(right.get(0).subject()).isEqualTo(message.header().originator());
    }
    assertThat(signatures).isEqualTo(SIGNATURES);
  }

  @Test
  void everyMacIsRightAndEveryMessageHasTheProtectionItsCodeDemands() {
    KeyStore keys = Reference.keys();
    int macs = 0;
    for (Vector vector : Reference.vectors()) {
      Message message = Message.parse(vector.octets());
      Verification verification = Verification.of(message, keys, Reference.BROKER);
      if (message.mac().isPresent()) {
        assertThat(verification.mac()).as(vector.name()).isEqualTo(Check.VERIFIED);
        macs++;
      }
      assertThat(verification.proves(message))
          .as(vector.name())
          .isEqualTo(message.kind() != Kind.PRE_COMMAND);
    }
    assertThat(macs).isEqualTo(MACS);
  }

  @Test
  void theFieldsOfAnExplanationCoverEveryOctetOnce() {
    Set<String> names = new HashSet<>();
    for (Vector vector : Reference.vectors()) {
      List<Field> fields = Message.explain(vector.octets()).fields();
      int offset = 0;
      for (Field field : fields) {
        assertThat(field.offset()).as(vector.name() + " " + field.name()).isEqualTo(offset);
        offset += field.octets().length();
        names.add(field.name());
      }
      assertThat(offset).as(vector.name()).isEqualTo(vector.octets().length());
    }
    assertThat(names).contains("manufacturerImageHash", "originator counter", "signature", "MAC");
  }

  @Test
  void aCertificateThatEndedIsStillReadAndItsValidityIsAskedForATime() {
    Certificate supplier =
        Reference.keys().certificate(Reference.SUPPLIER, KeyUsage.DIGITAL_SIGNATURE).orElseThrow();
    long in2025 = 1_748_736_000_000L; // 2025-06-01
    long in2026 = 1_780_272_000_000L; // 2026-06-01
    assertThat(supplier.validAt(in2025)).isTrue();
    assertThat(supplier.validAt(in2026)).isFalse();
  }

  private static List<Certificate> certificates() throws IOException {
    try (Stream<Path> files = Files.list(Shared.require("vectors/rtds/keystore"))) {
      return files
          .filter(file -> file.toString().endsWith(".pem"))
          .sorted()
          .map(ReferenceMessagesTest::certificate)
          .toList();
    }
  }

  private static Certificate certificate(Path file) {
    try {
      return Certificate.parsePem(Files.readString(file));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
