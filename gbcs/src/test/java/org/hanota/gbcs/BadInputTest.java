// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.gbcs.field.GeneralizedTime;
import org.hanota.gbcs.payload.ActivateFirmware;
import org.hanota.gbcs.payload.ActivateFirmware.ActivateImageResponseCode;
import org.hanota.gbcs.payload.ActivateFirmware.Activation;
import org.hanota.gbcs.payload.ActivateFirmware.ExecutionOutcome;
import org.hanota.gbcs.payload.AlertCode;
import org.hanota.gbcs.payload.CraFlag;
import org.hanota.gbcs.payload.FirmwareTransferAlert;
import org.hanota.gbcs.payload.FirmwareTransferAlert.TransferResponseCode;
import org.hanota.gbcs.payload.MessageCode;
import org.hanota.gbcs.payload.Payload;
import org.hanota.gbcs.payload.ReadFirmwareVersion;
import org.junit.jupiter.api.Test;

/** Each refusal names the field, where it stands, what was found and what is allowed. */
class BadInputTest {
  private static final Octets HASH = Home.sha256(Octets.EMPTY);
  private static final Home HOME = Home.ofSeed(3);
  private static final Message COMMAND = HOME.activateNow(HASH, 1000);
  private static final String PRE_COMMAND =
      Message.of(COMMAND.header(), COMMAND.payload()).octets().toHex();

  @Test
  void aMessageCutOffAnywhereIsRefused() {
    for (Message message : new GeneratedMessages(1).all(HOME)) {
      Octets octets = message.octets();
      for (int length = 0; length < octets.length(); length++) {
        Octets cut = octets.slice(0, length);
        if (isPreCommand(cut)) {
          continue; // What is left of a signed pre-command may be a whole unsigned one.
        }
        FormatException refusal = refusal(cut);
        assertThat(refusal.offset()).isBetween(0L, (long) length);
      }
    }
  }

  @Test
  void anAlertWhoseCodeContradictsItsOutcomeIsRefused() {
    GeneralizedTime time = GeneralizedTime.ofUtcMillis(1_767_225_600_000L);
    FileVersion version = new FileVersion(1);
    String activation =
        alert(
            MessageCode.FUTURE_DATED_FIRMWARE_ACTIVATION_ALERT,
            new ActivateFirmware.Alert(
                AlertCode.FUTURE_DATE_HAN_INTERFACE_COMMAND_SUCCESSFULLY_ACTIONED,
                time,
                1,
                new ExecutionOutcome(ActivateImageResponseCode.SUCCESS, version)));
    assertThat(refusal(Octets.fromHex(activation.replace("8f66", "8f67"))).field())
        .isEqualTo("alertCode");
    String transfer =
        alert(
            MessageCode.CCS08,
            FirmwareTransferAlert.of(
                time, new Eui64(1), version, TransferResponseCode.FILE_TRANSFER_FAILURE));
    assertThat(refusal(Octets.fromHex(transfer.replace("8f89", "8f8a"))).field())
        .isEqualTo("alertCode");
  }

  private static String alert(MessageCode code, Payload payload) {
    return Message.of(GroupingHeader.alert(code, 1, HOME.esme().subject(), new Eui64(3)), payload)
        .sign(HOME.esme().digitalSignatureKey())
        .octets()
        .toHex();
  }

  @Test
  void octetsBehindTheMessageAreRefused() {
    assertThat(refusal(COMMAND.octets().concat(Octets.fromHex("00"))))
        .hasMessageContaining("1 more octets");
    FormatException behind = refusal(COMMAND.octets().concat(Octets.fromHex("00")));
    assertThat(behind.offset()).isEqualTo(COMMAND.octets().length());
  }

  @Test
  void anUnknownMessageCodeIsRefusedByItsNumber() {
    FormatException refusal = refusal(Octets.fromHex(PRE_COMMAND.replace("020012", "0200fe")));
    assertThat(refusal.field()).isEqualTo("message code");
    assertThat(refusal.found()).isEqualTo("00FE");
    assertThat(refusal.offset()).isEqualTo(31);
    assertThat(refusal.allowed()).contains("0012 Activate Firmware");
  }

  @Test
  void aFlagThatTheMessageCodeDoesNotHaveIsRefusedWhereItStands() {
    FormatException alert = refusal(Octets.fromHex(PRE_COMMAND.replaceFirst("df0901", "df0903")));
    assertThat(alert.field()).isEqualTo("CRA flag");
    assertThat(alert.offset()).isEqualTo(2);
    assertThat(alert.found()).isEqualTo("alert");
    assertThat(alert.allowed()).isEqualTo("[COMMAND, RESPONSE] of CS06");
    FormatException none = refusal(Octets.fromHex(PRE_COMMAND.replaceFirst("df0901", "df0904")));
    assertThat(none.allowed()).isEqualTo("01 command, 02 response, 03 alert");
  }

