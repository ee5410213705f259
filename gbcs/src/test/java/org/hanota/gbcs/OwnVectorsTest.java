// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.Octets;
import org.hanota.api.ZigBeeTime;
import org.hanota.gbcs.field.CosemDateTime;
import org.hanota.gbcs.field.GeneralizedTime;
import org.hanota.gbcs.key.Credentials;
import org.hanota.gbcs.key.InMemoryKeyStore;
import org.hanota.gbcs.key.RemotePartyRole;
import org.hanota.gbcs.key.TestPki;
import org.hanota.gbcs.payload.ActivateFirmware;
import org.hanota.gbcs.payload.ActivateFirmware.ActivateImageResponseCode;
import org.hanota.gbcs.payload.ActivateFirmware.Activation;
import org.hanota.gbcs.payload.ActivateFirmware.ExecutionOutcome;
import org.hanota.gbcs.payload.AlertCode;
import org.hanota.gbcs.payload.FirmwareDistributionReceiptAlert;
import org.hanota.gbcs.payload.FirmwareTransferAlert;
import org.hanota.gbcs.payload.FirmwareTransferAlert.TransferResponseCode;
import org.hanota.gbcs.payload.MessageCode;
import org.hanota.gbcs.payload.Payload;
import org.hanota.gbcs.payload.PpmidFirmwareActivationAlert;
import org.hanota.gbcs.payload.ReadFirmwareVersion;
import org.hanota.gbcs.payload.SuccessOrFailure;
import org.hanota.gbcs.pem.PemFolder;
import org.hanota.testing.Shared;
import org.junit.jupiter.api.Test;

/**
 * The project's own vectors: what the same seed gives on every machine and JDK, and the messages
 * that the reference set lacks. Written anew with {@code -Dhanota.vectors.write=true}.
 */
class OwnVectorsTest {
  private static final Path FOLDER = Shared.root().resolve("docs/vectors/gbcs");
  private static final TestPki PKI = TestPki.ofSeed(20261123);
  private static final Credentials SUPPLIER =
      PKI.organisation(Reference.SUPPLIER, RemotePartyRole.SUPPLIER);
  private static final Credentials BROKER =
      PKI.organisation(Reference.BROKER, RemotePartyRole.ACCESS_CONTROL_BROKER);
  private static final Credentials ESME = PKI.device(Reference.ESME);
  private static final Credentials GSME = PKI.device(Reference.GSME);
  private static final Credentials CHF = PKI.device(Reference.CHF);
  private static final Credentials PPMID = PKI.device(Reference.PPMID);
  private static final Credentials HCALCS = PKI.device(Eui64.parse("00DB1234567890A5"));

  private static final Octets HASH = Home.sha256(Octets.fromHex("00".repeat(235)));
  private static final FileVersion VERSION = new FileVersion(0x0123ABCDL);
  private static final GeneralizedTime TIME = GeneralizedTime.parse("20300115090000Z");

  private final Map<String, Message> messages = new TreeMap<>();

