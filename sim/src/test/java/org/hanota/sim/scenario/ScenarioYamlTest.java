// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.hanota.api.FileVersion;
import org.hanota.api.Octets;
import org.hanota.api.control.UpgradeTime;
import org.hanota.device.DeviceParameter;
import org.hanota.device.DeviceParameters;
import org.hanota.device.DeviceType;
import org.hanota.hub.HubParameter;
import org.hanota.hub.HubParameters;
import org.hanota.otaformat.FileKind;
import org.hanota.sim.SampleImages;
import org.hanota.sim.link.LinkFaults;
import org.hanota.sim.link.MarkovLoss;
import org.hanota.sim.link.Span;
import org.hanota.sim.radio.Band;
import org.hanota.sim.radio.RadioParameter;
import org.hanota.sim.radio.RadioSettings;
import org.hanota.sim.scenario.ScriptStep.Action;
import org.hanota.sim.scenario.ScriptStep.Cue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A scenario has one YAML form, and what does not belong into it is refused with its place. */
class ScenarioYamlTest {
  /** Something of everything. */
  private static Scenario everything() {
    List<ScenarioDevice> devices = new ArrayList<>();
    for (DeviceType type : DeviceType.values()) {
      devices.add(SampleImages.device(3, type.label() + "-1", type, 2_000));
    }
    devices.add(
        new ScenarioDevice(
            "odd \"name\" \u00e9\n",
            DeviceType.PPMID,
            new ImageSource.File(
                "a b/#x: y.ota",
                FileKind.ZIGBEE,
                Octets.wrap(new byte[32]),
                new ImageSource.Keyless(ImageSource.Kind.HEADER_AND_SIZE, "says: so")),
            new FileVersion(0xFEDC_BA98L),
            new UpgradeTime.At(1_767_225_600_123L),
            DeviceParameters.DEFAULT.with(DeviceParameter.PAGE_SIZE, 500)));
    devices.add(
        new ScenarioDevice(
            "signed",
            DeviceType.PPMID,
            new ImageSource.File(
                "b.ota",
                FileKind.GB_PPMID,
                Octets.wrap(new byte[32]),
                new ImageSource.Signed(
                    ImageSource.Signature.MANUFACTURER,
                    "a \"key\".pem",
                    Octets.wrap(new byte[32]))),
            new FileVersion(1),
            new UpgradeTime.Now(),
            DeviceParameters.DEFAULT));
    devices.add(
        SampleImages.device(3, "sleeper", DeviceType.GSME)
            .with(new Sleep(7_000_000_000L, 250_000_000L, 7_680_000_001L)));
    for (ImageSource.Flaw flaw : ImageSource.Flaw.values()) {
      devices.add(
          SampleImages.device(3, "flaw " + flaw, DeviceType.ESME)
              .with(new ImageSource.Sample(3, 1, flaw)));
    }
    RadioSettings radio =
        RadioSettings.of(Band.MHZ_868)
            .with(RadioParameter.REGULATED_DUTY, 99_000)
            .with(RadioParameter.CRITICAL_DUTY, 98_000)
            .with(RadioParameter.LIMITED_DUTY, 97_000);
    World world =
        new World(
            HubParameters.DEFAULT.with(HubParameter.SERVES_UNASKED, false),
            true,
            1,
            70,
            Optional.of(new Radio(radio, 7)),
            devices);
    List<ScriptStep> script = new ArrayList<>(Scripts.dated(world));
    script.addAll(Scripts.wrongImageFirst(world));
    script.addAll(Scripts.changeOfSupplier(world));
    script.add(new ScriptStep(Cue.START, 5, ScenarioDevice.HUB, new Action.StepClock(-7)));
    script.add(
        new ScriptStep(
            Cue.CANCELLED, 90_000_000_000L, "esme-1", new Action.Activate(OptionalLong.of(1))));
    script.add(
        new ScriptStep(
            Cue.START, 0, "esme-1", new Action.Offer(Optional.of(devices.get(5).image()))));
    return new Scenario(
        -9,
        OptionalLong.of(4),
        world,
        script,
        new Nemeses(
            new LinkFaults(0.1, 0.2, 0.3, 1e-9, 0.07 + 0.01, 1, 400_000_001),
            links(),
            List.of(new Nemeses.PowerCut(37, 5_000_000_000L)),
            List.of(new Nemeses.HubRestart(0, 61_000_000_000L)),
            rates(),
            List.of(
                Strike.atPercent(Nemesis.TORN_WRITE, LinkFault.ANY, 63),
                Strike.at(Nemesis.HUB_IO_ERROR, ScenarioDevice.HUB, 7_000_000_000L))),
        new Limits(86_400_000_000_000L, 3_600_000_000_000L));
  }

  private static Map<Nemesis, Double> rates() {
    Map<Nemesis, Double> rates = new EnumMap<>(Nemesis.class);
    for (Nemesis nemesis : Nemesis.values()) {
      rates.put(nemesis, 0.001 * (1 + rates.size()));
    }
    return rates;
  }

