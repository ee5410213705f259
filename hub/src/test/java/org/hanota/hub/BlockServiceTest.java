// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.hanota.api.FileVersion;
import org.hanota.api.ImageId;
import org.hanota.api.ImageType;
import org.hanota.api.ManufacturerCode;
import org.hanota.api.control.Offer;
import org.hanota.api.control.Phase;
import org.hanota.api.control.UpgradeTime;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.zcl.BlockRequestOptions;
import org.hanota.api.zcl.DefaultResponse;
import org.hanota.api.zcl.ImageBlockRequest;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.api.zcl.ImagePageRequest;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.hanota.api.zcl.ZclMessage;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.hub.catalogue.ModelProfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BlockServiceTest {
  static final BlockRequestOptions NONE = BlockRequestOptions.NONE;

  static Counter serving() {
    Counter hub = new Counter(p -> p).start();
    hub.query(1);
    return hub;
  }

  static ImageBlockResponse.Success data(ZclMessage message) {
    assertThat(message).isInstanceOf(ImageBlockResponse.Success.class);
    return (ImageBlockResponse.Success) message;
  }

  static void refused(Counter hub, ZclStatus status) {
    assertThat(hub.answer())
        .isInstanceOfSatisfying(
            DefaultResponse.class, answer -> assertThat(answer.status()).isEqualTo(status));
  }

  @Property(seed = "20261123", tries = 500)
  void everyRequestGetsTheOctetsOfItsOffsetAndNothingElse(
      @ForAll @IntRange(max = 255) int size,
      @ForAll @IntRange(min = 17, max = 300) int payload,
      @ForAll @LongRange(max = 2_100) long offset) {
    Counter hub = serving();
    hub.maximumPayload = payload;
    hub.block(1, offset, size, NONE);
    if (offset >= Counter.FILE.length()) {
      refused(hub, ZclStatus.MALFORMED_COMMAND);
    } else if (size == 0 || payload <= 17) {
      refused(hub, ZclStatus.INVALID_FIELD);
    } else {
      ImageBlockResponse.Success block = data(hub.answer());
      int length = block.data().length();
      assertThat(length).isBetween(1, Math.min(size, payload - 17));
      assertThat(offset + length).isLessThanOrEqualTo(Counter.FILE.length());
      assertThat(block.data()).isEqualTo(Counter.FILE.slice((int) offset, length));
      assertThat(block.image()).isEqualTo(Counter.IMAGE);
    }
    assertThat(hub.effects.sent).hasSize(1);
  }

  @Property(seed = "20261123", tries = 300)
  void aNewPercentIsReportedWheneverABlockReachesIt(
      @ForAll @Size(max = 60) List<@IntRange(max = 2_060) Integer> offsets,
      @ForAll @IntRange(min = 1, max = 64) int size) {
    Counter hub = serving();
    hub.query(2);
    long octets = Counter.FILE.length();
    long[] before = new long[3];
    for (int i = 0; i < offsets.size(); i++) {
      int device = 1 + i % 2;
      // Every second pair of requests goes on where the last one ended.
      long offset = i % 4 < 2 ? offsets.get(i) : Math.min(before[device], octets - 1);
      hub.block(device, offset, size, NONE);
      long end = offset + data(hub.answer()).data().length();
      boolean reached = end > before[device] && end * 100 / octets != before[device] * 100 / octets;
      before[device] = end;
      assertThat(hub.effects.events.stream().filter(UpdateEvent.Transferring.class::isInstance))
          .as("device %s at %s", device, end)
          .hasSize(reached ? 1 : 0);
    }
  }

  @Test
  void aModelThatDoesNotStandLongBlocksGetsShorterOnes() {
    Counter hub = new Counter(p -> p);
    ManufacturerCode code = Counter.IMAGE.manufacturerCode();
    hub.models =
        List.of(
            new ModelProfile(code, new ImageType(0x0099), 8),
            new ModelProfile(code, Counter.IMAGE.imageType(), 40),
            new ModelProfile(code, ImageType.WILD_CARD, 48));
    hub.start();
    hub.query(1);
    hub.block(1, 0, 63, NONE);
    assertThat(data(hub.answer()).data().length()).isEqualTo(40);
    hub.block(1, 0, 16, NONE);
    assertThat(data(hub.answer()).data().length()).isEqualTo(16);
    hub.receive(1, new ImagePageRequest(Counter.IMAGE, 0, 63, 480, 50, Optional.empty()));
    assertThat(data(hub.answer()).data().length()).isEqualTo(40);
  }

  @Test
  void theSameRequestTwiceGetsTheSameAnswerTwice() {
    Counter hub = serving();
    hub.block(1, 480);
    ZclMessage first = hub.answer();
    hub.block(1, 0);
    hub.block(1, 480);
    assertThat(hub.answer()).isEqualTo(first);
  }

  @Test
  void twoDevicesDoNotDisturbEachOther() {
    Counter hub = serving();
    hub.query(2);
    hub.block(1, 480);
    hub.block(2, 96);
    assertThat(data(hub.answer()).fileOffset()).isEqualTo(96);
    hub.block(1, 528);
    assertThat(data(hub.answer()).fileOffset()).isEqualTo(528);
  }

  @Test
  void anImageThatItDoesNotHaveIsNotServed() {
    Counter hub = serving();
    for (ImageId unknown :
        new ImageId[] {
          ImageId.of(0xFFF0, 0, 0xFFFF_FFF0L),
          Counter.IMAGE.withVersion(Counter.BEFORE.fileVersion()),
          ImageId.WILD_CARD
        }) {
      hub.receive(1, new ImageBlockRequest(unknown, 100, 48, NONE));
      refused(hub, ZclStatus.NO_IMAGE_AVAILABLE);
      hub.receive(1, new ImagePageRequest(unknown, 100, 48, 480, 50, Optional.empty()));
      refused(hub, ZclStatus.NO_IMAGE_AVAILABLE);
    }
  }

  @Test
  void theLargestOffsetIsRefusedAsAnyOtherPastTheEnd() {
    Counter hub = serving();
    for (long offset : new long[] {Counter.FILE.length(), 0x7FFF_FFFFL, 0xFFFF_FFFFL}) {
      hub.block(1, offset);
      refused(hub, ZclStatus.MALFORMED_COMMAND);
      hub.receive(1, new ImagePageRequest(Counter.IMAGE, offset, 48, 480, 50, Optional.empty()));
      refused(hub, ZclStatus.MALFORMED_COMMAND);
    }
  }

  @Test
  void aDeviceIsServedNoImageOfAnotherModelNorALowerOneThatItWasNotOffered() {
    Counter hub = new Counter(p -> p).start();
    for (ImageId running :
        new ImageId[] {
          ImageId.of(0x121D, 0x0081, 1),
          ImageId.of(0x121E, 0x0080, 1),
          Counter.IMAGE.withVersion(new FileVersion(0x0200_0000L))
        }) {
      hub.query(1, running, Optional.empty());
      hub.block(1, 0);
      refused(hub, ZclStatus.NO_IMAGE_AVAILABLE);
      hub.end(1, ZclStatus.SUCCESS);
      refused(hub, ZclStatus.NO_IMAGE_AVAILABLE);
    }
  }

  @Test
  void anEndThatMeansNothingDoesNotDisturbTheNextQuery() {
    Counter hub = new Counter(p -> p).start();
    hub.end(1, ZclStatus.ABORT);
    hub.query(1);
    hub.block(1, 0);
    assertThat(data(hub.answer()).fileOffset()).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aLateCopyOfABlockRequestDoesNotOpenAnUpdateAgain(boolean held) {
    Counter hub = new Counter(p -> p.with(HubParameter.SERVES_UNASKED, false)).start();
    UpgradeTime when = held ? new UpgradeTime.Held() : new UpgradeTime.Now();
    hub.input(
        new HubInput.Start(
            new Offer(Counter.device(1), Counter.IMAGE, when, 100, Optional.empty())));
    hub.query(1);
    hub.blocks(1);
    hub.end(1, ZclStatus.SUCCESS);
    Phase ended = hub.phase(1);
    hub.block(1, 1_968);
    assertThat(data(hub.answer()).fileOffset()).isEqualTo(1_968);
    assertThat(hub.effects.events).isEmpty();
    assertThat(hub.phase(1)).isEqualTo(ended);
    assertThat(hub.machine.status().transferring()).isZero();
    hub.receive(1, new ImagePageRequest(Counter.IMAGE, 0, 48, 400, 50, Optional.empty()));
    hub.pass(60_000);
    assertThat(hub.phase(1)).isEqualTo(ended);
    assertThat(hub.machine.status().transferring()).isZero();
    hub.end(1, ZclStatus.SUCCESS);
    assertThat(hub.answer()).isInstanceOf(UpgradeEndResponse.class);
  }

  @Test
  void aDeviceThatLostItsImageIsServedAgainOnceItHasQueried() {
    Counter hub = serving();
    hub.blocks(1);
    hub.end(1, ZclStatus.SUCCESS);
    hub.pass(hub.parameters.activationGraceMs());
    hub.query(1);
    assertThat(hub.phase(1)).isEqualTo(Phase.FAILED);
    hub.pass(hub.parameters.fileRetryMs());
    hub.query(1);
    hub.block(1, 0);
    data(hub.answer());
    assertThat(hub.phase(1)).isEqualTo(Phase.TRANSFERRING);
  }
}
