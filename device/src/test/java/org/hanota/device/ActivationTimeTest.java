// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hanota.device.CommandedDesk.FILE;
import static org.hanota.device.CommandedDesk.OCTETS;
import static org.hanota.device.CommandedDesk.messages;
import static org.hanota.device.CommandedDesk.messagesAfterRestart;
import static org.hanota.device.CommandedDesk.outcome;
import static org.hanota.device.CommandedDesk.receive;
import static org.hanota.device.CommandedDesk.waiting;

import java.time.Instant;
import java.util.List;
import java.util.stream.LongStream;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.ZigBeeTime;
import org.hanota.api.machine.Delivery;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.zcl.ImageBlockRequest;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.UpgradeEndRequest;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.device.bank.Journal;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.field.GeneralizedTime;
import org.hanota.gbcs.payload.ActivateFirmware;
import org.hanota.gbcs.payload.ActivateFirmware.ActivateImageResponseCode;
import org.hanota.gbcs.payload.ActivateFirmware.Activation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When an image runs that is for later, whatever clocks, restarts and strangers do. */
@Timeout(60)
class ActivationTimeTest {
  private static final Octets HASH = FILE.manufacturerImageHash();
  private static final long DAY = 24 * 3_600_000L;

  private long counter = 5_000;

  private void order(Desk desk, Activation activation) {
    receive(desk, new Order(Order.Defect.NONE, ++counter, HASH, activation).octets());
  }

  private static Activation at(long utcMillis) {
    return new Activation.At(GeneralizedTime.ofUtcMillis(utcMillis));
  }

  private static Activation in(Desk desk, long millis) {
    return at(Desk.UTC_MILLIS + desk.nanos / 1_000_000 + millis);
  }

  private static Desk knowingNoImage() {
    return CommandedDesk.of(DeviceType.ESME).querying();
  }

  /** From the offer to the verification; the device asked just now. */
  private static void load(Desk desk, Octets octets) {
    desk.receive(new QueryNextImageResponse.Success(Desk.IMAGE, octets.length()));
    desk.work();
    while (desk.machine.state() == DeviceState.DOWNLOADING) {
      ImageBlockRequest request =
          desk.effects.messages(ImageBlockRequest.class).stream()
              .reduce((a, b) -> b)
              .orElseThrow(AssertionError::new);
      int length =
          (int) Math.min(request.maximumDataSize(), octets.length() - request.fileOffset());
      desk.receive(
          new ImageBlockResponse.Success(
              Desk.IMAGE, request.fileOffset(), octets.slice((int) request.fileOffset(), length)));
    }
  }

  private static void serverFoundAfterRestart(Desk desk) {
    desk.start();
    desk.work();
    desk.input(new Input.ServerFound(Desk.HUB));
  }

  @Test
  void aTimeThatTheClockDoesNotKnowYetIsWaitedForAndNeverTooEarly() {
    Desk desk = waiting(DeviceType.ESME);
    messages(desk);
    long at = Desk.UTC_MILLIS + desk.nanos / 1_000_000 + 7_200_000;
    desk.knowsUtc = false;
    order(desk, at(at));
    desk.pass(3_600_000);
    assertThat(desk.machine.state()).isEqualTo(DeviceState.COUNTING_DOWN);
    desk.start();
    desk.work();
    desk.pass(1_800_000);
    assertThat(desk.effects.events).noneMatch(UpdateEvent.Activating.class::isInstance);
    desk.knowsUtc = true;
    desk.pass(1_790_000);
    assertThat(desk.machine.state()).isEqualTo(DeviceState.COUNTING_DOWN);
    desk.pass(10_000);
    assertThat(desk.machine.state()).isEqualTo(DeviceState.SWAPPING);
  }

  @Test
  void aClockThatIsSetBackDoesNotBringTheTimeForward() {
    Desk desk = waiting(DeviceType.ESME);
    messages(desk);
    long at = Desk.UTC_MILLIS + desk.nanos / 1_000_000 + 3_600_000;
    order(desk, at(at));
    desk.utcShiftMillis = -1_800_000;
    desk.pass(3_700_000);
    assertThat(desk.machine.state()).isEqualTo(DeviceState.COUNTING_DOWN);
    desk.pass(1_700_000);
    assertThat(desk.machine.state()).isEqualTo(DeviceState.SWAPPING);
  }

