// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.device.DeviceType;
import org.hanota.headend.duis.Duis;
import org.hanota.headend.request.DccAlert;
import org.hanota.headend.request.DuisMessage;
import org.hanota.headend.request.Request;
import org.hanota.headend.request.Response;
import org.hanota.headend.request.ResponseBody.DccAlertMessage;
import org.hanota.headend.request.ResponseBody.DeviceAlertMessage;
import org.hanota.headend.request.ResponseBody.ResponseMessage;
import org.hanota.headend.request.ResponseContent;
import org.hanota.headend.request.ServiceRequest.SignedPreCommand;
import org.hanota.hub.HubParameter;
import org.hanota.hub.HubParameters;
import org.hanota.sim.radio.Band;
import org.hanota.sim.radio.RadioSettings;
import org.hanota.sim.scenario.Radio;
import org.hanota.sim.scenario.Scenario;
import org.hanota.sim.scenario.Scripts;
import org.junit.jupiter.api.Test;

/** Head end, hub and devices together in one home, each the real one. */
class RealHeadEndTest {
  private final List<DuisMessage> said = new ArrayList<>();
  private final Set<String> structures = new TreeSet<>();

  private final Fittings real =
      new Fittings() {
        @Override
        public HomeHeadEnd headEnd(HomeHeadEnd.Site site) {
          return new ScriptedHeadEnd(site, RealHeadEndTest.this::said);
        }
      };

  private final Home.Listener listener = GbcsStructure.into(structures);

  private void said(Eui64 from, Eui64 to, Octets xml, long utcMillis) {
    said.add(Duis.read(xml));
  }

  private static Scenario.Builder scenario() {
    return Scenario.builder(16)
        .devices(
            SampleImages.device(16, "esme", DeviceType.ESME, 1_000),
            SampleImages.device(16, "gsme", DeviceType.GSME, 1_000),
            SampleImages.device(16, "hcalcs", DeviceType.HCALCS, 1_000),
            SampleImages.device(16, "ppmid", DeviceType.PPMID, 1_000))
        .loss(0.02);
  }

  private HomeReport run(Scenario scenario) {
    return Home.run(scenario, listener, real);
  }

  private static void allUpdated(HomeReport report) {
    assertThat(report.devices())
        .allSatisfy(
            device ->
                assertThat(device.outcome())
                    .as(device.name() + " " + device.detail())
                    .isEqualTo(DeviceReport.Outcome.CONFIRMED));
  }

  /** How often each kind of message was said. */
  private Map<String, Long> kinds() {
    Map<String, Long> kinds = new TreeMap<>();
    for (DuisMessage message : said) {
      kinds.merge(kind(message), 1L, Long::sum);
    }
    return kinds;
  }

  private static String kind(DuisMessage message) {
    if (message instanceof Request request) {
      return request.service() + (request.body() instanceof SignedPreCommand ? " signed" : "");
    }
    Response response = (Response) message;
    if (response.body() instanceof DccAlertMessage alert) {
      return alert.alert().getClass().getSimpleName();
    }
    if (response.body() instanceof DeviceAlertMessage alert) {
      return "alert " + alert.alertCode().toHex();
    }
    return response.code().text()
        + ((ResponseMessage) response.body())
            .content()
            .map(content -> " " + content.getClass().getSimpleName())
            .orElse("");
  }

  @Test
  void eachTypeOfDeviceIsUpdatedAtTheWordOfItsSupplier() {
    allUpdated(run(scenario().headEnd(Scripts::usual).build()));
    assertThat(kinds())
        .containsEntry("11.1", 3L)
        .containsEntry("11.4", 1L)
        .containsEntry("11.3", 3L)
        .containsEntry("11.3 signed", 3L)
        .containsEntry("I99", 10L)
        .containsEntry("I0", 4L)
        .containsEntry("I0 PreCommand", 3L)
        .containsEntry("I0 GbcsPayload", 3L)
        .containsEntry("alert 8f72", 3L)
        .containsEntry("CspFirmwareDeliveryStatus", 4L)
        .containsEntry("CommsHubAlert", 4L)
        .containsEntry("PpmidAlert", 1L)
        .hasSize(12);
  }

  /** The script dates an activation, cancels it and dates it again. */
  @Test
  void datedAndCancelledActivationsComeToTheirAlerts() {
    allUpdated(run(scenario().headEnd(Scripts::dated).build()));
    assertThat(kinds())
        .containsEntry("11.3", 9L)
        .containsEntry("11.3 signed", 9L)
        .containsEntry("I0 PreCommand", 9L)
        .containsEntry("I0 GbcsPayload", 9L)
        .containsEntry("I0 FutureDatedDeviceAlertMessage", 3L);
  }

  @Test
  void anImageForOtherHardwareIsRefusedByTheHubAndFollowedByTheRightOne() {
    allUpdated(run(scenario().headEnd(Scripts::wrongImageFirst).build()));
    assertThat(said)
        .filteredOn(
            message ->
                message instanceof Response response
                    && response.body() instanceof DccAlertMessage alert
                    && alert.alert() instanceof DccAlert.CommsHubAlert hub
                    && hub.firmwareTransfer().orElseThrow().code()
                        == DccAlert.TransferResponseCode.HARDWARE_VERSION_MISMATCH)
        .isNotEmpty();
  }

  /** H190: its machines are no stations, neither for metering nor for broadcasts. */
  @Test
  void theHeadEndIsNotOnTheHomesAir() {
    Radio radio = new Radio(RadioSettings.of(Band.MHZ_868), 1_000_000_000L);
    HomeReport report =
        Home.run(scenario().radio(radio).headEnd(Scripts::usual).realHeadEnd().build(), listener);
    allUpdated(report);
    assertThat(report.radio().orElseThrow().nodes()).hasSize(1 + report.devices().size());
  }

  @Test
  void anImageTooLargeForAHubGoesInParts() {
    HubParameters small =
        HubParameters.DEFAULT
            .with(HubParameter.SERVES_UNASKED, false)
            .with(HubParameter.MAXIMUM_IMAGE_OCTETS, 500);
    allUpdated(run(scenario().hub(small).headEnd(Scripts::usual).build()));
    assertThat(kinds())
        .containsEntry("11.1", 3L)
        .containsEntry("11.4", 1L)
        .containsEntry("alert 8f72", 3L);
  }

  @Test
  void eachMessageHasTheStructureOfTheReferenceMessagesOfItsKind() throws IOException {
    List<String> references = new ArrayList<>(GbcsStructure.references());
    references.add(GbcsStructure.ESME_RECEIPT);
    run(scenario().headEnd(Scripts::usual).build());
    run(scenario().headEnd(Scripts::dated).build());
    preCommands();
    assertThat(structures).hasSize(11).isSubsetOf(references);
  }

  /** They are on their way in XML only, before and after their signature. */
  private void preCommands() {
    for (DuisMessage message : said) {
      if (message instanceof Response response
          && response.body() instanceof ResponseMessage body
          && body.content().isPresent()
          && body.content().get() instanceof ResponseContent.PreCommand given) {
        structures.add(GbcsStructure.of(given.gbcsPayload()));
      }
    }
  }

  /** The stand-in plays the head end where a scenario wants what no head end would send. */
  @Test
  void theStandInSendsWhatTheHeadEndSends() {
    Scenario scenario = scenario().headEnd(Scripts::dated).build();
    run(scenario);
    Set<String> ofHeadEnd = new TreeSet<>(structures);
    structures.clear();
    allUpdated(Home.run(scenario, listener, Fittings.IN_MEMORY));
    assertThat(structures).isEqualTo(ofHeadEnd);
  }
}
