// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.hanota.api.Octets;
import org.hanota.api.control.UpgradeTime;
import org.hanota.device.DeviceType;
import org.hanota.otaformat.FileKind;
import org.hanota.sim.SampleImages;
import org.hanota.sim.scenario.ImageSource.Flaw;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** H191: what no head end does is asked of a stand-in; a real one is not said to have done it. */
class FarEndTest {
  private static final ScenarioDevice ESME = SampleImages.device(1, "esme-1", DeviceType.ESME);
  private static final ScenarioDevice PPMID = SampleImages.device(1, "ppmid-1", DeviceType.PPMID);

  private static Scenario.Builder home(ScenarioDevice... devices) {
    return Scenario.builder(1).devices(devices).headEnd(Scripts::usual);
  }

  private static ScenarioDevice withFile() {
    return ESME.with(
        new ImageSource.File(
            "x.ota",
            FileKind.GB_METER,
            Octets.EMPTY,
            new ImageSource.Keyless(ImageSource.Kind.HEADER_AND_SIZE, "for a test")));
  }

  private static Arguments odd(String why, UnaryOperator<Scenario.Builder> what) {
    return Arguments.of(why, what);
  }

  static Stream<Arguments> whatNoHeadEndDoes() {
    return Stream.of(
        odd("another image than was sent", home -> home.headEnd(Scripts::wrongHashFirst)),
        odd("sends a command twice", home -> home.headEnd(Scripts::replayed)),
        odd("CS02b", home -> home.headEnd(Scripts::changeOfSupplier)),
        odd("refuse the image of esme-1", home -> home.devices(flawed(Flaw.WRONG_SIGNATURE))),
        odd("refuse the image of esme-1", home -> home.devices(flawed(Flaw.OTHER_SIGNER))),
        odd("knows no keys of who made", home -> home.devices(withFile())),
        odd(
            "has no time at which ppmid-1",
            home -> home.devices(PPMID.with(new UpgradeTime.At(1_900_000_000_000L)))),
        odd("does replayed-command", home -> home.rates(Map.of(Nemesis.REPLAYED_COMMAND, 0.1))),
        odd(
            "does damaged-image",
            home -> home.strikes(List.of(Strike.at(Nemesis.DAMAGED_IMAGE, "esme-1", 0)))));
  }

  private static ScenarioDevice flawed(Flaw flaw) {
    return ESME.with(new ImageSource.Sample(1, 1_000, flaw));
  }

  @ParameterizedTest
  @MethodSource
  void whatNoHeadEndDoes(String why, UnaryOperator<Scenario.Builder> what) {
    assertThat(what.apply(home(ESME)).build().world().headEnd()).isEqualTo(FarEnd.STAND_IN);
    assertThatThrownBy(() -> what.apply(home(ESME)).realHeadEnd().build())
        .hasMessageContaining("headEnd is real, allowed stand-in: ")
        .hasMessageContaining(why);
  }

  @Test
  void theUsualWorkIsDoneByARealOne() {
    Scenario scenario =
        home(ESME, PPMID).headEnd(Scripts::wrongImageFirst).loss(0.2).realHeadEnd().build();
    assertThat(ScenarioWriter.write(scenario)).contains("headEnd: real");
    assertThat(ScenarioReader.read(ScenarioWriter.write(scenario))).isEqualTo(scenario);
  }
}
