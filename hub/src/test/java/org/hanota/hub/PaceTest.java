// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hanota.hub.BlockServiceTest.NONE;
import static org.hanota.hub.BlockServiceTest.data;
import static org.hanota.hub.BlockServiceTest.refused;
import static org.hanota.hub.BlockServiceTest.serving;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hanota.api.FileVersion;
import org.hanota.api.ImageId;
import org.hanota.api.ZigBeeTime;
import org.hanota.api.zcl.BlockRequestOptions;
import org.hanota.api.zcl.ImageBlockRequest;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.api.zcl.ImagePageRequest;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.otaformat.OtaHeader;
import org.hanota.otaformat.ZigBeeFile;
import org.hanota.testing.RecordedEffects;
import org.junit.jupiter.api.Test;

/** How fast blocks go out: pages, airtime and the pace that devices are given. */
class PaceTest {
  @Property(seed = "20261123", tries = 300)
  void aPageEndsAtItsEndOrThatOfTheFileWithItsSpacing(
      @ForAll @IntRange(min = 1, max = 90) int size,
      @ForAll @IntRange(min = 1, max = 1_000) int pageSize,
      @ForAll @IntRange(max = 300) int spacing,
      @ForAll @IntRange(max = 2_061) int offset) {
    Counter hub = serving();
    hub.receive(
        1, new ImagePageRequest(Counter.IMAGE, offset, size, pageSize, spacing, Optional.empty()));
    List<ImageBlockResponse.Success> blocks = new ArrayList<>();
    blocks.add(data(hub.answer()));
    long gap = Math.max(spacing, hub.parameters.pageSpacingMs());
    hub.effects.clear();
    while (hub.effects.wakeAt < hub.nanos + 10_000_000_000L) {
      hub.pass(gap - 1);
      assertThat(hub.effects.sent).isEmpty();
      hub.pass(1);
      for (RecordedEffects.Sent sent : hub.effects.sent) {
        blocks.add(data(sent.message()));
        assertThat(sent.options().apsAcknowledgement()).isFalse();
      }
      assertThat(hub.effects.sent.size()).isLessThanOrEqualTo(1);
      hub.effects.clear();
    }
    long at = offset;
    for (ImageBlockResponse.Success block : blocks) {
      assertThat(block.fileOffset()).isEqualTo(at);
      assertThat(block.data().length()).isLessThanOrEqualTo(size);
      at += block.data().length();
    }
    assertThat(at).isEqualTo(Math.min(offset + pageSize, Counter.FILE.length()));
  }

  @Test
  void onePageGoesOutAtATimeAndTheOtherDeviceWaits() {
    Counter hub = serving();
    hub.query(2);
    hub.receive(1, new ImagePageRequest(Counter.IMAGE, 0, 48, 480, 100, Optional.empty()));
    hub.receive(2, new ImagePageRequest(Counter.IMAGE, 0, 48, 480, 100, Optional.empty()));
    assertThat(hub.answer()).isInstanceOf(ImageBlockResponse.WaitForData.class);
    hub.pass(2_000);
    hub.receive(2, new ImagePageRequest(Counter.IMAGE, 0, 48, 480, 100, Optional.empty()));
    assertThat(hub.answer()).isInstanceOf(ImageBlockResponse.Success.class);
  }

  @Test
  void aPageEndsWithTheServiceOfItsImage() {
    Counter hub = new Counter(p -> p);
    ImageId shorter = Counter.IMAGE.withVersion(new FileVersion(0x0102_0000L));
    ZigBeeFile file =
        ZigBeeFile.builder(OtaHeader.of(shorter)).upgradeImage(Counter.FILE.slice(0, 100)).build();
    hub.put(file.octets().octets(0, (int) file.octets().size()));
    hub.start();
    hub.query(1);
    hub.receive(1, new ImagePageRequest(Counter.IMAGE, 960, 48, 480, 100, Optional.empty()));
    hub.receive(1, new ImageBlockRequest(shorter, 0, 48, NONE));
    assertThat(data(hub.answer()).image()).isEqualTo(shorter);
    hub.effects.clear();
    hub.pass(5_000);
    assertThat(hub.effects.messages(ImageBlockResponse.Success.class)).isEmpty();
  }

