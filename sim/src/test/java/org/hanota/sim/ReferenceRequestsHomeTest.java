// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.ParameterValues;
import org.hanota.device.DeviceType;
import org.hanota.headend.HeadEndParameter;
import org.hanota.headend.duis.Duis;
import org.hanota.headend.request.DeviceIdList;
import org.hanota.headend.request.ExecutionDateTime;
import org.hanota.headend.request.FirmwareRequest;
import org.hanota.headend.request.FirmwareVersion;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.request.Request;
import org.hanota.headend.request.Response;
import org.hanota.headend.request.ResponseBody.ResponseMessage;
import org.hanota.headend.request.ServiceRequest;
import org.hanota.otaformat.OtaHeader;
import org.hanota.sim.scenario.Scenario;
import org.hanota.sim.scenario.ScenarioDevice;
import org.hanota.sim.scenario.Scripts;
import org.hanota.testing.Shared;
import org.junit.jupiter.api.Test;

/**
 * The DCC's 45 reference requests, rebuilt for a home of ours: its devices, images, versions and
 * hashes, counters of now, and keys of the test PKI. They run one after the other through head end,
 * hub and devices.
 */
class ReferenceRequestsHomeTest {
  private static final List<ScenarioDevice> DEVICES =
      List.of(
          SampleImages.device(45, "esme", DeviceType.ESME, 500),
          SampleImages.device(45, "gsme", DeviceType.GSME, 500),
          SampleImages.device(45, "hcalcs", DeviceType.HCALCS, 500),
          SampleImages.device(45, "ppmid", DeviceType.PPMID, 500));
  private static final List<DevicePlan> PLANS =
      DEVICES.stream().map(device -> DevicePlan.of(device, Fittings.IN_MEMORY)).toList();

  /** The reference set's devices and ours. */
  private static final Map<Eui64, Eui64> OURS =
      Map.of(
          Eui64.parse("00DB1234567890A0"), Home.deviceAddress(0),
          Eui64.parse("00DB1234567890A1"), Home.deviceAddress(1),
          Eui64.parse("00DB1234567890A5"), Home.deviceAddress(2),
          Eui64.parse("00DB1234567890A4"), Home.deviceAddress(3));

  /** What is said to each, in the order in which they are put. */
  private static final Map<String, String> EXPECTED = new LinkedHashMap<>();

  static {
    EXPECTED.put("11.1_", "I99 I0");
    EXPECTED.put("11.4_", "I99 I0");
    EXPECTED.put("CS06_11.3_FUTURE_DATED", "I99 I0 PreCommand I99 I0 GbcsPayload");
    EXPECTED.put("CS06_11.3_CANCELLATION", "I99 I0 PreCommand I99 I0 GbcsPayload");
    EXPECTED.put("CS06_11.3_IMMEDIATE", "I99 I0 PreCommand I99 I0 GbcsPayload");
    EXPECTED.put("ECS52_11.2", "I99 I0 GbcsPayload");
    EXPECTED.put("GCS38_11.2", "I99 I0 GbcsPayload");
    EXPECTED.put("CS08_11.2", "I99 I0 GbcsPayload");
    EXPECTED.put("8.2_", "I99 I0 DspInventory");
    // Nobody is registered for a supply of this home.
    EXPECTED.put("CS02bSupplierByTransCoS_6.23", "E4");
    EXPECTED.put("12.2_", "I99 I0");
    EXPECTED.put("8.4_", "I99 I0");
    // 8.4 has taken it out of the inventory.
    EXPECTED.put("8.3_", "E19");
  }

  /**
   * The same of those that come after them, in the order of their names; the rest is not served.
   * The home has none of their devices (E19) or no certificate of them (E20), and its own do not
   * act on them (E21).
   */
  private static final Map<String, String> EXPECTED_LATER =
      Map.ofEntries(
          Map.entry("8.13_", "I99 E100"),
          Map.entry("CCS01_8.11", "E19"),
          Map.entry("CCS02_8.11", "I99 E20"),
          Map.entry("CCS03_8.12.1", "E19"),
          Map.entry("CCS05CCS04_8.9", "I99 E20"),
          Map.entry("CCS06_8.9", "I99 E20"),
          Map.entry("CS03A1_8.7.1", "E19"),
          Map.entry("CS03A2Critical_8.7.1", "E19"),
          Map.entry("CS03A2NonCritical_8.7.2", "E19"),
          Map.entry("CS03B_8.7.2", "E19"),
          Map.entry("CS03CCritical_8.7.1", "E19"),
          Map.entry("CS03CNonCritical_8.7.2", "E19"),
          Map.entry("CS04ACCritical_8.8.1", "I99 I0 PreCommand I99 E21"),
          Map.entry("CS04ACNonCritical_8.8.2", "I99 E21"),
          Map.entry("CS04B_8.8.2", "I99 E21"),
          Map.entry("CS07_8.9", "I99 E21"),
          Map.entry("DBCH04_6.28", "I99 E20"),
          Map.entry("ECS70Commission_8.1.1", "I99 I0 PreCommand I99 E21"));

