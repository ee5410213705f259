// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.gbcs.Acceptance.Accepted;
import org.hanota.gbcs.Acceptance.Refusal;
import org.hanota.gbcs.Acceptance.Refused;
import org.hanota.gbcs.key.Credentials;
import org.hanota.gbcs.key.InMemoryKeyStore;
import org.hanota.gbcs.key.RemotePartyRole;
import org.hanota.gbcs.key.TestPki;
import org.hanota.gbcs.payload.ActivateFirmware;
import org.hanota.gbcs.payload.ActivateFirmware.Activation;
import org.hanota.gbcs.payload.MessageCode;
import org.hanota.gbcs.payload.ReadFirmwareVersion;
import org.hanota.gbcs.payload.UnjoinDevice;
import org.junit.jupiter.api.Test;

class CommandReceiverTest {
  private static final OptionalLong NO_TIME = OptionalLong.empty();
  private static final Octets HASH = Home.sha256(Octets.EMPTY);

  private final TestPki pki = TestPki.ofSeed(2);
  private final Home home = Home.ofSeed(2);
  private final InMemoryCounterStore counters = new InMemoryCounterStore();

  @Test
  void aRightCommandIsAcceptedAndItsCounterStored() {
    Message command = home.activateNow(HASH, 7);
    assertThat(receive(command)).isEqualTo(new Accepted(command));
    assertThat(counters.last(Reference.SUPPLIER)).hasValue(7);
    assertThat(counters.last(Reference.BROKER)).isEmpty();
  }

  @Test
  void theReferenceCommandIsAcceptedOnceByWhoHasItsKeys() {
    CommandReceiver receiver =
        new CommandReceiver(Reference.ESME, Reference.BROKER, new InMemoryKeyStore(), counters);
    Octets command = Reference.octets("CS06_11.3_IMMEDIATE_SUCCESS_COMMAND");
    assertThat(refusal(receiver.accept(command, NO_TIME))).isEqualTo(Refusal.UNKNOWN_ORIGINATOR);
    // With the reference keys the broker's private key opens the MAC in the device's place.
    CommandReceiver withKeys =
        new CommandReceiver(Reference.ESME, Reference.BROKER, Reference.keys(), counters);
    assertThat(withKeys.accept(command, NO_TIME)).isInstanceOf(Accepted.class);
    assertThat(refusal(withKeys.accept(command, NO_TIME))).isEqualTo(Refusal.COUNTER_NOT_GREATER);
  }

  @Test
  void everyRefusalHasACommandThatMeetsIt() {
    Set<Refusal> met = EnumSet.noneOf(Refusal.class);
    Message good = home.activateNow(HASH, 10);
    met.add(refusal(receiver().accept(good.octets().from(1), NO_TIME)));
    met.add(refusal(receive(preCommand(10))));
    met.add(refusal(receive(good, Reference.GSME)));
    met.add(refusal(receive(signedBy(stranger(), 10))));
    met.add(refusal(receive(signedBy(home.broker(), 10))));
    met.add(refusal(receiver().accept(good.octets(), OptionalLong.of(0))));
    met.add(refusal(receive(maced(preCommand(10)))));
    met.add(refusal(receive(maced(preCommand(10).withSignature(Octets.wrap(new byte[64]))))));
    met.add(refusal(withoutOwnKey(good)));
    met.add(refusal(receive(wrongMac(good))));
    met.add(refusal(receive(disagreeing())));
    met.add(refusal(receive(unknown(10, home.supplier(), home.esme()))));
    receive(good);
    met.add(refusal(receive(good)));
    assertThat(met).containsExactly(Refusal.values());
  }

