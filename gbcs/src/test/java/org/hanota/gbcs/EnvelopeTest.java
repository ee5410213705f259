// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.gbcs.Reference.Vector;
import org.hanota.gbcs.Verification.Check;
import org.hanota.gbcs.field.Field;
import org.hanota.gbcs.key.KeyStore;
import org.hanota.gbcs.payload.MessageCode;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
  private static final int OTHER_MESSAGES = 21;

  /** A message code that no use case here has. */
  private static final String UNKNOWN_CODE = "0FFE";

  @Test
  void aMessageOfAnUnknownUseCaseIsReadWrittenAndItsProtectionChecked() {
    Home home = Home.ofSeed(1);
    Message known = home.activateNow(Octets.wrap(new byte[32]), 1);
    Octets octets = changedCode(known.octets());
    assertThatThrownBy(() -> Message.parse(octets))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("message code");
    Envelope envelope = Envelope.parse(octets);
    assertThat(envelope.octets()).isEqualTo(octets);
    assertThat(envelope.messageCode()).isEqualTo(0x0FFE);
    assertThat(envelope.recipient()).isEqualTo(known.header().recipient());
    assertThat(envelope.payload()).isEqualTo(known.payload().octets());
    Verification changed = Verification.of(envelope, home.esmeKeys(), Reference.BROKER);
    assertThat(changed).isEqualTo(new Verification(Check.FAILED, Check.FAILED));
    assertThat(Verification.of(Envelope.parse(known.octets()), home.esmeKeys(), Reference.BROKER))
        .isEqualTo(new Verification(Check.VERIFIED, Check.VERIFIED));
  }

  @Test
  void everyReferenceMessageOfFurtherUseCasesIsReadCheckedAndWrittenBack() {
    List<Vector> vectors = Reference.vectors("vectors/rtds-more");
    assertThat(vectors).hasSize(OTHER_MESSAGES);
    KeyStore keys = Reference.keys();
    int signatures = 0;
    int macs = 0;
    int known = 0;
    for (Vector vector : vectors) {
      List<Field> fields = new ArrayList<>();
      Envelope envelope = Envelope.parse(vector.octets(), fields);
      assertThat(envelope.octets()).as(vector.name()).isEqualTo(vector.octets());
      assertThat(fields.stream().mapToInt(field -> field.octets().length()).sum())
          .as(vector.name())
          .isEqualTo(vector.octets().length());
      known += MessageCode.of(envelope.messageCode()).isPresent() ? 1 : 0;
      assertThat(vector.name()).endsWith("_" + envelope.kind().name().replace("_", ""));
      Verification verification = Verification.of(envelope, keys, Reference.BROKER);
      assertThat(List.of(verification.signature(), verification.mac()))
          .as(vector.name())
          .doesNotContain(Check.FAILED);
      signatures += verification.signature() == Check.VERIFIED ? 1 : 0;
      macs += verification.mac() == Check.VERIFIED ? 1 : 0;
    }
    // The reference key store lacks the key for one check of each of four CS02b messages.
    assertThat(signatures).isEqualTo(9);
    assertThat(macs).isEqualTo(11);
    // Those of commissioning and of a sub-GHz configuration have records of their own.
    assertThat(known).isEqualTo(10);
  }

  private static Octets changedCode(Octets octets) {
    String hex = octets.toHex();
    int at = hex.indexOf("020012"); // other information of two octets, CS06
    assertThat(at).isPositive();
    return Octets.fromHex(hex.substring(0, at + 2) + UNKNOWN_CODE + hex.substring(at + 6));
  }
}
