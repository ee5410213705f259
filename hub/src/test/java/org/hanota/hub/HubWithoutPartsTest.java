// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hanota.hub.PartsOnAir.PARTS;
import static org.hanota.hub.PartsOnAir.counter;
import static org.hanota.hub.PartsOnAir.fromWan;
import static org.hanota.hub.PartsOnAir.name;
import static org.hanota.hub.PartsOnAir.query;

import java.util.List;
import org.hanota.api.Octets;
import org.hanota.api.control.HubControl;
import org.hanota.api.control.Offer;
import org.hanota.api.control.Phase;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.ZclStatus;
import org.junit.jupiter.api.Test;

/** A hub that takes no image in several files. */
class HubWithoutPartsTest {
  /** A hub that takes no image in several files, with these files. */
  private static Counter counterWithoutParts(List<Octets> files) {
    Counter hub =
        new Counter(
            p -> p.with(HubParameter.SERVES_UNASKED, false).with(HubParameter.IMAGE_PARTS, false));
    hub.images.images().forEach(image -> hub.images.remove(image.sha256()));
    files.forEach(hub::put);
    return hub.start();
  }

  @Test
  void aHubThatTakesNoImageInPartsRefusesTheOfferOfOne() {
    Counter hub = counterWithoutParts(PARTS);
    HubControl.Answer answer = hub.machine.check(Offer.of(Counter.device(1), name(0)));
    assertThat(answer)
        .isInstanceOfSatisfying(
            HubControl.Answer.Refused.class,
            refused ->
                assertThat(refused.reason())
                    .contains("is the first of 3 files of one image", "hubImageParts"));
    query(hub, 0);
    assertThat(hub.answer())
        .isEqualTo(new QueryNextImageResponse.Refusal(ZclStatus.NO_IMAGE_AVAILABLE));
  }

  @Test
  void aHubThatTakesNoImageInPartsServesNoneUnasked() {
    Counter hub = new Counter(p -> p.with(HubParameter.IMAGE_PARTS, false));
    hub.images.images().forEach(image -> hub.images.remove(image.sha256()));
    PARTS.forEach(hub::put);
    hub.start();
    query(hub, 0);
    assertThat(hub.answer())
        .isEqualTo(new QueryNextImageResponse.Refusal(ZclStatus.NO_IMAGE_AVAILABLE));
  }

  @Test
  void aHubThatTakesNoImageInPartsDiscardsTheFirstPartFromTheWan() {
    Counter hub = counterWithoutParts(List.of());
    fromWan(hub, 0);
    assertThat(hub.effects.events(HubEvent.ImageDiscarded.class))
        .extracting(HubEvent.ImageDiscarded::reason)
        .containsExactly(
            "part 1 is the first of 3 files of one image, which this hub does not take"
                + " (hubImageParts)");
    assertThat(hub.images.images()).isEmpty();
  }

  /** A hub is started anew with a profile that has no images in several files. */
  @Test
  void anOfferOfAnImageInPartsThatWasStoredBeforeFailsByName() {
    Counter before = counter();
    before.offer(1);
    before.pass(before.parameters.gatherMs());
    Counter hub = counterWithoutParts(List.of());
    before
        .images
        .images()
        .forEach(image -> hub.images.put(image, before.images.open(image.sha256())));
    hub.port = before.transfers;
    hub.start();
    query(hub, 0);
    assertThat(hub.answer())
        .isEqualTo(new QueryNextImageResponse.Refusal(ZclStatus.NO_IMAGE_AVAILABLE));
    assertThat(hub.status(1).phase()).isEqualTo(Phase.FAILED);
    assertThat(hub.status(1).failure())
        .hasValueSatisfying(
            failure ->
                assertThat(failure.detail())
                    .contains("is the first of 3 files of one image", "hubImageParts"));
  }
}
