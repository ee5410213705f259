// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.hanota.api.FileVersion;
import org.hanota.api.ImageId;
import org.hanota.api.machine.UpdateEvent.Failure;
import org.hanota.api.zcl.BlockRequestOptions;
import org.hanota.api.zcl.ImageBlockRequest;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.hub.catalogue.Restrictions;
import org.hanota.hub.catalogue.StoredImage;
import org.hanota.otaformat.OtaHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How a device ended with a file is remembered; nobody downloads the same file for ever. */
class EndsTest {
  private static final long HOUR = 3_600_000;
  private static final ImageId NEXT = Counter.IMAGE.withVersion(new FileVersion(0x0102_0000L));

  private static boolean isNamed(Counter hub) {
    return hub.answer() instanceof QueryNextImageResponse.Success;
  }

  /** How often a device that asks every hour for so many days takes the image and ends so. */
  private static int downloads(Counter hub, ZclStatus status, int days) {
    int downloads = 0;
    for (int hour = 0; hour < days * 24; hour++) {
      hub.query(1);
      if (isNamed(hub)) {
        ImageId image = ((QueryNextImageResponse.Success) hub.answer()).image();
        for (long at = 0; at < Counter.FILE.length(); at += 48) {
          hub.receive(1, new ImageBlockRequest(image, at, 48, BlockRequestOptions.NONE));
        }
        hub.end(1, image, status);
        downloads++;
      }
      hub.pass(HOUR);
      if (hour % 50 == 0) {
        hub.start();
      }
    }
    return downloads;
  }

  @ParameterizedTest
  @CsvSource({
    "0x89, INSUFFICIENT_SPACE",
    "0x95, ABORTED",
    "0x01, ABORTED",
    "0x7E, REFUSED",
    "0x96, INVALID_IMAGE"
  })
  void aFileIsTriedABoundedNumberOfTimesAndItsEndIsShown(String status, Failure failure) {
    Counter hub = new Counter(p -> p).start();
    ZclStatus end = ZclStatus.of(Integer.decode(status));
    assertThat(downloads(hub, end, 30)).isEqualTo(5);
    assertThat(hub.status(1).failure())
        .hasValueSatisfying(
            last -> {
              assertThat(last.failure()).isEqualTo(failure);
              assertThat(last.detail()).contains(end.toString(), "try 5 of 5");
            });
    hub.query(2);
    assertThat(isNamed(hub)).as("others get it").isTrue();
    hub.offer(1);
    hub.query(1);
    assertThat(isNamed(hub)).as("an operator may").isTrue();
  }

  @Test
  void oneDeviceWithTwoSuitableImagesQuarantinesNeither() {
    Counter hub = new Counter(p -> p);
    hub.put(Counter.file(OtaHeader.of(NEXT)));
    hub.start();
    assertThat(downloads(hub, ZclStatus.INVALID_IMAGE, 30)).isLessThanOrEqualTo(10);
    assertThat(hub.machine.catalogue()).allMatch(image -> image.quarantined().isEmpty());
  }

  /** The second image may follow the first one alone: the first is a step on the way to it. */
  @Test
  void aStepByWayOfALowerVersionIsTakenWherePredecessorsSaySo() {
    Counter hub = new Counter(p -> p);
    follows(hub, NEXT, Counter.IMAGE);
    hub.start();
    hub.query(1);
    assertThat(hub.answer())
        .isInstanceOfSatisfying(
            QueryNextImageResponse.Success.class,
            named -> assertThat(named.image()).isEqualTo(Counter.IMAGE));
    hub.query(1, Counter.IMAGE, Optional.empty());
    hub.query(1, Counter.IMAGE, Optional.empty());
    assertThat(hub.answer())
        .isInstanceOfSatisfying(
            QueryNextImageResponse.Success.class,
            named -> assertThat(named.image()).isEqualTo(NEXT));
  }

  @Test
  void aLowerVersionIsNoSubstituteForOneThatFailed() {
    Counter hub = new Counter(p -> p);
    hub.put(Counter.file(OtaHeader.of(NEXT)));
    hub.start();
    hub.query(1);
    hub.end(1, NEXT, ZclStatus.INSUFFICIENT_SPACE);
    hub.query(1);
    assertThat(isNamed(hub)).isFalse();
  }

  static void follows(Counter hub, ImageId image, ImageId before) {
    StoredImage stored = hub.put(Counter.file(OtaHeader.of(image)));
    hub.images.remove(stored.sha256());
    hub.images.put(
        new StoredImage(
            stored.name(),
            stored.header(),
            stored.sizeOctets(),
            stored.sha256(),
            Restrictions.predecessors(Set.of(before.fileVersion()))),
        Counter.file(OtaHeader.of(image)));
  }
}