  private static List<LinkFault> links() {
    return List.of(
        new LinkFault.Bursts(
            LinkFault.ANY,
            "esme-1",
            List.of(
                new MarkovLoss.State(0.001, 20_000_000_000L, List.of(0.0, 1.0, 0.25)),
                new MarkovLoss.State(0.5, 200_000_000L, List.of(1.0, 0.0, 0.0)),
                new MarkovLoss.State(1, 1, List.of(1.0, 0.0, 0.0)))),
        new LinkFault.Outage(ScenarioDevice.HUB, "ihd-1", new Span(10_000_000_000L, 7)),
        new LinkFault.Hold("ppmid-1", ScenarioDevice.HUB, new Span(0, 60_000_000_000L)));
  }

  @Test
  void whatIsWrittenIsReadAsItWas() {
    Scenario scenario = everything();
    String text = ScenarioWriter.write(scenario);
    assertThat(ScenarioReader.read(text)).as(text).isEqualTo(scenario);
    Scenario plain =
        Scenario.builder(1).devices(SampleImages.device(1, "x", DeviceType.IHD)).build();
    assertThat(ScenarioReader.read(ScenarioWriter.write(plain))).isEqualTo(plain);
  }

  @Test
  void whatMayBeLeftOutHasItsUsualValue() {
    Scenario scenario =
        ScenarioReader.read(
            """
            seed: 1
            world:
              hub: {servesUnasked: false}
              latency: 4 ms
              maximumPayload: 82
              devices:
                - name: x
                  type: ihd
                  image: {sample: {seed: 1, firmwareOctets: 49152}}
                  running: "01000000"
                  when: now
            """);
    assertThat(scenario)
        .isEqualTo(
            Scenario.builder(1).devices(SampleImages.device(1, "x", DeviceType.IHD)).build());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "latency | latencie | line 4, column 3 | world has no 'latency' | it has headEnd, latencie",
        "tieSeed: | tySeed: | line 2, column 1 | is 'tySeed', allowed limits, nemeses | tieSeed",
        "seed: -9 | seed: x | line 1, column 7 | seed is 'x': allowed a whole number | line",
        "type: ihd | type: car | line 11, column 13 | type is 'car' | ppmid, hcalcs, ihd",
        "headEnd: true | headEnd: yes | line 4, column 12 | headEnd is 'yes' | true or false",
        "loss: 0.1 | loss: 2 | air is not possible | drop is 2.0 | allowed 0 to 1",
        "at: 37 % | at: 37 s | line | at is '37 s' | allowed 0 % to 100 %",
        "maximumPayload: 70 | maximumPayload: [70] | line 6, column 19 | no single value | line",
        "do: cancel | do: cancle | do is 'cancle' | allowed offer, activate, | line",
        "device: \"esme-1\" | device: \"esme-7\" | line 1, column 1 | names 'esme-7' | hub and",
        "servesUnasked | servesUnaskd | line 8, column 5 | is 'servesUnaskd' | servesUnasked",
        "pageSize: 500 | pageSize: -1 | line | pageSize is '-1' | allowed",
        "check: manufacturer | check: maker | check is 'maker' | allowed authorising, | manufac",
        "flaw: other-signer | flaw: odd | flaw is 'odd' | allowed none, other-hardware | signer",
        "tieSeed: 4 | seed: 4 | line 2, column 1 | seed is given twice | line",
        "poll: 7 s | poll: 0 s | line | sleep is not possible | allowed 1, 1, 0 and more",
        "outage: | outrage: | line | is 'outrage', allowed bursts, from, hold, outage, to | line",
        "next: [0.0, 1.0 | next: [0.0 | state 0 has next | weight for each of the 3 | line",
        "for: 7 ns | for: -7 ns | line | outage is not possible | allowed 0 ns and more",
        "to: \"ihd-1\" | to: \"ihd-7\" | line 1, column 1 | names 'ihd-7' | allowed any," + " hub",
        "torn-write: | tornwrite: | line | is 'tornwrite', allowed clock-skew | torn-write",
        "lost: 0.001 | lost: 2 | nemeses is not possible | lost is 2.0 | allowed 0 to 1",
        "nemesis: torn-write | nemesis: torn | nemesis is 'torn' | allowed lost, repeated | line",
        "at: 63 % | at: 163 % | line | an element of strikes is not possible | 0 to 100 %",
        "world: | world | line | no YAML | line",
      })
  void whatDoesNotBelongIntoItIsRefusedWithItsPlace(
      String right, String wrong, String first, String second, String third) {
    String text = ScenarioWriter.write(everything());
    assertThat(text).contains(right);
    assertThatThrownBy(
            () ->
                ScenarioReader.read(text.replaceFirst(java.util.regex.Pattern.quote(right), wrong)))
        .isInstanceOf(ScenarioFault.class)
        .hasMessageContaining(first)
        .hasMessageContaining(second)
        .hasMessageContaining(third.strip());
  }

  @Test
  void aTextThatIsNoScenarioIsRefused() {
    for (String text :
        List.of("", "[]", "a: &x [*x]", "seed: 1", "{", "\u0000", "- ".repeat(9_999))) {
      assertThatThrownBy(() -> ScenarioReader.read(text))
          .as(text)
          .isInstanceOf(ScenarioFault.class)
          .hasMessageStartingWith("line ");
    }
  }
}
