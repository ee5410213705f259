// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hanota.hub.PartsOnAir.PARTS;
import static org.hanota.hub.PartsOnAir.block;
import static org.hanota.hub.PartsOnAir.counter;
import static org.hanota.hub.PartsOnAir.end;
import static org.hanota.hub.PartsOnAir.fromWan;
import static org.hanota.hub.PartsOnAir.isOffered;
import static org.hanota.hub.PartsOnAir.name;
import static org.hanota.hub.PartsOnAir.query;
import static org.hanota.hub.PartsOnAir.take;

import java.util.Optional;
import org.hanota.api.ImageId;
import org.hanota.api.control.Phase;
import org.hanota.api.machine.ToWan;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.zcl.DefaultResponse;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.api.zcl.ImageNotify;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.UpgradeEndRequest;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.otaformat.OtaHeader;
import org.junit.jupiter.api.Test;

/** A hub whose devices take an image in several files. */
class HubPartsTest {
  @Test
  void allPartsBelongToOneUpdateAndOnlyTheLastIsToldWhen() {
    assertThat(PARTS).hasSize(3);
    Counter hub = counter();
    hub.offer(1);
    for (int part = 0; part < 3; part++) {
      query(hub, part);
      isOffered(hub, part);
      take(hub, part);
      assertThat(hub.status(1).running()).contains(Counter.BEFORE);
      assertThat(hub.status(1).image()).contains(name(part));
      end(hub, part, part < 2 ? ZclStatus.REQUIRE_MORE_IMAGE : ZclStatus.SUCCESS);
      if (part < 2) {
        // The endpoint answers with a default response.
        assertThat(hub.effects.sent).isEmpty();
        assertThat(hub.effects.events(UpdateEvent.PartReceived.class))
            .containsExactly(
                new UpdateEvent.PartReceived(
                    Counter.device(1).address(), name(part), name(part + 1)));
      }
    }
    assertThat(hub.answer())
        .isInstanceOfSatisfying(
            UpgradeEndResponse.class, end -> assertThat(end.image()).isEqualTo(name(2)));
    assertThat(hub.phase(1)).isEqualTo(Phase.ACTIVATING);
    hub.query(1, Counter.IMAGE, Optional.empty());
    assertThat(hub.phase(1)).isEqualTo(Phase.CONFIRMED);
  }

  @Test
  void anEndThatComesAgainChangesNothing() {
    Counter hub = counter();
    hub.offer(1);
    query(hub, 0);
    take(hub, 0);
    end(hub, 0, ZclStatus.REQUIRE_MORE_IMAGE);
    end(hub, 0, ZclStatus.REQUIRE_MORE_IMAGE);
    assertThat(hub.effects.sent).isEmpty();
    query(hub, 1);
    isOffered(hub, 1);
    query(hub, 1);
    isOffered(hub, 1);
  }

  @Test
  void aRestartBetweenPartsAndInOneIsNoHindrance() {
    Counter hub = counter();
    hub.offer(1);
    query(hub, 0);
    take(hub, 0);
    end(hub, 0, ZclStatus.REQUIRE_MORE_IMAGE);
    hub.start();
    query(hub, 1);
    isOffered(hub, 1);
    block(hub, 1, 0);
    hub.start();
    take(hub, 1);
    hub.start();
    end(hub, 1, ZclStatus.REQUIRE_MORE_IMAGE);
    query(hub, 2);
    take(hub, 2);
    hub.start();
    end(hub, 2, ZclStatus.SUCCESS);
    assertThat(hub.phase(1)).isEqualTo(Phase.ACTIVATING);
  }

  @Test
  void aRestartInTheMiddleOfALaterPartIsNoHindranceEither() {
    Counter hub = counter();
    hub.offer(1);
    query(hub, 0);
    take(hub, 0);
    end(hub, 0, ZclStatus.REQUIRE_MORE_IMAGE);
    query(hub, 1);
    isOffered(hub, 1);
    block(hub, 1, 0);
    assertThat(hub.answer()).isInstanceOf(ImageBlockResponse.Success.class);
    hub.start();
    block(hub, 1, 48);
    assertThat(hub.answer()).isInstanceOf(ImageBlockResponse.Success.class);
  }

  @Test
  void aQueryForTheNextPartTellsAHubThatMissedTheEndOfTheOneBefore() {
    Counter hub = counter();
    hub.offer(1);
    query(hub, 0);
    take(hub, 0);
    query(hub, 1);
    isOffered(hub, 1);
    assertThat(hub.status(1).running()).contains(Counter.BEFORE);
  }

  /** All parts; the end of the last one is not heard, and the device queries beside. */
  private static Counter untoldEnd() {
    Counter hub = counter();
    hub.offer(1);
    for (int part = 0; part < 3; part++) {
      query(hub, part);
      take(hub, part);
      if (part < 2) {
        end(hub, part, ZclStatus.REQUIRE_MORE_IMAGE);
      }
    }
    query(hub, 0);
    return hub;
  }

  @Test
  void theEndOfTheLastPartCountsAlsoAfterAQueryForTheFirst() {
    Counter hub = untoldEnd();
    isOffered(hub, 0);
    end(hub, 2, ZclStatus.SUCCESS);
    assertThat(hub.answer())
        .isInstanceOfSatisfying(
            UpgradeEndResponse.class, end -> assertThat(end.image()).isEqualTo(name(2)));
    assertThat(hub.phase(1)).isEqualTo(Phase.ACTIVATING);
    hub.start();
    hub.query(1, Counter.IMAGE, Optional.empty());
    assertThat(hub.phase(1)).isEqualTo(Phase.CONFIRMED);
  }

