// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.hanota.api.ImageId;
import org.hanota.api.control.HubStatus.DeviceStatus;
import org.hanota.api.control.Offer;
import org.hanota.api.control.Phase;
import org.hanota.api.machine.Peer;
import org.hanota.api.zcl.BlockRequestOptions;
import org.hanota.api.zcl.ImageBlockRequest;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.otaformat.OtaHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A device with two processors, or with two OTA clients, has two updates. */
class TwoImageTypesTest {
  private static final ImageId RADIO = ImageId.of(0x121D, 0x0091, 0x0000_0005L);
  private static final ImageId RADIO_NEXT = ImageId.of(0x121D, 0x0091, 0x0000_0006L);

  private static List<DeviceStatus> of(Counter hub, ImageId model) {
    return hub.machine.status().devices().stream()
        .filter(
            update ->
                update.running().filter(r -> r.imageType().equals(model.imageType())).isPresent())
        .toList();
  }

  private static Phase phase(Counter hub, ImageId model) {
    assertThat(of(hub, model)).hasSize(1);
    return of(hub, model).get(0).phase();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aQueryForTheSecondTypeNeitherEndsNorRefusesTheFirst(boolean isOffered) {
    Counter hub = new Counter(p -> p);
    hub.put(Counter.file(OtaHeader.of(RADIO_NEXT)));
    hub.start();
    if (isOffered) {
      hub.offer(1);
    }
    hub.query(1);
    hub.block(1, 0);
    hub.query(1, RADIO, Optional.empty());
    assertThat(hub.answer()).isInstanceOf(QueryNextImageResponse.Success.class);
    hub.receive(1, new ImageBlockRequest(RADIO_NEXT, 0, 48, BlockRequestOptions.NONE));
    assertThat(hub.answer()).isInstanceOf(ImageBlockResponse.Success.class);
    assertThat(phase(hub, Counter.BEFORE)).isEqualTo(Phase.TRANSFERRING);
    hub.blocks(1);
    hub.end(1, ZclStatus.SUCCESS);
    hub.end(1, RADIO_NEXT, ZclStatus.SUCCESS);
    assertThat(phase(hub, Counter.BEFORE)).isEqualTo(Phase.ACTIVATING);
    assertThat(phase(hub, RADIO)).isEqualTo(Phase.ACTIVATING);
    hub.restart();
    hub.pass(hub.parameters.activationGraceMs());
    hub.query(1, RADIO_NEXT, Optional.empty());
    hub.query(1, Counter.IMAGE, Optional.empty());
    assertThat(phase(hub, Counter.BEFORE)).isEqualTo(Phase.CONFIRMED);
    assertThat(phase(hub, RADIO)).isEqualTo(Phase.CONFIRMED);
    assertThat(hub.transfers.failures()).isEmpty();
  }

  @Test
  void twoClientsOnTwoEndpointsAreTwoUpdates() {
    Counter hub = new Counter(p -> p).start();
    Peer second = new Peer(Counter.device(1).address(), 2);
    hub.query(1);
    hub.query(second, Counter.BEFORE);
    hub.block(1, 0);
    hub.receive(second, new ImageBlockRequest(Counter.IMAGE, 480, 48, BlockRequestOptions.NONE));
    assertThat(hub.answer()).isInstanceOf(ImageBlockResponse.Success.class);
    assertThat(of(hub, Counter.BEFORE))
        .extracting(DeviceStatus::device)
        .containsExactly(Counter.device(1), second);
  }

  @Test
  void anOfferGoesToTheEndpointThatAsksAndNotToTheOneThatWasGuessed() {
    Counter hub = new Counter(p -> p.with(HubParameter.SERVES_UNASKED, false)).start();
    hub.offer(1);
    Peer real = new Peer(Counter.device(1).address(), 8);
    hub.query(real, Counter.BEFORE);
    assertThat(hub.answer()).isInstanceOf(QueryNextImageResponse.Success.class);
    assertThat(of(hub, Counter.BEFORE)).extracting(DeviceStatus::device).containsExactly(real);
    hub.effects.clear();
    hub.input(new HubInput.Start(Offer.of(Counter.device(1), Counter.IMAGE)));
    assertThat(hub.effects.sent).allMatch(sent -> sent.destination().equals(real)).isNotEmpty();
  }
}