  @Test
  void aNewPageRequestOfTheSameDeviceReplacesItsPage() {
    Counter hub = serving();
    hub.receive(1, new ImagePageRequest(Counter.IMAGE, 0, 48, 480, 100, Optional.empty()));
    hub.receive(1, new ImagePageRequest(Counter.IMAGE, 960, 48, 96, 100, Optional.empty()));
    assertThat(data(hub.answer()).fileOffset()).isEqualTo(960);
    hub.effects.clear();
    hub.pass(5_000);
    assertThat(hub.effects.messages(ImageBlockResponse.Success.class))
        .extracting(ImageBlockResponse.Success::fileOffset)
        .containsExactly(1_008L);
  }

  @Test
  void aPageForADeviceThatHasGoneEndsAndGivesItsPlaceAway() {
    Counter hub = new Counter(p -> p.with(HubParameter.CONCURRENT_TRANSFERS, 1)).start();
    hub.query(1);
    int spacing = hub.parameters.pageSpacingMaximumMs();
    hub.receive(1, new ImagePageRequest(Counter.IMAGE, 0, 1, 65_535, spacing, Optional.empty()));
    hub.effects.clear();
    hub.pass(2 * hub.parameters.stallMs());
    long blocks = hub.effects.messages(ImageBlockResponse.Success.class).size();
    assertThat(blocks).isLessThanOrEqualTo(hub.parameters.pageTimeMs() / spacing);
    assertThat(hub.machine.status().transferring()).isZero();
    hub.pass(86_400_000);
    assertThat(hub.effects.messages(ImageBlockResponse.Success.class)).hasSize((int) blocks);
    hub.receive(2, new ImagePageRequest(Counter.IMAGE, 0, 48, 200, 50, Optional.empty()));
    data(hub.answer());
  }

  @Test
  void airtimeIsSpentToItsLimitInAnHourAndNoMore() {
    // 68 + 48 octets of 80 microseconds are 9.28 ms; a second per hour is 107 blocks.
    Counter hub =
        new Counter(
                p ->
                    p.with(HubParameter.AIRTIME_PER_HOUR, 1_000)
                        .with(HubParameter.AIRTIME_PER_OCTET, 80))
            .start();
    hub.query(1);
    int blocks = 0;
    while (true) {
      hub.block(1, (blocks * 48L) % 2_016);
      if (!(hub.answer() instanceof ImageBlockResponse.Success)) {
        break;
      }
      blocks++;
    }
    assertThat(blocks).isEqualTo(107);
    ImageBlockResponse.WaitForData wait = (ImageBlockResponse.WaitForData) hub.answer();
    long seconds = wait.requestTime().seconds();
    assertThat(seconds).isBetween(3_600L, 3_901L);
    hub.pass(seconds * 1_000 - 2_000);
    hub.block(1, 0);
    assertThat(hub.answer()).isInstanceOf(ImageBlockResponse.WaitForData.class);
    hub.pass(2_000);
    hub.block(1, 0);
    assertThat(hub.answer()).isInstanceOf(ImageBlockResponse.Success.class);
  }

  private static BlockRequestOptions period(int value) {
    return new BlockRequestOptions(Optional.empty(), OptionalInt.of(value));
  }

  @Test
  void aPaceOfMillisecondsIsGivenOnceAndThenServed() {
    Counter hub = new Counter(p -> p.with(HubParameter.MINIMUM_BLOCK_PERIOD, 250)).start();
    hub.query(1);
    hub.block(1, 0, 48, period(0));
    assertThat(hub.answer())
        .isEqualTo(
            new ImageBlockResponse.WaitForData(
                ZigBeeTime.ZERO, ZigBeeTime.ZERO, OptionalInt.of(250)));
    hub.pass(250);
    hub.block(1, 0, 48, period(250));
    assertThat(hub.answer()).isInstanceOf(ImageBlockResponse.Success.class);
    hub.pass(250);
    hub.block(1, 48, 48, period(250));
    assertThat(hub.answer()).isInstanceOf(ImageBlockResponse.Success.class);
  }

