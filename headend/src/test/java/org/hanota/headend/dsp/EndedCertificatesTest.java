// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hanota.headend.HeadEndWorld.ESME;
import static org.hanota.headend.HeadEndWorld.NEW;
import static org.hanota.headend.HeadEndWorld.OLD;
import static org.hanota.headend.HeadEndWorld.SUPPLIER;

import org.hanota.api.Eui64;
import org.hanota.gbcs.key.Certificate;
import org.hanota.gbcs.key.KeyUsage;
import org.hanota.headend.request.ExecutionDateTime;
import org.junit.jupiter.api.Test;

/** Keys of GBCS count within the dates of their certificates, at the head end as at a device. */
class EndedCertificatesTest extends HeadEndCase {
  private void ended(Eui64 party, KeyUsage usage) {
    Certificate now = world.keys.certificate(party, usage).orElseThrow();
    world.keys.trust(
        new Certificate(
            now.encoded(),
            now.subject(),
            now.role(),
            now.usage(),
            now.publicKey(),
            now.notBefore(),
            world.utcMillis - 1));
  }

  @Test
  void aSignedPreCommandUnderACertificateThatEndedIsRefused() {
    distribute();
    ended(SUPPLIER, KeyUsage.DIGITAL_SIGNATURE);
    int sent = world.toHub.size();
    activate(ExecutionDateTime.NOW);
    assertThat(world.toHub).hasSize(sent);
    assertThat(world.audit)
        .anySatisfy(
            entry -> assertThat(entry.what()).contains("refused, SIGNATURE", "is valid from"));
  }

  @Test
  void whatADeviceSaysUnderACertificateThatEndedIsNotBelieved() {
    ended(ESME, KeyUsage.KEY_AGREEMENT);
    ended(ESME, KeyUsage.DIGITAL_SIGNATURE);
    world.receipt(ESME, SUPPLIER, hash(), true);
    assertThat(world.heardBy(SUPPLIER)).isEmpty();
    assertThat(world.inventory(ESME).firmware()).contains(OLD).isNotEqualTo(NEW);
    assertThat(world.audit)
        .anySatisfy(
            entry -> assertThat(entry.what()).contains("message ignored", "is valid from"));
  }
}
