// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.fleet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hanota.sim.fleet.KolmogorovSmirnov.distance;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.hanota.api.SeededRandom;
import org.hanota.device.DeviceType;
import org.hanota.sim.kernel.Purpose;
import org.hanota.sim.kernel.Streams;
import org.hanota.sim.radio.Band;
import org.hanota.sim.radio.RadioSettings;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is drawn from loss to loss is distributed as what the real machines do frame by frame. */
class TransferLevelTest {
  private static final RadioSettings RADIO = RadioSettings.of(Band.GHZ_2_4);
  private static final FleetImage IMAGE = new FleetImage(20_000, 50);

  private static final FleetImage SMALL = new FleetImage(4_000, 50);
  private static final int FEW_HOMES = 60;

  /** The distance that two samples of 2,000 of one distribution exceed once in a hundred times. */
  private static final double ALLOWED = 0.052;

  private static final int SOAK_HOMES = 2_000;

  private static final List<String> NAMES =
      List.of("duration", "repetitions", "airtime of the hub", "airtime of the device");

  static Stream<LinkQuality> qualities() {
    return Stream.of(
        new LinkQuality("0.1 %", 100, 0.001, Optional.empty()),
        new LinkQuality("1 %", 100, 0.01, Optional.empty()),
        new LinkQuality("5 %", 100, 0.05, Optional.empty()),
        new LinkQuality("20 %", 100, 0.2, Optional.empty()),
        new LinkQuality(
            "bursts",
            100,
            0.002,
            Optional.of(new LinkQuality.Bursts(2_000_000_000L, 100_000_000L, 0.7))));
  }

  private static final class Sample {
    private final double[][] values;

    private Sample(int homes) {
      values = new double[4][homes];
    }

    static Sample of(int homes) {
      return new Sample(homes);
    }

    void set(int home, TransferModel.Drawn drawn) {
      values[0][home] = drawn.nanos;
      values[1][home] = drawn.repetitions;
      values[2][home] = drawn.airtimeHub;
      values[3][home] = drawn.airtimeDevice;
    }
  }

  private static Sample blocks(LinkQuality quality, FleetImage image, int homes) {
    Sample sample = Sample.of(homes);
    for (int home = 0; home < homes; home++) {
      BlockHome.Result result =
          BlockHome.run(BlockHome.scenario(7, home, DeviceType.IHD, image, quality, RADIO));
      assertThat(result.hasSucceeded()).isTrue();
      sample.set(home, result.transfer());
    }
    return sample;
  }

  private static Sample transfers(LinkQuality quality, FleetImage image, int homes) {
    Sample sample = Sample.of(homes);
    TransferModel model =
        TransferModel.of(
            7,
            0,
            quality,
            RADIO,
            image.maximumDataSize(),
            homes == SOAK_HOMES ? FleetScenario.SAMPLES : 1 << 14);
    TransferModel.Drawn drawn = new TransferModel.Drawn();
    for (int home = 0; home < homes; home++) {
      SeededRandom random = Streams.of(7, home).of(Purpose.FLEET_TRANSFER);
      model.draw(image, RADIO.band(), random, drawn);
      sample.set(home, drawn);
    }
    return sample;
  }

  /** Those with most that can go wrong. */
  static Stream<LinkQuality> worst() {
    return qualities().skip(3);
  }

  @ParameterizedTest
  @MethodSource("worst")
  void homesOfBothLevelsAreAlike(LinkQuality quality) {
    compare(quality, SMALL, FEW_HOMES);
  }

  @Tag("soak")
  @ParameterizedTest
  @MethodSource("qualities")
  void twoThousandHomesOfBothLevelsAreAlike(LinkQuality quality) {
    compare(quality, IMAGE, SOAK_HOMES);
  }

  /** So far apart are two samples of one distribution once in a hundred times. */
  private static double allowed(int homes) {
    return homes == SOAK_HOMES ? ALLOWED : 1.63 * Math.sqrt(2.0 / homes);
  }

  private static void compare(LinkQuality quality, FleetImage image, int homes) {
    Sample blocks = blocks(quality, image, homes);
    Sample transfers = transfers(quality, image, homes);
    SoftAssertions all = new SoftAssertions();
    for (int i = 0; i < NAMES.size(); i++) {
      double distance = distance(blocks.values[i], transfers.values[i]);
      System.out.printf(Locale.ROOT, "%s, %s: D = %.4f%n", quality.name(), NAMES.get(i), distance);
      all.assertThat(distance).as(NAMES.get(i)).isLessThanOrEqualTo(allowed(homes));
    }
    if (homes < SOAK_HOMES) {
      all.assertAll();
      return;
    }
    double[] biased = Arrays.stream(transfers.values[0]).map(each -> each * 1.02).toArray();
    all.assertThat(distance(blocks.values[0], biased))
        .as("a duration that is 2 % too long is found")
        .isGreaterThan(allowed(homes));
    all.assertAll();
  }
}