  @Test
  void theEndOfTheLastPartIsAnsweredAbortAlsoAfterAQueryForTheFirst() {
    Counter hub = untoldEnd();
    hub.input(new HubInput.Abort(Counter.device(1).address(), "tester: a test"));
    end(hub, 2, ZclStatus.SUCCESS);
    assertThat(hub.answer())
        .isInstanceOfSatisfying(
            DefaultResponse.class,
            answer -> assertThat(answer.status()).isEqualTo(ZclStatus.ABORT));
  }

  @Test
  void aDeviceOfTheNextImageTypeIsNotTakenForOneThatWantsAPart() {
    Counter hub = counter();
    hub.offer(1);
    query(hub, 1);
    assertThat(hub.answer())
        .isEqualTo(new QueryNextImageResponse.Refusal(ZclStatus.NO_IMAGE_AVAILABLE));
    assertThat(hub.phase(1)).isEqualTo(Phase.NOTIFIED);
  }

  @Test
  void aDeviceThatBeginsAnewIsServedItsFirstPart() {
    Counter hub = counter();
    hub.offer(1);
    query(hub, 0);
    take(hub, 0);
    end(hub, 0, ZclStatus.REQUIRE_MORE_IMAGE);
    query(hub, 0);
    isOffered(hub, 0);
    take(hub, 0);
    end(hub, 0, ZclStatus.REQUIRE_MORE_IMAGE);
    query(hub, 1);
    isOffered(hub, 1);
  }

  /** Else a device could make the hub serve it the image of the model whose type comes next. */
  @Test
  void aFileWithoutManifestHasNoNextOne() {
    Counter hub = new Counter(p -> p.with(HubParameter.SERVES_UNASKED, false)).start();
    ImageId next = ImageId.of(0x121D, 0x0081, Counter.IMAGE.fileVersion().value());
    hub.put(Counter.file(OtaHeader.of(next)));
    hub.start();
    hub.offer(1);
    hub.query(1);
    hub.block(1, 0);
    hub.end(1, ZclStatus.REQUIRE_MORE_IMAGE);
    assertThat(hub.effects.events(UpdateEvent.PartReceived.class)).isEmpty();
    hub.query(1, next.withVersion(Counter.BEFORE.fileVersion()), Optional.empty());
    assertThat(hub.answer())
        .isEqualTo(new QueryNextImageResponse.Refusal(ZclStatus.NO_IMAGE_AVAILABLE));
  }

  @Test
  void theLastPartHasNoNextOne() {
    Counter hub = counter();
    hub.offer(1);
    for (int part = 0; part < 3; part++) {
      query(hub, part);
      take(hub, part);
      end(hub, part, ZclStatus.REQUIRE_MORE_IMAGE);
    }
    assertThat(hub.effects.events(UpdateEvent.PartReceived.class)).isEmpty();
    assertThat(hub.status(1).image()).contains(name(2));
  }

  /** One slot: each part takes the place of the one before, once that has been taken. */
  @Test
  void partsFromTheWanShareOneSlotAndFollowEachOther() {
    Counter hub = new Counter(p -> p.with(HubParameter.SERVES_UNASKED, false));
    hub.images.images().forEach(image -> hub.images.remove(image.sha256()));
    hub.start();
    fromWan(hub, 0);
    query(hub, 0);
    isOffered(hub, 0);
    take(hub, 0);
    fromWan(hub, 1);
    assertThat(hub.effects.events(HubEvent.ImageDiscarded.class))
        .extracting(HubEvent.ImageDiscarded::reason)
        .containsExactly("a device has not taken the part before it");
    end(hub, 0, ZclStatus.REQUIRE_MORE_IMAGE);
    ToWan.PartWanted wanted = new ToWan.PartWanted(Counter.device(1).address(), name(1));
    assertThat(hub.effects.toWan).containsExactly(wanted);
    query(hub, 1);
    assertThat(hub.answer())
        .isEqualTo(new QueryNextImageResponse.Refusal(ZclStatus.NO_IMAGE_AVAILABLE));
    // Asked for again, in case that the first word was lost.
    assertThat(hub.effects.toWan).containsExactly(wanted);
    fromWan(hub, 1);
    assertThat(hub.images.images())
        .extracting(stored -> stored.header().image())
        .containsExactly(name(1));
    assertThat(hub.answer()).isEqualTo(ImageNotify.of(name(1)));
    query(hub, 1);
    isOffered(hub, 1);
    take(hub, 1);
    end(hub, 1, ZclStatus.REQUIRE_MORE_IMAGE);
    fromWan(hub, 2);
    query(hub, 2);
    take(hub, 2);
    end(hub, 2, ZclStatus.SUCCESS);
    assertThat(hub.phase(1)).isEqualTo(Phase.ACTIVATING);
    assertThat(hub.images.images()).hasSize(1);
  }

  @Test
  void anEndOfAFileThatTheHubNeverHadIsAnsweredAndForgotten() {
    Counter hub = counter();
    hub.receive(1, new UpgradeEndRequest(ZclStatus.REQUIRE_MORE_IMAGE, name(1)));
    assertThat(hub.answer())
        .isInstanceOfSatisfying(
            DefaultResponse.class,
            answer -> assertThat(answer.status()).isEqualTo(ZclStatus.SUCCESS));
  }
}