  @Test
  void aClockThatIsSetForwardBringsTheTimeForward() {
    Desk desk = waiting(DeviceType.ESME);
    desk.utcShiftMillis = -9_000 * DAY;
    order(desk, in(desk, 7_200_000));
    desk.pass(600_000);
    desk.utcShiftMillis = 0;
    desk.pass(6_500_000);
    assertThat(desk.machine.state()).isEqualTo(DeviceState.COUNTING_DOWN);
    desk.pass(100_000);
    assertThat(desk.machine.state()).isEqualTo(DeviceState.SWAPPING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2136-02-07T06:28:20Z", "2200-01-01T00:00:00Z", "9999-12-31T00:00:00Z"})
  void noTimeIsTooFarAway(String time) {
    long utc = Instant.parse(time).toEpochMilli();
    Desk desk = waiting(DeviceType.ESME);
    order(desk, at(utc));
    serverFoundAfterRestart(desk);
    desk.pass(30 * DAY);
    assertThat(desk.machine.state()).isEqualTo(DeviceState.COUNTING_DOWN);
    order(desk, new Activation.Now());
    assertThat(desk.machine.state()).isEqualTo(DeviceState.SWAPPING);
    Desk without = knowingNoImage();
    order(without, at(utc));
    without.pass(DAY);
    serverFoundAfterRestart(without);
    without.pass(DAY);
    assertThat(without.bank.journal().activation()).isPresent();
  }

  @Test
  void aServerThatSetsATimeBeyondItsOwnClockDoesNotStopTheDevice() {
    Desk desk = Desk.of(DeviceType.PPMID).ending();
    desk.receive(new UpgradeEndResponse(Desk.IMAGE, ZigBeeTime.ZERO, new ZigBeeTime(0xFFFF_FFFEL)));
    assertThat(desk.machine.state()).isEqualTo(DeviceState.COUNTING_DOWN);
    serverFoundAfterRestart(desk);
    desk.receive(new UpgradeEndResponse(Desk.IMAGE, ZigBeeTime.ZERO, ZigBeeTime.ZERO));
    assertThat(desk.machine.state()).isEqualTo(DeviceState.SWAPPING);
  }

  @Test
  void whatHasBegunIsNotCalledOffAndWhoTriesGetsNoAnswerThatSaysSo() {
    Desk desk = waiting(DeviceType.ESME);
    messages(desk);
    desk.effects.clear();
    order(desk, new Activation.Now());
    assertThat(desk.machine.state()).isEqualTo(DeviceState.SWAPPING);
    order(desk, new Activation.Cancel());
    assertThat(desk.effects.events(DeviceEvent.CommandIgnored.class)).hasSize(1);
    List<Message> messages = messagesAfterRestart(desk);
    assertThat(desk.machine.runningImage()).isEqualTo(Desk.IMAGE);
    assertThat(messages)
        .singleElement()
        .satisfies(
            message ->
                assertThat(outcome(message).activateImageResponseCode())
                    .isEqualTo(ActivateImageResponseCode.SUCCESS));
    // It was not taken, so it may come again, and is answered now.
    desk.effects.clear();
    receive(desk, new Order(Order.Defect.NONE, counter, HASH, new Activation.Cancel()).octets());
    assertThat(messages(desk).get(0).payload())
        .isInstanceOf(ActivateFirmware.CommandAccepted.class);
  }

  @Test
  void aTimeSetWhileARefusedImageIsReportedFindsNoImage() {
    Desk desk = knowingNoImage();
    byte[] bad = OCTETS.toByteArray();
    bad[300] ^= 1;
    load(desk, Octets.wrap(bad));
    desk.work();
    assertThat(desk.machine.state()).isEqualTo(DeviceState.ENDING);
    order(desk, in(desk, 5_000));
    assertThat(desk.machine.state()).isEqualTo(DeviceState.ENDING);
    desk.endNoted();
    desk.pass(10_000);
    assertThat(messages(desk)).extracting(Message::payload).anySatisfy(this::findsNoImage);
    assertThat(desk.bank.journal().activation()).isEmpty();
  }

  private void findsNoImage(Object payload) {
    assertThat(payload)
        .isInstanceOfSatisfying(
            ActivateFirmware.Alert.class,
            alert ->
                assertThat(alert.executionOutcome().activateImageResponseCode())
                    .isEqualTo(ActivateImageResponseCode.NO_IMAGE_HELD));
  }

  @Test
  void aTimeThatPassesDuringAVerificationIsNotForgottenAndActivatesNoLaterImage() {
    Desk desk = knowingNoImage();
    order(desk, in(desk, 2_000));
    byte[] bad = OCTETS.toByteArray();
    bad[300] ^= 1;
    load(desk, Octets.wrap(bad));
    desk.pass(5_000);
    assertThat(desk.machine.state()).isEqualTo(DeviceState.VERIFYING);
    desk.work();
    desk.pass(DAY);
    assertThat(messages(desk)).extracting(Message::payload).anySatisfy(this::findsNoImage);
    desk.input(new DeviceInput.QueryNow());
    load(desk, OCTETS);
    desk.work();
    desk.pass(DAY);
    assertThat(desk.machine.runningImage().fileVersion()).isEqualTo(Desk.BEFORE);
  }

  @Test
  void aTimeFromTheServerIsKeptOverARestartWithoutClockAndServer() {
    Desk desk = Desk.of(DeviceType.PPMID).ending();
    desk.receive(
        new UpgradeEndResponse(Desk.IMAGE, ZigBeeTime.ZERO, new ZigBeeTime(7 * DAY / 1_000)));
    desk.pass(3_600_000);
    desk.knowsUtc = false;
    desk.start();
    desk.work();
    desk.pass(600_000);
    desk.knowsUtc = true;
    desk.pass(7 * DAY - 4_200_000 - 1_000);
    assertThat(desk.effects.events(UpdateEvent.Activating.class)).isEmpty();
    desk.pass(1_000);
    assertThat(desk.machine.state()).isEqualTo(DeviceState.SWAPPING);
  }

  @Test
  void aServerIsToldThatTheImageIsThereThoughItsTimeWasSetBefore() {
    Desk desk = knowingNoImage();
    order(desk, in(desk, 30 * DAY));
    load(desk, OCTETS);
    desk.work();
    assertThat(desk.machine.state()).isEqualTo(DeviceState.ENDING);
    // Nobody answers: it says so again, an hour later and one more.
    desk.pass(29 * DAY);
    assertThat(desk.effects.messages(UpgradeEndRequest.class))
        .hasSizeGreaterThan(desk.config.parameters().endRequestTries());
    assertThat(desk.machine.state()).isEqualTo(DeviceState.COUNTING_DOWN);
    desk.pass(DAY);
    assertThat(desk.machine.state()).isEqualTo(DeviceState.SWAPPING);
  }

  @Test
  void aDeviceThatCountsDownAfterARestartStillAnswersItsHub() {
    Desk desk = waiting(DeviceType.ESME);
    messages(desk);
    order(desk, in(desk, 60 * DAY));
    desk.start();
    desk.work();
    // The hub is away at first.
    desk.pass(2 * DAY);
    assertThat(desk.machine.state()).isEqualTo(DeviceState.COUNTING_DOWN);
    assertThat(desk.effects.discoveries).isPositive();
    desk.input(new Input.ServerFound(Desk.HUB));
    assertThat(messages(desk).get(0).payload())
        .isInstanceOf(ActivateFirmware.CommandAccepted.class);
  }

  @Test
  void aHubThatGaveTheUpdateUpDoesNotUndoASignedCommand() {
    Desk desk = waiting(DeviceType.ESME);
    messages(desk);
    order(desk, in(desk, 30 * DAY));
    desk.pass(8 * DAY);
    serverFoundAfterRestart(desk);
    // A hub waits a week for an image to be told to run, and knows nothing of what CS06 says.
    desk.endAnswered(ZclStatus.ABORT);
    assertThat(desk.effects.events(UpdateEvent.Failed.class)).isEmpty();
    assertThat(desk.machine.state()).isEqualTo(DeviceState.COUNTING_DOWN);
    desk.pass(22 * DAY - 60_000);
    assertThat(desk.machine.state()).isEqualTo(DeviceState.COUNTING_DOWN);
    desk.pass(60_000);
    assertThat(desk.machine.state()).isEqualTo(DeviceState.SWAPPING);
  }

  @Test
  void aHubThatGaveTheUpdateUpIsObeyedOnceTheCommandIsCancelled() {
    Desk desk = waiting(DeviceType.ESME);
    messages(desk);
    order(desk, in(desk, 30 * DAY));
    order(desk, new Activation.Cancel());
    serverFoundAfterRestart(desk);
    desk.endAnswered(ZclStatus.ABORT);
    assertThat(desk.machine.state()).isEqualTo(DeviceState.IDLE);
    assertThat(desk.effects.events(UpdateEvent.Failed.class)).hasSize(1);
  }

  @Test
  void whoeverSpeaksFirstAfterARestartIsNotTheServer() {
    Peer stranger = new Peer(new Eui64(0x029A), 1);
    Desk desk = Desk.of(DeviceType.PPMID).ending();
    desk.receive(new UpgradeEndResponse(Desk.IMAGE, ZigBeeTime.ZERO, new ZigBeeTime(3_600)));
    desk.start();
    desk.work();
    desk.receive(
        new UpgradeEndResponse(ImageId.WILD_CARD, ZigBeeTime.ZERO, ZigBeeTime.ZERO),
        Delivery.UNICAST,
        stranger);
    assertThat(desk.machine.state()).isEqualTo(DeviceState.ENDING);
    assertThat(desk.effects.events(UpdateEvent.Activating.class)).isEmpty();
  }

  @Test
  void aVerifiedImageIsNotGivenUpForAnAnswerThatNobodyAskedFor() {
    Desk desk = waiting(DeviceType.ESME);
    desk.input(new DeviceInput.QueryNow());
    long query = desk.effects.sent.get(desk.effects.sent.size() - 1).sendId();
    QueryNextImageResponse other =
        new QueryNextImageResponse.Success(
            Desk.IMAGE.withVersion(new FileVersion(0x0102_0000L)), 900);
    desk.receive(other, (int) (query + 1) & 0xFF);
    assertThat(desk.machine.state()).isEqualTo(DeviceState.WAITING);
    desk.receive(other, (int) query & 0xFF);
    assertThat(desk.machine.state()).isEqualTo(DeviceState.ERASING);
  }

  @Test
  void aMessageThatMadeRoomWhileItWasUnderWayTakesNoOtherWithIt() {
    Desk desk = waiting(DeviceType.ESME);
    messages(desk);
    desk.effects.clear();
    int more = Journal.OUTBOX_MAX + 1;
    for (int i = 0; i < more; i++) {
      order(desk, new Activation.Cancel());
    }
    List<Message> messages = messages(desk);
    assertThat(messages.stream().map(message -> message.header().originatorCounter()).toList())
        .containsExactlyElementsOf(
            LongStream.rangeClosed(counter - more + 1, counter).boxed().toList());
  }

  @Test
  void anEraseOfADownloadThatWasGivenUpDoesNotWipeTheNext() {
    Desk desk = Desk.of(DeviceType.PPMID).erasing();
    desk.input(new DeviceInput.Abort());
    desk.endNoted();
    desk.input(new DeviceInput.QueryNow());
    desk.receive(new QueryNextImageResponse.Success(Desk.IMAGE, Desk.FILE.length()));
    // The erase cannot be called off, so the next one begins when it has ended.
    assertThat(desk.waitingJobs).hasSize(1);
    desk.input(desk.waitingJobs.remove(0).work().get());
    assertThat(desk.machine.state()).isEqualTo(DeviceState.ERASING);
    desk.work();
    desk.serve(Desk.FILE.length());
    desk.work();
    assertThat(desk.effects.events(UpdateEvent.Verified.class)).hasSize(1);
  }
}
