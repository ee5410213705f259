// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.Octets;
import org.hanota.api.ZigBeeTime;
import org.hanota.gbcs.field.CosemDateTime;
import org.hanota.gbcs.field.GeneralizedTime;
import org.hanota.gbcs.key.Certificate;
import org.hanota.gbcs.key.KeyStore;
import org.hanota.gbcs.key.KeyUsage;
import org.hanota.gbcs.payload.ActivateFirmware;
import org.hanota.gbcs.payload.ActivateFirmware.ActivateImageResponseCode;
import org.hanota.gbcs.payload.ActivateFirmware.Activation;
import org.hanota.gbcs.payload.ActivateFirmware.ExecutionOutcome;
import org.hanota.gbcs.payload.AlertCode;
import org.hanota.gbcs.payload.CraFlag;
import org.hanota.gbcs.payload.FirmwareDistributionReceiptAlert;
import org.hanota.gbcs.payload.FirmwareTransferAlert;
import org.hanota.gbcs.payload.FirmwareTransferAlert.TransferResponseCode;
import org.hanota.gbcs.payload.MessageCode;
import org.hanota.gbcs.payload.Payload;
import org.hanota.gbcs.payload.PpmidFirmwareActivationAlert;
import org.hanota.gbcs.payload.SuccessOrFailure;
import org.junit.jupiter.api.Test;

/** Messages composed from their values have the octets that were published. */
class PublishedOctetsTest {
  private static final Octets HASH =
      Octets.fromHex("AA758690730934FF0685AA758690730934FF0685657788990011223344556677");
  private static final GeneralizedTime NEW_YEAR = GeneralizedTime.parse("20150101000000Z");

  @Test
  void cs06PreCommands() {
    assertThat(preCommand(1000, new Activation.Now()))
        .isEqualTo(Reference.octets("CS06_11.3_IMMEDIATE_SUCCESS_PRECOMMAND"))
        .hasToString("74 octets df090100000000000003e80890b3d51f..");
    GeneralizedTime at = GeneralizedTime.parse("20300115090000Z");
    assertThat(preCommand(1001, new Activation.At(at)))
        .isEqualTo(Reference.octets("CS06_11.3_FUTURE_DATED_SUCCESS_PRECOMMAND"));
  }

  @Test
  void cs06CommandFromItsPreCommandTheSignatureAndTheKeys() {
    KeyStore keys = Reference.keys();
    Octets sent = Reference.octets("CS06_11.3_IMMEDIATE_SUCCESS_COMMAND");
    Certificate device = keys.certificate(Reference.ESME, KeyUsage.KEY_AGREEMENT).orElseThrow();
    Message command =
        Message.parse(preCommand(1000, new Activation.Now()))
            .withSignature(Message.parse(sent).signature().orElseThrow())
            .addMac(
                keys.privateKey(Reference.BROKER, KeyUsage.KEY_AGREEMENT).orElseThrow(),
                device.publicKey());
    assertThat(command.octets()).isEqualTo(sent);
    assertThat(command.mac()).contains(Octets.fromHex("9f872c379f4fe0e370440625"));
  }

  @Test
  void cs06ResponsesAndAlerts() {
    FileVersion runs = new FileVersion(0x0123ABCFL);
    assertPayload(
        MessageCode.CS06,
        CraFlag.RESPONSE,
        new ExecutionOutcome(ActivateImageResponseCode.NO_IMAGE_HELD, runs),
        "300902010104040123ABCF");
    assertPayload(
        MessageCode.CS06, CraFlag.RESPONSE, new ActivateFirmware.CommandAccepted(), "0500");
    assertPayload(
        MessageCode.FUTURE_DATED_FIRMWARE_ACTIVATION_ALERT,
        CraFlag.ALERT,
        new ActivateFirmware.Alert(
            AlertCode.FUTURE_DATE_HAN_INTERFACE_COMMAND_NOT_SUCCESSFULLY_ACTIONED,
            GeneralizedTime.parse("20300115090000Z"),
            1001,
            new ExecutionOutcome(ActivateImageResponseCode.HASH_MISMATCH, runs)),
        "30250203008F67180F32303330303131353039303030305A020203E9300902010204040123ABCF");
  }

  @Test
  void firmwareDistributionReceiptAlerts() {
    Octets hash = Octets.fromHex("A1".repeat(32));
    assertPayload(
        MessageCode.FIRMWARE_DISTRIBUTION_RECEIPT_ALERT_ESME,
        CraFlag.ALERT,
        new FirmwareDistributionReceiptAlert.Esme(
            0x7D0,
            AlertCode.FIRMWARE_VERIFICATION_SUCCESSFUL,
            CosemDateTime.ofUtcMillis(NEW_YEAR.utcMillis()),
            hash),
        "0F200007D000"
            + "0203"
            + "128F72"
            + "090C07DF0101FF000000008000FF"
            + "0920"
            + hash.toHex());
    assertPayload(
        MessageCode.FIRMWARE_DISTRIBUTION_RECEIPT_ALERT_GSME,
        CraFlag.ALERT,
        new FirmwareDistributionReceiptAlert.Gsme(
            AlertCode.FIRMWARE_VERIFICATION_SUCCESSFUL, new ZigBeeTime(0x1C374A80L), hash),
        "0109018F721C374A800920" + hash.toHex());
  }

  @Test
  void ccs08AndCs09() {
    assertPayload(
        MessageCode.CCS08,
        CraFlag.ALERT,
        FirmwareTransferAlert.of(
            NEW_YEAR, Reference.PPMID, new FileVersion(0x0123ABCDL), TransferResponseCode.SUCCESS),
        "30290203008F8A180F32303135303130313030303030305A040800DB1234567890A404040123ABCD020100");
    assertPayload(
        MessageCode.CS09,
        CraFlag.ALERT,
        new PpmidFirmwareActivationAlert(
            NEW_YEAR, new FileVersion(0x1234ABCDL), SuccessOrFailure.SUCCESS),
        "301F0203008F8B180F32303135303130313030303030305A04041234ABCD020100");
  }

  @Test
  void aReplyGoesBackToWhereTheCommandCameFrom() {
    Message command = Message.parse(Reference.octets("CS06_11.3_IMMEDIATE_SUCCESS_COMMAND"));
    Message response = Message.parse(Reference.octets("CS06_11.3_IMMEDIATE_SUCCESS_RESPONSE"));
    GroupingHeader header =
        command.header().response().at(response.header().dateTime().orElseThrow());
    assertThat(header).isEqualTo(response.header());
    assertThat(command.header().longInvokeId()).isEqualTo(1000);
    Message version = Message.parse(Reference.octets("CS08_11.2_SUCCESS_COMMAND"));
    assertThat(version.header().supplementary())
        .isEqualTo(Optional.of(new Supplementary(Reference.SUPPLIER, 1000)));
    assertThat(version.header().response())
        .isEqualTo(Message.parse(Reference.octets("CS08_11.2_SUCCESS_RESPONSE")).header());
  }

  private static Octets preCommand(long counter, Activation activation) {
    Eui64 supplier = Reference.SUPPLIER;
    return Message.of(
            GroupingHeader.command(MessageCode.CS06, counter, supplier, Reference.ESME),
            new ActivateFirmware.Command(HASH, counter, activation))
        .octets();
  }

  private static void assertPayload(
      MessageCode code, CraFlag flag, Payload payload, String published) {
    assertThat(payload.octets()).isEqualTo(Octets.fromHex(published));
    assertThat(code.parse(flag, payload.octets())).isEqualTo(payload);
  }
}