  private static Map<String, Request> files() throws IOException {
    Map<String, Request> all = new TreeMap<>();
    try (Stream<Path> files = Files.list(Shared.require("vectors/duis"))) {
      for (Path file : files.filter(each -> each.toString().endsWith(".XML")).toList()) {
        all.put(
            String.valueOf(file.getFileName()),
            (Request) Duis.read(Octets.wrap(Files.readAllBytes(file))));
      }
    }
    Map<String, Request> ordered = new LinkedHashMap<>();
    for (String first : EXPECTED.keySet()) {
      all.forEach(
          (name, request) -> {
            if (name.startsWith(first)) {
              ordered.put(name, request);
            }
          });
    }
    all.forEach(ordered::putIfAbsent);
    return ordered;
  }

  private static Request rebuilt(Request request) {
    return new Request(
        request.schemaVersion(),
        new MessageId(
            GbParties.SUPPLIER,
            OURS.getOrDefault(request.id().target(), request.id().target()),
            request.id().counter()),
        request.commandVariant(),
        request.service(),
        rebuilt(request.body()));
  }

  private static ServiceRequest rebuilt(ServiceRequest body) {
    if (body instanceof FirmwareRequest.UpdateFirmware) {
      return new FirmwareRequest.UpdateFirmware(image(0), version(0), devices(0));
    } else if (body instanceof FirmwareRequest.UpdatePpmidFirmware) {
      return new FirmwareRequest.UpdatePpmidFirmware(image(3), version(3), devices(3));
    } else if (body instanceof FirmwareRequest.ActivateFirmware order) {
      ExecutionDateTime when = order.executionDateTime();
      return new FirmwareRequest.ActivateFirmware(
          when.at().isPresent() && !when.cancels()
              ? ExecutionDateTime.at(Instant.ofEpochMilli(Home.utcMillis(86_400_000_000_000L)))
              : when,
          HomeEstate.hash(PLANS.get(0)));
    }
    return body;
  }

  private static Octets image(int device) {
    return PLANS.get(device).image();
  }

  private static FirmwareVersion version(int device) {
    return new FirmwareVersion(OtaHeader.read(image(device)).image().fileVersion().toString());
  }

  private static DeviceIdList devices(int device) {
    return new DeviceIdList(List.of(Home.deviceAddress(device)));
  }

  @Test
  void theReferenceRequestsRebuiltRunThroughHeadEndHubAndDevices() throws IOException {
    Map<String, Request> files = files();
    assertThat(files).hasSize(45);
    List<List<String>> said = new ArrayList<>();
    Fittings fittings =
        new Fittings() {
          @Override
          public HomeHeadEnd headEnd(HomeHeadEnd.Site site) {
            return new RequestedHeadEnd(
                site,
                files.values().stream().map(ReferenceRequestsHomeTest::rebuilt).toList(),
                ParameterValues.defaults(HeadEndParameter.class),
                (from, to, xml, utcMillis) -> said(said, xml),
                event -> {});
          }
        };
    Scenario home = Scenario.builder(45).devices(DEVICES).headEnd(Scripts::usual).build();
    Set<String> structures = new TreeSet<>();
    HomeReport report = Home.run(home, GbcsStructure.into(structures), fittings);
    List<String> references = new ArrayList<>(GbcsStructure.references());
    references.add(GbcsStructure.ESME_RECEIPT);
    assertThat(structures).isSubsetOf(references).hasSize(21);
    Map<String, String> found = new LinkedHashMap<>();
    Map<String, String> expected = new LinkedHashMap<>();
    int next = 0;
    for (String name : files.keySet()) {
      found.put(name, next < said.size() ? String.join(" ", said.get(next)) : "nothing");
      next++;
      expected.put(
          name,
          Stream.concat(EXPECTED.entrySet().stream(), EXPECTED_LATER.entrySet().stream())
              .filter(entry -> name.startsWith(entry.getKey()))
              .map(Map.Entry::getValue)
              .findFirst()
              .orElse("E100"));
    }
    assertThat(found).isEqualTo(expected);
    assertThat(report.devices())
        .extracting(DeviceReport::name, DeviceReport::outcome)
        .contains(
            org.assertj.core.groups.Tuple.tuple("esme", DeviceReport.Outcome.CONFIRMED),
            org.assertj.core.groups.Tuple.tuple("ppmid", DeviceReport.Outcome.CONFIRMED));
  }

  /** Answers by the request that they follow; alerts are of none. */
  private static void said(List<List<String>> said, Octets xml) {
    if (Duis.read(xml) instanceof Request request) {
      if (!(request.body() instanceof ServiceRequest.SignedPreCommand)) {
        said.add(new ArrayList<>());
      }
    } else if (Duis.read(xml) instanceof Response response
        && response.body() instanceof ResponseMessage message) {
      said.get(said.size() - 1)
          .add(
              response.code().text()
                  + message
                      .content()
                      .map(content -> " " + content.getClass().getSimpleName())
                      .orElse(""));
    }
  }
}
