// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.duis.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.gbcs.key.Certificate;
import org.hanota.headend.duis.Duis;
import org.hanota.headend.duis.signature.Verdict.Acknowledgement;
import org.hanota.headend.duis.signature.Verdict.Refused;
import org.hanota.headend.duis.signature.Verdict.Verified;
import org.hanota.testing.Shared;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Real messages of the DCC, and those that were made to be refused. */
class SignedFilesTest {
  private static final String FOLDER = "vectors/duis/";

  private static SignatureVerifier verifier() throws IOException {
    List<Certificate> known = new ArrayList<>();
    try (Stream<Path> files = Files.list(Shared.require(FOLDER + "certificates"))) {
      for (Path file : files.sorted().toList()) {
        known.add(Certificate.parsePem(Files.readString(file)));
      }
    }
    assertThat(known).hasSize(13);
    return new SignatureVerifier(known);
  }

  private static Octets octets(String file) throws IOException {
    return Octets.wrap(Files.readAllBytes(Shared.require(FOLDER + file)));
  }

  private static Verdict verify(String file) throws IOException {
    Octets octets = octets(file);
    return verifier().verify(octets);
  }

  @ParameterizedTest
  @CsvSource({
    "readfw-response.xml, 137",
    "readfw-response-resigned.xml, 89",
    "read-inventory-response-5.4.xml, 89"
  })
  void realResponsesVerify(String file, String role) throws IOException {
    Verdict verdict = verify("responses/" + file);
    assertThat(verdict).isInstanceOf(Verified.class);
    Verified verified = (Verified) verdict;
    assertThat(verified.message()).isEqualTo(Duis.read(octets("responses/" + file)));
    assertThat(verified.signer().subject()).hasToString("90B3D51F30000002");
    assertThat(XmlCertificate.of(verified.signer()).x509().getSubjectX500Principal().getName())
        .contains("OU=" + role);
  }

  @ParameterizedTest
  @CsvSource({
    "responses/readfw-response-badsignature.xml, VALUE, did not sign",
    "responses/readfw-response-nonexist-serial.xml, SIGNER,"
        + " 217636141832862931915946451229571981153",
    "responses/readfw-response-no-signature.xml, PRESENCE, no signature",
    "responses/message2.xml, PRESENCE, no signature",
    "responses/ECS17b_4.1.1_SINGLE_SUCCESS_REQUEST_DUIS.XML, PRESENCE, no signature",
    "responses/ECS17b_4.1.1_SINGLE_SUCCESS_REQUEST_DUIS-signed.XML, SIGNER, 1234567890",
    "responses/ECS17b_4.1.1_SINGLE_SUCCESS_REQUEST_DUIS-nonexist-businessid.XML, USER,"
        + " 80-B3-D5-1F-30-01-00-00",
    "11.1_UPDATE_FIRMWARE_REQUEST_DUIS.XML, SIGNER, U1"
  })
  void theWrongOnesAreRefusedEachForItsReason(String file, SignatureStep step, String reason)
      throws IOException {
    assertThat(verify(file))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.step()).isEqualTo(step);
              assertThat(refused.reason()).contains(reason);
            });
  }

  @ParameterizedTest
  @CsvSource({
    "duis-xxe.xml, DOCTYPE",
    "ECS17b_4.1.1_SINGLE_SUCCESS_REQUEST_DUIS-invalid.XML, ::1000"
  })
  void whatIsNoMessageIsRefusedBeforeAnySignature(String file, String complaint)
      throws IOException {
    Octets octets = octets("responses/" + file);
    SignatureVerifier verifier = verifier();
    assertThatThrownBy(() -> verifier.verify(octets, 0))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining(complaint);
  }

  @Test
  void anAcknowledgementIsNotSignedAndSaidToBeOne() throws IOException {
    assertThat(verify("responses/acknowledgement-error.xml")).isInstanceOf(Acknowledgement.class);
  }
}
