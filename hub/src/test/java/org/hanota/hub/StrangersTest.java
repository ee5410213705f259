// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.control.HubStatus;
import org.hanota.api.control.Phase;
import org.hanota.api.zcl.DefaultResponse;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.ZclStatus;
import org.junit.jupiter.api.Test;

/** Addresses that speak once and never again do not stay. */
class StrangersTest {
  private static final int PLACES = 10;

  private static Counter hub() {
    return new Counter(
            p ->
                p.with(HubParameter.MAXIMUM_DEVICES, PLACES)
                    .with(HubParameter.SERVES_UNASKED, false))
        .start();
  }

  @Test
  void addressesThatAskOnceDoNotFillTheHub() {
    Counter hub = hub();
    for (int device = 0; device < 200; device++) {
      hub.query(device);
    }
    hub.pass(hub.parameters.gatherMs());
    assertThat(hub.machine.status().knownDevices()).isEqualTo(PLACES);
    assertThat(hub.transfers.records()).hasSize(PLACES);
    assertThat(hub.machine.status().devices())
        .extracting(HubStatus.DeviceStatus::device)
        .contains(Counter.device(199), Counter.device(190));
  }

  @Test
  void aDeviceWithAnUpdateIsNotForgottenForStrangers() {
    Counter hub = hub();
    hub.offer(1);
    hub.query(1);
    hub.block(1, 0);
    for (int device = 10; device < 100; device++) {
      hub.query(device);
    }
    assertThat(hub.phase(1)).isEqualTo(Phase.TRANSFERRING);
    hub.start();
    assertThat(hub.status(1).image()).contains(Counter.IMAGE);
  }

  @Test
  void aDeviceWhoseUpdateEndedStaysLongerThanOneThatNeverHadOne() {
    Counter hub = hub();
    hub.offer(1);
    hub.query(1);
    hub.blocks(1);
    hub.end(1, ZclStatus.INVALID_IMAGE);
    for (int device = 10; device < 100; device++) {
      hub.query(device);
    }
    assertThat(hub.phase(1)).isEqualTo(Phase.FAILED);
  }

  @Test
  void whereEveryPlaceHasAnUpdateANewDeviceIsRefusedAndToldOf() {
    Counter hub = hub();
    for (int device = 0; device < PLACES; device++) {
      hub.offer(device);
    }
    hub.query(77);
    assertThat(hub.answer())
        .isEqualTo(new QueryNextImageResponse.Refusal(ZclStatus.NO_IMAGE_AVAILABLE));
    assertThat(hub.effects.events(HubEvent.DevicesFull.class))
        .containsExactly(new HubEvent.DevicesFull(Counter.device(77).address(), PLACES));
    hub.block(77, 0);
    assertThat(hub.answer())
        .isInstanceOfSatisfying(
            DefaultResponse.class,
            answer -> assertThat(answer.status()).isEqualTo(ZclStatus.NO_IMAGE_AVAILABLE));
    hub.offer(78);
    assertThat(hub.phase(78)).isEqualTo(Phase.QUEUED);
  }

  @Test
  void whoIsSilentForLongIsForgottenAndComesAgainAsNew() {
    Counter hub = hub();
    hub.query(1);
    hub.pass(hub.parameters.forgetDeviceMs() - 1);
    hub.query(2);
    hub.pass(1);
    assertThat(hub.machine.status().devices())
        .extracting(HubStatus.DeviceStatus::device)
        .containsExactly(Counter.device(2));
    hub.pass(hub.parameters.gatherMs());
    assertThat(hub.transfers.records()).hasSize(1);
    hub.query(1, Counter.IMAGE, Optional.empty());
    assertThat(hub.status(1).running()).contains(Counter.IMAGE);
    hub.pass(hub.parameters.gatherMs());
    assertThat(hub.transfers.records()).hasSize(2);
  }

  @Test
  void aRestartDoesNotKeepStrangersForEver() {
    Counter hub = hub();
    hub.query(1);
    hub.restart();
    hub.pass(hub.parameters.forgetDeviceMs());
    assertThat(hub.machine.status().devices()).isEmpty();
    assertThat(hub.restart().machine.status().devices()).isEmpty();
  }

  @Test
  void aStatusOfManyDevicesComesInPages() {
    Counter hub = hub();
    for (int device = 0; device < PLACES; device++) {
      hub.query(device);
    }
    Optional<Eui64> from = Optional.of(new Eui64(0));
    int seen = 0;
    int pages = 0;
    while (from.isPresent()) {
      HubStatus page = hub.machine.status(new HubStatus.Page(from.get(), 4));
      assertThat(page.devices().get(0).device()).isEqualTo(Counter.device(seen));
      seen += page.devices().size();
      pages++;
      from = page.next();
    }
    assertThat(seen).isEqualTo(PLACES);
    assertThat(pages).isEqualTo(3);
  }
}