  @Test
  void theReferenceCommandIsRefusedOnceTheCertificateOfItsSupplierHasEnded() {
    Octets command = Reference.octets("CS06_11.3_IMMEDIATE_SUCCESS_COMMAND");
    CommandReceiver receiver =
        new CommandReceiver(Reference.ESME, Reference.BROKER, Reference.keys(), counters);
    long in2026 = 1_780_272_000_000L; // 2026-06-01
    assertThat(receiver.check(command, OptionalLong.of(in2026)))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.refusal()).isEqualTo(Refusal.CERTIFICATE_NOT_VALID);
              assertThat(refused.detail()).contains("90B3D51F30010000", "2025-10-29", "2026-06-01");
            });
    long in2025 = 1_748_736_000_000L; // 2025-06-01
    assertThat(receiver.check(command, OptionalLong.of(in2025))).isInstanceOf(Accepted.class);
  }

  @Test
  void theProtectionOfACommandOfAnUnknownUseCaseIsCheckedBeforeItIsRefusedForThat() {
    assertThat(receive(unknown(20, home.supplier(), home.esme())))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.refusal()).isEqualTo(Refusal.USE_CASE_UNKNOWN);
              assertThat(refused.detail()).contains("0x0FFE");
            });
    assertThat(refusal(receive(unknown(20, home.supplier(), home.ppmid()))))
        .isEqualTo(Refusal.MAC_FAILED);
    assertThat(refusal(receive(unknown(20, stranger(), home.esme()))))
        .isEqualTo(Refusal.SIGNATURE_FAILED);
    receive(home.activateNow(HASH, 21));
    assertThat(refusal(receive(unknown(20, home.supplier(), home.esme()))))
        .isEqualTo(Refusal.COUNTER_NOT_GREATER);
    assertThat(counters.last(Reference.SUPPLIER)).as("a refused one leaves no trace").hasValue(21);
  }

  /** A command of the supplier's to the electricity meter whose use case nobody here knows. */
  private Octets unknown(long counter, Credentials signer, Credentials macedFor) {
    Envelope known = home.activateNow(HASH, counter).envelope();
    return new Envelope(
            known.craFlag(),
            counter,
            known.originator(),
            known.recipient(),
            known.dateTime(),
            0x0FFE,
            known.supplementary(),
            Octets.fromHex("0201020304"),
            Optional.empty(),
            Optional.empty())
        .sign(signer.digitalSignatureKey())
        .addMac(home.broker().keyAgreementKey(), macedFor.keyAgreement().publicKey())
        .octets();
  }

  @Test
  void nothingIsStoredForARefusedCommand() {
    receive(wrongMac(home.activateNow(HASH, 99)));
    assertThat(counters.last(Reference.SUPPLIER)).isEmpty();
    assertThat(receive(home.activateNow(HASH, 1))).isInstanceOf(Accepted.class);
  }

  @Test
  void theRecipientIsCheckedBeforeTheSignatureAndTheSignatureBeforeMacAndCounter() {
    receive(home.activateNow(HASH, 10));
    Message old = preCommand(10).withSignature(Octets.wrap(new byte[64]));
    Message wrong =
        old.addMac(home.esme().keyAgreementKey(), home.esme().keyAgreement().publicKey());
    assertThat(refusal(receive(wrong, Reference.GSME))).isEqualTo(Refusal.WRONG_RECIPIENT);
    assertThat(refusal(receive(wrong))).isEqualTo(Refusal.SIGNATURE_FAILED);
    assertThat(refusal(receive(wrongMac(home.activateNow(HASH, 10)))))
        .isEqualTo(Refusal.MAC_FAILED);
  }

  @Test
  void aCounterMustBeGreaterThanTheLastAlsoAfterARestart() {
    receive(home.activateNow(HASH, 1000));
    CommandReceiver restarted = home.esmeReceiver(counters);
    assertThat(refusal(restarted.accept(home.activateNow(HASH, 999).octets(), NO_TIME)))
        .isEqualTo(Refusal.COUNTER_NOT_GREATER);
    assertThat(refusal(restarted.accept(home.activateNow(HASH, 1000).octets(), NO_TIME)))
        .isEqualTo(Refusal.COUNTER_NOT_GREATER);
    assertThat(restarted.accept(home.activateNow(HASH, 1001).octets(), NO_TIME))
        .isInstanceOf(Accepted.class);
  }

  @Test
  void aPowerCutWhileTheCounterIsStoredAcceptsNothing() {
    CounterStore cut =
        new CounterStore() {
          private final TreeMap<Eui64, Long> none = new TreeMap<>();

          @Override
          public java.util.OptionalLong last(Eui64 originator) {
            Long counter = none.get(originator);
            return counter == null
                ? java.util.OptionalLong.empty()
                : java.util.OptionalLong.of(counter);
          }

          @Override
          public void store(Eui64 originator, long counter) {
            throw new IllegalStateException("power lost");
          }
        };
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> home.esmeReceiver(cut).accept(home.activateNow(HASH, 1).octets(), NO_TIME))
        .hasMessage("power lost");
  }

  @Test
  void countersAreComparedUnsigned() {
    GroupingHeader highest =
        GroupingHeader.command(MessageCode.CS04AC, -1L, Reference.SUPPLIER, Reference.ESME);
    Message last =
        maced(
            Message.of(highest, new UnjoinDevice.Command(Reference.PPMID))
                .sign(home.supplier().digitalSignatureKey()));
    receive(home.activateNow(HASH, Long.MAX_VALUE));
    assertThat(receive(last)).isInstanceOf(Accepted.class);
    assertThat(refusal(receive(home.activateNow(HASH, Long.MAX_VALUE))))
        .isEqualTo(Refusal.COUNTER_NOT_GREATER);
  }

  @Test
  void theBrokerMayReadAVersionForASupplierButNotActivate() {
    Message read =
        Message.of(
                GroupingHeader.command(MessageCode.CS08, 5, Reference.BROKER, Reference.PPMID)
                    .onBehalfOf(Reference.SUPPLIER, 4),
                new ReadFirmwareVersion.Command())
            .addMac(home.broker().keyAgreementKey(), home.ppmid().keyAgreement().publicKey());
    InMemoryKeyStore keys =
        new InMemoryKeyStore().hold(home.ppmid()).trust(home.broker()).trust(home.supplier());
    assertThat(
            new CommandReceiver(Reference.PPMID, Reference.BROKER, keys, counters)
                .accept(read.octets(), NO_TIME))
        .isInstanceOf(Accepted.class);
    assertThat(refusal(receive(signedBy(home.broker(), 6))))
        .isEqualTo(Refusal.ORIGINATOR_NOT_ALLOWED);
  }

  private CommandReceiver receiver() {
    return home.esmeReceiver(counters);
  }

  private Acceptance receive(Message message) {
    return receive(message.octets());
  }

  private Acceptance receive(Octets octets) {
    return receiver().accept(octets, NO_TIME);
  }

  private Acceptance receive(Message message, Eui64 recipient) {
    return new CommandReceiver(recipient, Reference.BROKER, home.esmeKeys(), counters)
        .accept(message.octets(), NO_TIME);
  }

  private Acceptance withoutOwnKey(Message message) {
    InMemoryKeyStore keys = new InMemoryKeyStore().trust(home.supplier()).trust(home.broker());
    return new CommandReceiver(Reference.ESME, Reference.BROKER, keys, counters)
        .accept(message.octets(), NO_TIME);
  }

  private Message preCommand(long counter) {
    return Message.of(
        GroupingHeader.command(MessageCode.CS06, counter, Reference.SUPPLIER, Reference.ESME),
        new ActivateFirmware.Command(HASH, counter, new Activation.Now()));
  }

  private Message disagreeing() {
    GroupingHeader header =
        GroupingHeader.command(MessageCode.CS06, 12, Reference.SUPPLIER, Reference.ESME);
    return maced(
        Message.of(header, new ActivateFirmware.Command(HASH, 11, new Activation.Now()))
            .sign(home.supplier().digitalSignatureKey()));
  }

  private Message signedBy(Credentials signer, long counter) {
    GroupingHeader header =
        GroupingHeader.command(MessageCode.CS06, counter, signer.subject(), Reference.ESME);
    return maced(
        Message.of(header, new ActivateFirmware.Command(HASH, counter, new Activation.Now()))
            .sign(signer.digitalSignatureKey()));
  }

  private Message maced(Message message) {
    return message.addMac(home.broker().keyAgreementKey(), home.esme().keyAgreement().publicKey());
  }

  private Message wrongMac(Message message) {
    return message.addMac(stranger().keyAgreementKey(), home.esme().keyAgreement().publicKey());
  }

  private Credentials stranger() {
    return pki.organisation(Eui64.parse("90B3D51F30990000"), RemotePartyRole.SUPPLIER);
  }

  private static Refusal refusal(Acceptance acceptance) {
    return ((Refused) acceptance).refusal();
  }
}