  @Test
  void theSameSeedGivesTheOctetsThatWereWrittenDown() throws IOException {
    make();
    if (Boolean.getBoolean("hanota.vectors.write")) {
      write();
    }
    for (Map.Entry<String, Message> entry : messages.entrySet()) {
      String hex = Files.readString(FOLDER.resolve(entry.getKey() + ".HEX")).strip();
      assertThat(entry.getValue().octets()).as(entry.getKey()).isEqualTo(Octets.fromHex(hex));
    }
    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(files.filter(file -> file.toString().endsWith(".HEX"))).hasSize(messages.size());
    }
  }

  @Test
  void everyOwnVectorHoldsWithTheKeysBesideIt() throws IOException {
    InMemoryKeyStore keys = PemFolder.read(FOLDER.resolve("keystore"));
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".HEX")).toList()) {
        Message message = Message.parse(Octets.fromHex(Files.readString(file).strip()));
        Verification verification = Verification.of(message, keys, Reference.BROKER);
        if (message.kind() == Message.Kind.PRE_COMMAND) {
          assertThat(verification.signature()).isEqualTo(Verification.Check.VERIFIED);
        } else {
          assertThat(verification.proves(message)).as(file.toString()).isTrue();
        }
      }
    }
  }

  private void make() {
    activate("NOW", 1000, new Activation.Now());
    activate("FUTURE_DATED", 1001, new Activation.At(TIME));
    activate("CANCEL", 1002, new Activation.Cancel());
    for (ActivateImageResponseCode code : ActivateImageResponseCode.values()) {
      boolean success = code == ActivateImageResponseCode.SUCCESS;
      outcomes(
          code,
          success
              ? AlertCode.FUTURE_DATE_HAN_INTERFACE_COMMAND_SUCCESSFULLY_ACTIONED
              : AlertCode.FUTURE_DATE_HAN_INTERFACE_COMMAND_NOT_SUCCESSFULLY_ACTIONED);
    }
    receipts(AlertCode.FIRMWARE_VERIFICATION_SUCCESSFUL);
    receipts(AlertCode.FIRMWARE_VERIFICATION_FAILED);
    for (TransferResponseCode code : TransferResponseCode.values()) {
      alert(
          "CCS08_" + code + "_ALERT",
          MessageCode.CCS08,
          4000 + code.code(),
          CHF,
          BROKER,
          FirmwareTransferAlert.of(TIME, PPMID.subject(), VERSION, code));
    }
    for (SuccessOrFailure code : SuccessOrFailure.values()) {
      alert(
          "CS09_" + code + "_ALERT",
          MessageCode.CS09,
          5000 + code.code(),
          PPMID,
          BROKER,
          new PpmidFirmwareActivationAlert(TIME, VERSION, code));
    }
    readVersion();
  }

  private void activate(String name, long counter, Activation activation) {
    GroupingHeader header =
        GroupingHeader.command(MessageCode.CS06, counter, SUPPLIER.subject(), ESME.subject());
    Message signed =
        Message.of(header, new ActivateFirmware.Command(HASH, counter, activation))
            .sign(SUPPLIER.digitalSignatureKey());
    messages.put("CS06_" + name + "_SIGNED_PRECOMMAND", signed);
    messages.put(
        "CS06_" + name + "_COMMAND",
        signed.addMac(BROKER.keyAgreementKey(), ESME.keyAgreement().publicKey()));
    if (!(activation instanceof Activation.Now)) {
      respond("CS06_" + name + "_RESPONSE", header, new ActivateFirmware.CommandAccepted());
    }
  }

  private void outcomes(ActivateImageResponseCode code, AlertCode alertCode) {
    ExecutionOutcome outcome = new ExecutionOutcome(code, VERSION);
    GroupingHeader header =
        GroupingHeader.command(MessageCode.CS06, 1000, SUPPLIER.subject(), ESME.subject());
    respond("CS06_" + code + "_RESPONSE", header, outcome);
    alert(
        "CS06_" + code + "_ALERT",
        MessageCode.FUTURE_DATED_FIRMWARE_ACTIVATION_ALERT,
        2000 + code.code(),
        ESME,
        SUPPLIER,
        new ActivateFirmware.Alert(alertCode, TIME, 1001, outcome));
  }

  private void respond(String name, GroupingHeader command, Payload payload) {
    messages.put(
        name,
        Message.of(command.response().at(CosemDateTime.ofUtcMillis(TIME.utcMillis())), payload)
            .sign(ESME.digitalSignatureKey()));
  }

  private void receipts(AlertCode code) {
    alert(
        "FDRA_ESME_" + code + "_ALERT",
        MessageCode.FIRMWARE_DISTRIBUTION_RECEIPT_ALERT_ESME,
        3000,
        ESME,
        SUPPLIER,
        new FirmwareDistributionReceiptAlert.Esme(
            3000, code, CosemDateTime.ofUtcMillis(TIME.utcMillis()), HASH));
    alert(
        "FDRA_GSME_" + code + "_ALERT",
        MessageCode.FIRMWARE_DISTRIBUTION_RECEIPT_ALERT_GSME,
        3001,
        GSME,
        SUPPLIER,
        new FirmwareDistributionReceiptAlert.Gsme(
            code, ZigBeeTime.ofUtcMillis(TIME.utcMillis()), HASH));
  }

  private void alert(
      String name,
      MessageCode code,
      long counter,
      Credentials device,
      Credentials recipient,
      Payload payload) {
    messages.put(
        name,
        Message.of(
                GroupingHeader.alert(code, counter, device.subject(), recipient.subject()), payload)
            .sign(device.digitalSignatureKey()));
  }

  private void readVersion() {
    GroupingHeader header =
        GroupingHeader.command(MessageCode.CS08, 6000, BROKER.subject(), HCALCS.subject())
            .onBehalfOf(SUPPLIER.subject(), 1003);
    messages.put(
        "CS08_COMMAND",
        Message.of(header, new ReadFirmwareVersion.Command())
            .addMac(BROKER.keyAgreementKey(), HCALCS.keyAgreement().publicKey()));
    messages.put(
        "CS08_RESPONSE",
        Message.of(
                header.response(),
                new ReadFirmwareVersion.Response(VERSION, SuccessOrFailure.SUCCESS))
            .addMac(HCALCS.keyAgreementKey(), BROKER.keyAgreement().publicKey()));
  }

  private void write() throws IOException {
    Path keystore = Files.createDirectories(FOLDER.resolve("keystore"));
    try (Stream<Path> old = Files.list(keystore)) {
      for (Path file : old.toList()) {
        Files.delete(file);
      }
    }
    for (Credentials party : List.of(SUPPLIER, BROKER, ESME, GSME, CHF, PPMID, HCALCS)) {
      PemFolder.write(keystore, party, true);
    }
    for (Map.Entry<String, Message> entry : messages.entrySet()) {
      String hex =
          HexFormat.of().withUpperCase().formatHex(entry.getValue().octets().toByteArray());
      Files.writeString(FOLDER.resolve(entry.getKey() + ".HEX"), hex + "\n");
    }
  }
}
