// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.device.DeviceType;
import org.hanota.hub.HubParameter;
import org.hanota.hub.HubParameters;
import org.hanota.hub.catalogue.ImageStore;
import org.hanota.hub.catalogue.InMemoryImageStore;
import org.hanota.hub.catalogue.StoredImage;
import org.hanota.keys.Sha256;
import org.hanota.sim.link.Span;
import org.hanota.sim.scenario.Limits;
import org.hanota.sim.scenario.LinkFault;
import org.hanota.sim.scenario.Nemesis;
import org.hanota.sim.scenario.Scenario;
import org.hanota.sim.scenario.ScenarioDevice;
import org.hanota.sim.scenario.Strike;
import org.junit.jupiter.api.Test;

/** Each excuse of a device that failed holds for its cause, and for nothing beside. */
class ExcusesTest {
  private static final long SEED = 1;
  private static final long SECOND_NANOS = 1_000_000_000L;
  private static final long DAY_NANOS = 86_400 * SECOND_NANOS;
  private static final int FIRMWARE_OCTETS = 2_000;
  private static final int PART_OCTETS = 700;

  private static ScenarioDevice ihd(int number) {
    return SampleImages.device(SEED, "x-" + number, DeviceType.IHD, FIRMWARE_OCTETS);
  }

  /** Images in parts; the first device is not reached from its second part on, for ten hours. */
  private static Scenario.Builder inParts() {
    Span away = new Span(SECOND_NANOS / 5, 36_000 * SECOND_NANOS);
    return Scenario.builder(SEED)
        .devices(ihd(1), ihd(2), ihd(3), ihd(4))
        .hub(
            HubParameters.DEFAULT
                .with(HubParameter.SERVES_UNASKED, false)
                .with(HubParameter.MAXIMUM_IMAGE_OCTETS, PART_OCTETS))
        .links(List.of(new LinkFault.Outage("x-1", ScenarioDevice.HUB, away)))
        .limits(new Limits(10 * DAY_NANOS, 60 * DAY_NANOS));
  }

  private static HomeReport run(Scenario.Builder scenario, Fittings fittings) {
    return Home.run(scenario.build(), new FaultyHomeTest.Silent(), fittings);
  }

  /** What swarm seeds 17927, 32709 and more found. */
  @Test
  void aDeviceWhosePartOthersFailedWithIsExcused() {
    Strike damaged = Strike.at(Nemesis.DAMAGED_IMAGE, "x-4", 0);
    HomeReport report = run(inParts().strikes(List.of(damaged)), Fittings.IN_MEMORY);
    assertThat(report.devices().get(0).detail()).startsWith("EXPIRED: the server has no ");
    assertThat(report.isExplained()).isTrue();
  }

  /** Forgets one part of each image. */
  private static ImageStore without(String part) {
    ImageStore store = new InMemoryImageStore();
    return new ImageStore() {
      @Override
      public List<StoredImage> images() {
        return store.images();
      }

      @Override
      public OctetSource open(Octets sha256) {
        return store.open(sha256);
      }

      @Override
      public void put(StoredImage image, OctetSource file) {
        if (!image.name().endsWith(part)) {
          store.put(image, file);
        }
      }

      @Override
      public void remove(Octets sha256) {
        store.remove(sha256);
      }
    };
  }

  @Test
  void aDeviceWhosePartTheHubLostIsNotExcused() {
    Strike damaged = Strike.at(Nemesis.DAMAGED_IMAGE, "x-4", 0);
    Fittings forgetful =
        new Fittings() {
          @Override
          public ImageStore images() {
            return without("part 2");
          }
        };
    HomeReport report = run(inParts().strikes(List.of(damaged)), forgetful);
    assertThat(report.fired()).containsKey(Nemesis.DAMAGED_IMAGE);
    assertThat(report.devices().get(1).detail()).startsWith("EXPIRED: the server has no ");
    assertThat(report.isExplained()).isFalse();
  }

  @Test
  void onlyAPartOfTheQuarantinedImageExcusesAndOnlyOnceItIsThat() {
    HomeExcuses excuses = new HomeExcuses(PART_OCTETS);
    DevicePlan plan = DevicePlan.of(ihd(1), Fittings.IN_MEMORY);
    List<ImageFile> parts = ImageFile.of(plan, PART_OCTETS);
    String lacks = "EXPIRED: the server has no " + parts.get(2).image() + ", part 3";
    DevicePlan other =
        DevicePlan.of(
            SampleImages.device(SEED, "y", DeviceType.PPMID, FIRMWARE_OCTETS), Fittings.IN_MEMORY);
    ImageFile others = ImageFile.of(other, PART_OCTETS).get(0);
    excuses.quarantined(Sha256.of(others.octets()), 0);
    assertThat(excuses.lacksQuarantined(plan, lacks, SECOND_NANOS)).isFalse();
    excuses.quarantined(Sha256.of(parts.get(0).octets()), SECOND_NANOS);
    assertThat(excuses.lacksQuarantined(plan, lacks, SECOND_NANOS)).isTrue();
    assertThat(excuses.lacksQuarantined(plan, lacks, SECOND_NANOS - 1)).isFalse();
    String another = "EXPIRED: the server has no " + others.image() + ", part 1";
    assertThat(excuses.lacksQuarantined(plan, another, SECOND_NANOS)).isFalse();
    assertThat(excuses.lacksQuarantined(plan, "EXPIRED: the download took more", SECOND_NANOS))
        .isFalse();
  }
}
