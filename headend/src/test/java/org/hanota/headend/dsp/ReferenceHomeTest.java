// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hanota.headend.HeadEndWorld.SUPPLIER;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.gbcs.Envelope;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.payload.BackedUpDevice;
import org.hanota.gbcs.payload.MessageCode;
import org.hanota.gbcs.payload.RestoreDeviceLog;
import org.hanota.gbcs.pem.PemFolder;
import org.hanota.headend.HeadEndWorld;
import org.hanota.headend.duis.Duis;
import org.hanota.headend.estate.Device;
import org.hanota.headend.estate.User;
import org.hanota.headend.estate.UserRole;
import org.hanota.headend.letter.Content;
import org.hanota.headend.request.DeviceStatus;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.request.Request;
import org.hanota.headend.request.Response;
import org.hanota.headend.request.ResponseBody;
import org.hanota.headend.request.ResponseContent;
import org.hanota.testing.Shared;
import org.junit.jupiter.api.Test;

/** The DCC's reference requests about homes become its reference commands. */
class ReferenceHomeTest {
  /** The command or pre-command that each request leads to. */
  private static final Map<String, String> MESSAGES = new LinkedHashMap<>();

  static {
    MESSAGES.put("CCS01_8.11", "rtds/8.11_CCS01/CCS01_8.11_SUCCESS_COMMAND");
    MESSAGES.put("CCS02_8.11", "rtds/8.11_CCS02/CCS02_8.11_SUCCESS_COMMAND");
    MESSAGES.put("CCS03_8.12.1", "rtds/8.12.1_CCS03/CCS03_8.12.1_SUCCESS_COMMAND");
    MESSAGES.put("CCS05CCS04_8.9", "rtds/8.9_CCS05CCS04/CCS05CCS04_8.9_SUCCESS_COMMAND");
    MESSAGES.put("CS03A1_8.7.1", "rtds/8.7.1_CS03A1/CS03A1_8.7.1_SUCCESS_PRECOMMAND");
    MESSAGES.put(
        "CS03A2NonCritical_8.7.2",
        "rtds/8.7.2_CS03A2NonCritical/CS03A2NonCritical_8.7.2_SUCCESS_COMMAND");
    MESSAGES.put("CS03B_8.7.2", "rtds/8.7.2_CS03B/CS03B_8.7.2_SUCCESS_COMMAND");
    MESSAGES.put(
        "CS03CNonCritical_8.7.2",
        "rtds/8.7.2_CS03CNonCritical/CS03CNonCritical_8.7.2_SUCCESS_COMMAND");
    MESSAGES.put(
        "CS04ACCritical_8.8.1",
        "rtds/8.8.1_CS04ACCritical/CS04ACCritical_8.8.1_SUCCESS_PRECOMMAND");
    MESSAGES.put(
        "CS04ACNonCritical_8.8.2",
        "rtds/8.8.2_CS04ACNonCritical/CS04ACNonCritical_8.8.2_SUCCESS_COMMAND");
    MESSAGES.put("CS04B_8.8.2", "rtds/8.8.2_CS04B/CS04B_8.8.2_SUCCESS_COMMAND");
    MESSAGES.put("CS07_8.9", "rtds/8.9_CS07/CS07_8.9_SUCCESS_COMMAND");
    MESSAGES.put("DBCH04_6.28", "rtds-more/6.28_DBCH04/DBCH04_6.28_SUCCESS_COMMAND");
    MESSAGES.put(
        "ECS70Commission_8.1.1",
        "rtds-more/8.1.1_ECS70Commission/ECS70Commission_8.1.1_SUCCESS_PRECOMMAND");
  }

  private static final Map<String, DeviceType> OTHERS =
      Map.of(
          "00DB123456789093", DeviceType.ESME,
          "00DB123456789094", DeviceType.GSME,
          "00DB12345678909A", DeviceType.HCALCS,
          "00DB12345678909C", DeviceType.GPF);

