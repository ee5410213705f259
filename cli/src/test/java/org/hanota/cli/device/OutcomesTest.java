// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.device;

import static org.assertj.core.api.Assertions.assertThat;

import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.ImageId;
import org.hanota.api.ImageType;
import org.hanota.api.ManufacturerCode;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.machine.UpdateEvent.Failure;
import org.junit.jupiter.api.Test;

class OutcomesTest {
  private static final Eui64 DEVICE = new Eui64(1);
  private static final ImageId IMAGE =
      new ImageId(new ManufacturerCode(0x1234), new ImageType(1), new FileVersion(2));

  private final Outcomes outcomes = new Outcomes(IMAGE.fileVersion());

  private void fails(Failure how) {
    outcomes.happened(new UpdateEvent.Failed(DEVICE, IMAGE, how, "a test"));
  }

  private void queries() {
    outcomes.happened(new UpdateEvent.Querying(DEVICE, IMAGE));
  }

  @Test
  void anAbortThatOnlyAsksToBeginAnewDoesNotEndTheRun() {
    fails(Failure.ABORTED);
    assertThat(outcomes.settled()).isZero();
    queries();
    outcomes.happened(new UpdateEvent.Started(DEVICE, IMAGE, 1_000, 0));
    assertThat(outcomes.settled()).isZero();
    assertThat(outcomes.happened(new UpdateEvent.Confirmed(DEVICE, IMAGE))).isTrue();
    queries();
    assertThat(outcomes.settled()).isEqualTo(1);
    assertThat(outcomes.updated()).isEqualTo(1);
  }

  @Test
  void anAbortAfterWhichNothingIsOfferedEndsIt() {
    fails(Failure.ABORTED);
    queries();
    assertThat(outcomes.settled()).isZero();
    queries();
    assertThat(outcomes.settled()).isEqualTo(1);
    assertThat(outcomes.updated()).isZero();
  }

  @Test
  void anyOtherFailureEndsItAtOnce() {
    fails(Failure.INVALID_IMAGE);
    assertThat(outcomes.settled()).isEqualTo(1);
  }
}
