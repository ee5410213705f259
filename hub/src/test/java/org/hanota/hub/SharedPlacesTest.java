// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.OptionalInt;
import org.hanota.api.zcl.BlockRequestOptions;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.api.zcl.ImagePageRequest;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.ZclStatus;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What all devices share, no device keeps. [attacks 8, 9] */
class SharedPlacesTest {
  private static boolean isServed(Counter hub) {
    return hub.answer() instanceof ImageBlockResponse.Success;
  }

  @Test
  @DisplayName("attack 8: a page with the largest spacing does not keep the one page place")
  void aPageWithTheLargestSpacingDoesNotKeepTheOnePagePlace() {
    Counter hub = new Counter(p -> p).start();
    hub.query(1);
    hub.query(2);
    hub.receive(1, new ImagePageRequest(Counter.IMAGE, 0, 1, 65_535, 65_535, Optional.empty()));
    assertThat(isServed(hub)).as("a spacing of more than a minute").isFalse();
    int spacing = hub.parameters.pageSpacingMaximumMs();
    hub.receive(1, new ImagePageRequest(Counter.IMAGE, 0, 1, 65_535, spacing, Optional.empty()));
    assertThat(isServed(hub)).isTrue();
    for (int minute = 0; minute < 3; minute++) {
      hub.pass(60_000);
      hub.block(1, minute * 48L);
    }
    hub.receive(2, new ImagePageRequest(Counter.IMAGE, 0, 48, 480, 50, Optional.empty()));
    assertThat(isServed(hub)).isTrue();
  }

  @Test
  @DisplayName("attack 8: devices that ask for the first octet for ever hold no place")
  void devicesThatAskForTheFirstOctetForEverHoldNoPlace() {
    Counter hub = new Counter(p -> p.with(HubParameter.CONCURRENT_TRANSFERS, 64)).start();
    int honest = 100;
    for (int device = 1; device <= 64; device++) {
      hub.query(device);
      hub.block(device, 0);
    }
    hub.query(honest);
    int served = 0;
    for (int minute = 0; minute < 60; minute++) {
      for (int device = 1; device <= 64; device++) {
        if (minute % 2 == 0) {
          hub.query(device);
        }
        hub.block(device, 0);
      }
      hub.block(honest, served * 48L);
      if (isServed(hub)) {
        served++;
      }
      hub.pass(60_000);
    }
    assertThat(served).isGreaterThan(20);
  }

  /** Nine frames of three addresses: each asks, takes the last octets, and ends. */
  @Test
  void whoDidNotTakeTheWholeFileIsNoWitnessAgainstIt() {
    Counter hub = new Counter(p -> p).start();
    for (int device = 1; device <= 3; device++) {
      hub.query(device);
      hub.block(device, Counter.FILE.length() - 10);
      hub.end(device, ZclStatus.INVALID_IMAGE);
    }
    hub.query(4);
    assertThat(hub.answer()).isInstanceOf(QueryNextImageResponse.Success.class);
  }

  @Test
  void aDeviceThatTookNothingDoesNotClearAnImageByRunningIt() {
    Counter hub = new Counter(p -> p).start();
    for (int device = 1; device <= 2; device++) {
      hub.query(device);
      hub.blocks(device);
      hub.end(device, ZclStatus.INVALID_IMAGE);
    }
    hub.query(9);
    hub.query(9, Counter.IMAGE, Optional.empty());
    hub.query(3);
    hub.blocks(3);
    hub.end(3, ZclStatus.INVALID_IMAGE);
    hub.query(4);
    assertThat(hub.answer()).isInstanceOf(QueryNextImageResponse.Refusal.class);
  }

  private static BlockRequestOptions says(int period) {
    return new BlockRequestOptions(Optional.empty(), OptionalInt.of(period));
  }

  @Test
  void aPaceThatAnotherHubGaveIsTakenBackByAHubWithout() {
    Counter hub = new Counter(p -> p).start();
    hub.query(1);
    hub.block(1, 0, 48, says(65_535));
    assertThat(hub.answer())
        .isInstanceOfSatisfying(
            ImageBlockResponse.WaitForData.class,
            wait -> assertThat(wait.minimumBlockPeriod()).hasValue(0));
  }

  @Test
  void aDeviceThatKeepsItsOwnPaceIsServedAllTheSame() {
    Counter hub = new Counter(p -> p).start();
    hub.query(1);
    int asked = 0;
    do {
      hub.block(1, 0, 48, says(500));
      asked++;
    } while (!isServed(hub) && asked < 20);
    assertThat(asked).isBetween(2, 4);
    hub.block(1, 48, 48, says(500));
    assertThat(isServed(hub)).isTrue();
  }
}
