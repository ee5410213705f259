// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Optional;
import org.hanota.api.HardwareVersion;
import org.hanota.api.Octets;
import org.hanota.api.control.HubControl.Answer;
import org.hanota.api.control.Offer;
import org.hanota.api.control.Phase;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.hub.catalogue.StoredImage;
import org.hanota.otaformat.HardwareVersionRange;
import org.hanota.otaformat.OtaHeader;
import org.junit.jupiter.api.Test;

/** An image that several devices refuse is offered no more; no single device brings that about. */
class QuarantineTest {
  private static final QueryNextImageResponse NONE =
      new QueryNextImageResponse.Refusal(ZclStatus.NO_IMAGE_AVAILABLE);

  /** A device takes the whole image and refuses it. */
  private static void refuse(Counter hub, int device) {
    hub.query(device);
    hub.blocks(device);
    hub.end(device, ZclStatus.INVALID_IMAGE);
    assertThat(hub.phase(device)).isEqualTo(Phase.FAILED);
  }

  private static Counter quarantined() {
    Counter hub = new Counter(p -> p).start();
    for (int device = 1; device <= 3; device++) {
      refuse(hub, device);
    }
    assertThat(hub.effects.events(HubEvent.Quarantined.class)).hasSize(1);
    return hub;
  }

  @Test
  void afterThreeRefusalsAnImageIsQuarantined() {
    Counter hub = quarantined();
    hub.query(4);
    assertThat(hub.answer()).isEqualTo(NONE);
    assertThat(hub.machine.check(Offer.of(Counter.device(4), Counter.IMAGE)))
        .isInstanceOfSatisfying(
            Answer.Refused.class,
            refused -> assertThat(refused.reason()).contains("is quarantined", "put in again"));
    hub.restart();
    hub.query(4);
    assertThat(hub.answer()).isEqualTo(NONE);
    assertThat(hub.machine.catalogue().get(0).quarantined()).isPresent();
  }

  /** What swarm seed 79899 found: the power may go before anybody hears of it. */
  @Test
  void aStartNamesWhatIsQuarantined() {
    Counter hub = quarantined();
    Octets file = hub.images.images().get(0).sha256();
    hub.effects.clear();
    hub.restart();
    assertThat(hub.effects.events(HubEvent.Quarantined.class))
        .extracting(HubEvent.Quarantined::sha256, HubEvent.Quarantined::failures)
        .containsExactly(tuple(file, 3));
    hub.images.remove(file);
    hub.effects.clear();
    hub.restart();
    assertThat(hub.effects.events(HubEvent.Quarantined.class)).isEmpty();
  }

  @Test
  void anImageThatIsTakenOutAndPutInAgainIsNotQuarantined() {
    Counter hub = quarantined();
    hub.images.remove(hub.images.images().get(0).sha256());
    hub.input(new HubInput.ImagesChanged());
    hub.put(Counter.FILE);
    hub.input(new HubInput.ImagesChanged());
    assertThat(hub.transfers.failures().values()).allMatch(count -> count == 0);
    hub.query(4);
    assertThat(hub.answer()).isInstanceOf(QueryNextImageResponse.Success.class);
  }

  @Test
  void aDeviceThatRefusesWhatItDidNotTakeCountsForNothing() {
    Counter hub = new Counter(p -> p).start();
    for (int device = 1; device <= 3; device++) {
      hub.query(device);
      hub.block(device, 0);
      hub.end(device, ZclStatus.INVALID_IMAGE);
    }
    assertThat(hub.transfers.failures()).isEmpty();
  }

  @Test
  void oneDeviceCountsOnceHoweverOftenItRefusesAlsoAfterARestart() {
    Counter hub = new Counter(p -> p).start();
    for (int i = 0; i < hub.parameters.fileTries(); i++) {
      refuse(hub, 1);
      hub.restart();
      hub.pass(hub.parameters.fileRetryMs() << i);
    }
    assertThat(hub.transfers.failures().values()).containsExactly(1);
    hub.query(1);
    assertThat(hub.answer()).as("it is not tried for ever").isEqualTo(NONE);
    hub.query(2);
    assertThat(hub.answer()).isInstanceOf(QueryNextImageResponse.Success.class);
    hub.offer(1);
    hub.query(1);
    assertThat(hub.answer()).isInstanceOf(QueryNextImageResponse.Success.class);
  }

  /** Two files of one name, each for other hardware; the second is for what runs. */
  @Test
  void ofTwoFilesOfOneNameTheOneThatFitsIsServedAndBlamed() {
    Counter hub = new Counter(p -> p);
    hub.images.remove(hub.images.images().get(0).sha256());
    for (int hardware : new int[] {0x0100, 0x0200}) {
      hub.put(
          Counter.file(
              OtaHeader.of(Counter.IMAGE)
                  .withHardwareVersions(HardwareVersionRange.of(hardware, hardware + 0xFF))));
    }
    List<StoredImage> files = hub.images.images();
    StoredImage second = files.get(1);
    Optional<HardwareVersion> version =
        second.header().hardwareVersions().map(HardwareVersionRange::minimum);
    hub.start();
    hub.query(1, Counter.BEFORE, version);
    hub.block(1, 0);
    hub.start();
    hub.block(1, 48);
    assertThat(hub.answer()).isInstanceOf(ImageBlockResponse.Success.class);
    for (long at = 0; at < second.sizeOctets(); at += 48) {
      hub.block(1, at);
    }
    hub.end(1, ZclStatus.INVALID_IMAGE);
    hub.restart();
    assertThat(hub.transfers.failures()).containsOnlyKeys(second.sha256());
    assertThat(hub.machine.check(Offer.of(Counter.device(1), Counter.IMAGE)))
        .isInstanceOf(Answer.Accepted.class);
  }
}