  private static Octets reference(String name) {
    try {
      return Octets.fromHex(
          Files.readString(Shared.require("vectors/" + name + "_GBCS.HEX")).strip());
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  private static Request request(String name) throws IOException {
    try (Stream<Path> files = Files.list(Shared.require("vectors/duis"))) {
      Path file =
          files
              .filter(each -> each.getFileName().toString().startsWith(name))
              .findFirst()
              .orElseThrow();
      return (Request) Duis.read(Octets.wrap(Files.readAllBytes(file)));
    }
  }

  /** The home of the reference messages, with the devices' certificates. */
  private static HeadEndWorld world(String name) throws IOException {
    HeadEndWorld world = new HeadEndWorld();
    PemFolder.read(Shared.require("vectors/rtds/keystore")).certificates().stream()
        .filter(certificate -> certificate.role().isEmpty())
        .forEach(world.keys::trust);
    world.dsp(new DspInput.UserKnown(User.of(SUPPLIER, UserRole.IS)));
    for (Eui64 id : List.of(HeadEndWorld.GSME, HeadEndWorld.HUB)) {
      world.dsp(
          new DspInput.DeviceKnown(
              HeadEndWorld.device(id, world.inventory(id).type(), UserRole.IS)));
    }
    OTHERS.forEach(
        (id, type) ->
            world.dsp(
                new DspInput.DeviceKnown(HeadEndWorld.device(Eui64.parse(id), type, UserRole.IS))));
    if (name.startsWith("CCS01")) {
      Device meter = world.inventory(HeadEndWorld.ESME);
      world.dsp(new DspInput.DeviceKnown(meter.with(DeviceStatus.PENDING)));
    }
    return world;
  }

  /** The reference of CCS03 has a backup that the old hub never told in these files. */
  private static void backup(HeadEndWorld world, String name) {
    if (name.startsWith("CCS03")) {
      RestoreDeviceLog.Command told =
          (RestoreDeviceLog.Command) Message.parse(reference(MESSAGES.get(name))).payload();
      Eui64 old = Eui64.parse("00DB123456789095");
      world.dsp(
          new DspInput.DeviceKnown(HeadEndWorld.device(old, DeviceType.CHF, UserRole.IS).at(old)));
      world.keys.trust(world.pki.device(old));
      List<BackedUpDevice> devices = told.devices();
      world.logChanged(old, told.extendedPanId(), devices);
    }
  }

  private static Octets made(HeadEndWorld world, Request request) {
    world.heardBy(SUPPLIER);
    Response said =
        world.call(SUPPLIER, new Content.ServiceCall(request.commandVariant().service(), request));
    assertThat(said.code().text()).as(request.toString()).isEqualTo("I99");
    Optional<Octets> preCommand =
        world.heardBy(SUPPLIER).stream()
            .map(Response::body)
            .filter(ResponseBody.ResponseMessage.class::isInstance)
            .flatMap(body -> ((ResponseBody.ResponseMessage) body).content().stream())
            .filter(ResponseContent.PreCommand.class::isInstance)
            .map(content -> ((ResponseContent.PreCommand) content).gbcsPayload())
            .findFirst();
    return preCommand.orElseGet(() -> world.lastCommand().octets());
  }

  private static final int INVOKE_ID_END = 5;
  private static final int JOIN_DETAILS = 4;
  private static final int JOIN_DETAILS_LENGTH = 16;

  /** Without what depends on the broker's own counter, and without a certificate. */
  private static Octets payload(Envelope message) {
    Octets payload = message.payload();
    if (payload.at(0) == 0xD9) {
      return payload.from(INVOKE_ID_END);
    }
    // The reference of CS03C carries a certificate of a device that it does not name.
    return message.messageCode() == MessageCode.CS03C.code()
        ? payload.slice(JOIN_DETAILS, JOIN_DETAILS_LENGTH)
        : payload;
  }

  @Test
  void eachRequestBecomesTheReferenceMessageOfItsName() throws IOException {
    for (Map.Entry<String, String> each : MESSAGES.entrySet()) {
      String name = each.getKey();
      HeadEndWorld world = world(name);
      backup(world, name);
      Envelope made = Envelope.parse(made(world, request(name)));
      Envelope reference = Envelope.parse(reference(each.getValue()));
      assertThat(payload(made)).as(name).isEqualTo(payload(reference));
      assertThat(made.messageCode()).as(name).isEqualTo(reference.messageCode());
      assertThat(made.originator()).as(name).isEqualTo(reference.originator());
      assertThat(made.recipient()).as(name).isEqualTo(reference.recipient());
      assertThat(made.supplementary()).as(name).isEqualTo(reference.supplementary());
      assertThat(made.kind()).as(name).isEqualTo(reference.kind());
      assertThat(made.signature().isPresent())
          .as(name)
          .isEqualTo(reference.signature().isPresent());
      if (reference.kind() == Message.Kind.PRE_COMMAND) {
        assertThat(made.octets()).as(name).isEqualTo(reference.octets());
      }
    }
  }

  /** There are no reference messages of these two; their form is that of the same messages. */
  @Test
  void criticalJoinsByMethodsAAndCAreTheSuppliersToSign() throws IOException {
    for (String name : List.of("CS03A2Critical_8.7.1", "CS03CCritical_8.7.1")) {
      HeadEndWorld world = world(name);
      Eui64 other = Eui64.parse("00DB123456789098");
      world.dsp(
          new DspInput.DeviceKnown(HeadEndWorld.device(other, DeviceType.PPMID, UserRole.IS)));
      world.keys.trust(world.pki.device(other));
      Envelope made = Envelope.parse(made(world, request(name)));
      assertThat(made.kind()).as(name).isEqualTo(Message.Kind.PRE_COMMAND);
      assertThat(made.originator()).as(name).isEqualTo(SUPPLIER);
    }
  }
}