  @Test
  void aLengthThatIsNotInItsShortestFormIsRefused() {
    // The payload's length, 40, in two octets and in three.
    assertThat(refusal(Octets.fromHex(PRE_COMMAND.replace("00122830", "0012812830"))))
        .hasMessageContaining("the shortest form");
    assertThat(refusal(Octets.fromHex(PRE_COMMAND.replace("00122830", "001282002830"))))
        .hasMessageContaining("the shortest form");
    assertThat(refusal(Octets.fromHex(PRE_COMMAND.replace("00122830", "00128030"))))
        .hasMessageContaining("length form 80");
    assertThat(refusal(Octets.fromHex(PRE_COMMAND.replace("00122830", "001284ffffffff"))))
        .hasMessageContaining("length form 84");
  }

  @Test
  void aLengthThatPromisesMoreThanThereIsIsRefusedAtOnce() {
    assertThat(refusal(Octets.fromHex("dd00000000000082ffff11")))
        .hasMessageContaining("MAC header length at offset 7")
        .hasMessageContaining("at most the 1 octets left");
    Octets manyDevices = Octets.fromHex("da2000000000000182ffff");
    assertThatThrownBy(() -> MessageCode.CCS05_CCS04.parse(CraFlag.RESPONSE, manyDevices))
        .isInstanceOf(FormatException.class);
    Octets manyElements = Octets.fromHex("da200000000000010182ffff020e");
    assertThatThrownBy(() -> MessageCode.CCS05_CCS04.parse(CraFlag.RESPONSE, manyElements))
        .hasMessageContaining("active_devices elements at offset 9");
  }

  @Test
  void anIntegerThatIsNotInItsShortestFormOrNegativeIsRefused() {
    for (String integer : new String[] {"0203000001", "020203e8ff", "0200", "02028000"}) {
      Octets payload =
          Octets.fromHex(
              String.format("30%02x0420%s%s", 34 + integer.length() / 2, HASH.toHex(), integer));
      assertThatThrownBy(() -> MessageCode.CS06.parse(COMMAND.header().craFlag(), payload))
          .as(integer)
          .isInstanceOf(FormatException.class);
    }
  }

  @Test
  void aDateThatDoesNotExistIsRefused() {
    Octets february30 = Octets.fromHex("32303236303233303030303030305a");
    String hex = "3033" + "0420" + HASH.toHex() + "0201" + "01" + "180f" + february30.toHex();
    Octets payload = Octets.fromHex(hex.replaceFirst("3033", "3036"));
    FormatException refusal =
        catchThrowableOfType(
            FormatException.class,
            () -> MessageCode.CS06.parse(COMMAND.header().craFlag(), payload));
    assertThat(refusal.field()).isEqualTo("executionDateTime");
    assertThat(refusal.offset()).isEqualTo(39);
    assertThat(refusal.found()).isEqualTo("\"20260230000000Z\"");
  }

  @Test
  void aResponseWithoutSignatureAndMacIsRefusedAndCannotBeWritten() {
    Message response =
        Message.of(COMMAND.header().response(), new ActivateFirmware.CommandAccepted());
    assertThatThrownBy(response::octets).isInstanceOf(IllegalStateException.class);
    Octets bare = response.withSignature(Octets.wrap(new byte[64])).octets();
    assertThat(refusal(bare.slice(0, bare.length() - 65).concat(Octets.fromHex("00"))))
        .hasMessageContaining("64 in a message without MAC");
  }

  @Test
  void aPayloadOfAnotherUseCaseCannotBeComposed() {
    assertThatThrownBy(() -> Message.of(COMMAND.header(), new ReadFirmwareVersion.Command()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(
            () -> GroupingHeader.alert(MessageCode.CS06, 1, Reference.ESME, Reference.SUPPLIER))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void theTimeThatMeansCancellationIsNoTimeToActivateAt() {
    assertThatThrownBy(() -> new Activation.At(org.hanota.gbcs.field.GeneralizedTime.CANCELLATION))
        .isInstanceOf(IllegalArgumentException.class);
    Message cancel = HOME.command(HASH, 5, new Activation.Cancel());
    assertThat(cancel.octets().toHex()).contains("180f" + "39393939313233313233353935395a");
    assertThat(((ActivateFirmware.Command) Message.parse(cancel.octets()).payload()).activation())
        .isEqualTo(new Activation.Cancel());
  }

  private static boolean isPreCommand(Octets octets) {
    try {
      return Message.parse(octets).kind() == Message.Kind.PRE_COMMAND;
    } catch (FormatException e) {
      return false;
    }
  }

  private static FormatException refusal(Octets octets) {
    return catchThrowableOfType(FormatException.class, () -> Message.parse(octets));
  }
}