  @Test
  void aDeviceThatComesBackAfterSecondsIsGivenThePaceInSeconds() {
    Counter hub = new Counter(p -> p.with(HubParameter.MINIMUM_BLOCK_PERIOD, 60)).start();
    hub.query(1);
    hub.block(1, 0, 48, period(0));
    assertThat(hub.answer()).isInstanceOf(ImageBlockResponse.WaitForData.class);
    // It took 60 for a minute.
    hub.pass(59_500);
    hub.block(1, 0, 48, period(60));
    assertThat(hub.answer())
        .isEqualTo(
            new ImageBlockResponse.WaitForData(
                ZigBeeTime.ZERO, ZigBeeTime.ZERO, OptionalInt.of(1)));
    hub.pass(1_000);
    hub.block(1, 0, 48, period(1));
    assertThat(hub.answer()).isInstanceOf(ImageBlockResponse.Success.class);
  }

  @Test
  void aDeviceWithoutThatFieldIsServedAtItsOwnPace() {
    Counter hub = new Counter(p -> p.with(HubParameter.MINIMUM_BLOCK_PERIOD, 250)).start();
    hub.query(1);
    hub.block(1, 0);
    assertThat(hub.answer()).isInstanceOf(ImageBlockResponse.Success.class);
  }

  private static void nobodyHasThePlace(Counter hub) {
    assertThat(hub.machine.status().transferring()).isZero();
    hub.offer(2);
    hub.query(2);
    hub.block(2, 0);
    data(hub.answer());
  }

  @Test
  void whoGetsNoBlockTakesNoPlace() {
    Counter hub = new Counter(p -> p.with(HubParameter.CONCURRENT_TRANSFERS, 1)).start();
    hub.block(1, 0, 0, NONE);
    refused(hub, ZclStatus.INVALID_FIELD);
    hub.receive(1, new ImagePageRequest(Counter.IMAGE, 0, 48, 0, 50, Optional.empty()));
    refused(hub, ZclStatus.INVALID_VALUE);
    nobodyHasThePlace(hub);
  }

  @Test
  void whoIsGivenAnotherPaceTakesNoPlaceYet() {
    Counter hub =
        new Counter(
                p ->
                    p.with(HubParameter.CONCURRENT_TRANSFERS, 1)
                        .with(HubParameter.MINIMUM_BLOCK_PERIOD, 200))
            .start();
    hub.block(1, 0, 48, new BlockRequestOptions(Optional.empty(), OptionalInt.of(0)));
    assertThat(hub.answer()).isInstanceOf(ImageBlockResponse.WaitForData.class);
    nobodyHasThePlace(hub);
  }

  @Test
  void whoComesWhenTheAirtimeIsSpentOrAPageGoesOutTakesNoPlace() {
    Counter hub =
        new Counter(
                p ->
                    p.with(HubParameter.CONCURRENT_TRANSFERS, 2)
                        .with(HubParameter.AIRTIME_PER_HOUR, 200)
                        .with(HubParameter.AIRTIME_PER_OCTET, 80))
            .start();
    hub.query(1);
    long at = 0;
    do {
      hub.block(1, at);
      at += 48;
    } while (hub.answer() instanceof ImageBlockResponse.Success);
    hub.block(2, 0);
    assertThat(hub.answer()).isInstanceOf(ImageBlockResponse.WaitForData.class);
    assertThat(hub.machine.status().transferring()).isEqualTo(1);

    hub = new Counter(p -> p.with(HubParameter.CONCURRENT_TRANSFERS, 2)).start();
    hub.receive(1, new ImagePageRequest(Counter.IMAGE, 0, 48, 400, 50, Optional.empty()));
    hub.receive(2, new ImagePageRequest(Counter.IMAGE, 0, 48, 400, 50, Optional.empty()));
    assertThat(hub.answer()).isInstanceOf(ImageBlockResponse.WaitForData.class);
    assertThat(hub.machine.status().transferring()).isEqualTo(1);
  }
}
