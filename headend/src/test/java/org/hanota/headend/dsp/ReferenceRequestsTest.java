// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hanota.headend.HeadEndWorld.SUPPLIER;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.gbcs.Message;
import org.hanota.headend.HeadEndWorld;
import org.hanota.headend.duis.Duis;
import org.hanota.headend.estate.Registration;
import org.hanota.headend.estate.User;
import org.hanota.headend.estate.UserRole;
import org.hanota.headend.letter.Content;
import org.hanota.headend.request.CredentialsRequest.UpdateSecurityCredentialsCos;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.request.FirmwareRequest.ActivateFirmware;
import org.hanota.headend.request.Request;
import org.hanota.testing.Shared;
import org.junit.jupiter.api.Test;

/** The DCC's reference requests as they stand, put to this head end one by one. */
class ReferenceRequestsTest {
  private static final Eui64 GPF = Eui64.parse("00DB1234567890A3");

  /** What becomes of each file, by the beginning of its name; the rest is not served here. */
  private static final Map<String, String> EXPECTED = new LinkedHashMap<>();

  static {
    // The version is 00000000 in the request and ACDCACDC in the image.
    EXPECTED.put("11.1_", "I99 IMAGE_VERSION");
    EXPECTED.put("11.4_", "I99 IMAGE_VERSION");
    // The hash is a dummy.
    EXPECTED.put("CS06_11.3_CANCELLATION", "I99 NOTHING_DISTRIBUTED");
    EXPECTED.put("CS06_11.3_FUTURE_DATED", "I99 EXECUTION_TIME");
    EXPECTED.put("CS06_11.3_IMMEDIATE", "I99 NOTHING_DISTRIBUTED");
    // It comes from the DCC itself, who is no user.
    EXPECTED.put("CS08_11.2", "E1 USER_UNKNOWN");
    EXPECTED.put("ECS52_11.2", "I99 sent");
    EXPECTED.put("GCS38_11.2", "I99 sent");
    EXPECTED.put("12.2_", "I99 answered");
    EXPECTED.put("8.13_", "I99 answered");
    EXPECTED.put("8.2_", "I99 answered");
    EXPECTED.put("8.3_", "I99 answered");
    EXPECTED.put("8.4_", "I99 answered");
    EXPECTED.put("CS02bSupplierByTransCoS_6.23", "I99 answered");
    // The meter is in service already.
    EXPECTED.put("CCS01_8.11", "E5 DEVICE_STATUS");
    EXPECTED.put("CCS02_8.11", "I99 sent");
    // The old hub, and the devices that are to be joined, are unknown.
    EXPECTED.put("CCS03_8.12.1", "E19 DEVICE_UNKNOWN");
    EXPECTED.put("CS03", "E19 DEVICE_UNKNOWN");
    EXPECTED.put("CCS05CCS04_8.9", "I99 sent");
    EXPECTED.put("CCS06_8.9", "I99 sent");
    EXPECTED.put("CS07_8.9", "I99 sent");
    EXPECTED.put("CS04ACCritical_8.8.1", "I99 answered");
    EXPECTED.put("CS04ACNonCritical_8.8.2", "I99 sent");
    EXPECTED.put("CS04B_8.8.2", "I99 sent");
    EXPECTED.put("DBCH04_6.28", "I99 sent");
    EXPECTED.put("ECS70Commission_8.1.1", "I99 answered");
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(Shared.require("vectors/duis"))) {
      return files.filter(file -> file.getFileName().toString().endsWith(".XML")).sorted().toList();
    }
  }

  private static Request read(Path file) throws IOException {
    return (Request) Duis.read(Octets.wrap(Files.readAllBytes(file)));
  }

  private static HeadEndWorld world() {
    HeadEndWorld world = new HeadEndWorld();
    world.dsp(new DspInput.UserKnown(User.of(SUPPLIER, UserRole.IS, UserRole.GS)));
    for (DeviceType type : DeviceType.values()) {
      Eui64 id =
          switch (type) {
            case ESME -> HeadEndWorld.ESME;
            case GSME -> HeadEndWorld.GSME;
            case CHF -> HeadEndWorld.HUB;
            case GPF -> GPF;
            case PPMID -> HeadEndWorld.PPMID;
            case HCALCS -> HeadEndWorld.HCALCS;
            case IHD, CAD -> Eui64.UNKNOWN;
          };
      if (!id.equals(Eui64.UNKNOWN)) {
        world.dsp(new DspInput.DeviceKnown(HeadEndWorld.device(id, type, UserRole.IS)));
      }
    }
    return world;
  }

  private static String becomes(Request request) {
    HeadEndWorld world = world();
    if (request.body() instanceof UpdateSecurityCredentialsCos change) {
      world.dsp(
          new DspInput.Registered(
              new Registration(change.importMpxn(), request.id().originator())));
    }
    int lines = world.audit.size();
    String said =
        world
            .call(
                request.id().originator(),
                new Content.ServiceCall(request.commandVariant().service(), request))
            .code()
            .text();
    String refusal =
        world.audit.subList(lines, world.audit.size()).stream()
            .map(AuditEntry::what)
            .filter(what -> what.contains(" refused, "))
            .map(what -> what.replaceFirst(".* refused, ", "").replaceFirst("(?s):.*", ""))
            .findFirst()
            .orElse(world.toHub.isEmpty() ? "answered" : "sent");
    return said + " " + refusal;
  }

  @Test
  void eachOfThe45IsTakenOrRefusedForItsReason() throws IOException {
    Map<String, String> found = new TreeMap<>();
    Map<String, String> expected = new TreeMap<>();
    for (Path file : files()) {
      String name = file.getFileName().toString();
      found.put(name, becomes(read(file)));
      expected.put(
          name,
          EXPECTED.entrySet().stream()
              .filter(entry -> name.startsWith(entry.getKey()))
              .map(Map.Entry::getValue)
              .findFirst()
              .orElse("E100 NOT_SERVED"));
    }
    assertThat(found).hasSize(45).isEqualTo(expected);
  }

  /** The pre-commands that the DCC made of the reference requests, octet for octet. */
  @Test
  void thePreCommandsAreThoseOfTheReference() throws IOException {
    Path messages = Shared.require("vectors/rtds/11.3_CS06");
    for (String kind : List.of("IMMEDIATE", "FUTURE_DATED")) {
      Path request =
          Shared.require("vectors/duis").resolve("CS06_11.3_" + kind + "_SUCCESS_REQUEST_DUIS.XML");
      Octets reference =
          Octets.fromHex(
              Files.readString(
                      messages.resolve("CS06_11.3_" + kind + "_SUCCESS_PRECOMMAND_GBCS.HEX"))
                  .strip());
      Request read = read(request);
      ActivateFirmware order = (ActivateFirmware) read.body();
      Message expected = Message.parse(reference);
      assertThat(Transform.preCommand(read.id(), order).octets())
          .as(kind)
          .isEqualTo(expected.octets());
    }
  }
}
