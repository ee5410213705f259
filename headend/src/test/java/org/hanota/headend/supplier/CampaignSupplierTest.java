// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.supplier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hanota.headend.HeadEndWorld.DSP;
import static org.hanota.headend.HeadEndWorld.ESME;
import static org.hanota.headend.HeadEndWorld.HCALCS;
import static org.hanota.headend.HeadEndWorld.NEW;
import static org.hanota.headend.HeadEndWorld.OLD;
import static org.hanota.headend.HeadEndWorld.PPMID;
import static org.hanota.headend.HeadEndWorld.SUPPLIER;

import java.util.List;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.key.Credentials;
import org.hanota.gbcs.payload.ActivateFirmware.ActivateImageResponseCode;
import org.hanota.gbcs.payload.ActivateFirmware.ExecutionOutcome;
import org.hanota.gbcs.payload.FirmwareTransferAlert.TransferResponseCode;
import org.hanota.gbcs.payload.SuccessOrFailure;
import org.hanota.headend.HeadEndWorld;
import org.hanota.headend.campaign.CampaignEvent;
import org.hanota.headend.campaign.CampaignInput;
import org.hanota.headend.campaign.CampaignState;
import org.hanota.headend.campaign.DeviceState;
import org.hanota.headend.campaign.Window;
import org.hanota.headend.dsp.CutStore;
import org.hanota.headend.letter.Content;
import org.hanota.headend.letter.Letter;
import org.hanota.headend.request.CommandVariant;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.request.FirmwareRequest;
import org.hanota.headend.request.Request;
import org.hanota.headend.request.Response;
import org.hanota.headend.request.ResponseBody;
import org.hanota.headend.request.ResponseCode;
import org.hanota.headend.request.ResponseContent;
import org.junit.jupiter.api.Test;

/** A campaign through its supplier's requests, the DCC and a home that the test plays. */
class CampaignSupplierTest {
  private static final long HOUR = 3_600_000;
  private static final String NAME = CampaignHome.NAME;
  private static final String BY = CampaignHome.BY;

  private CampaignHome home = new CampaignHome(new HeadEndWorld());
  private HeadEndWorld world = home.world;

  private void say(CampaignInput word) {
    home.say(word);
  }

  private void begin(DeviceType type, Window... windows) {
    home.begin(type, windows);
  }

  private void received(Eui64 device, DeviceType type) {
    home.received(device, type);
  }

  private DeviceState state(Eui64 device) {
    return home.state(device);
  }

  private List<CampaignState> states() {
    return world.campaignEvents.stream()
        .filter(CampaignEvent.Moved.class::isInstance)
        .map(each -> ((CampaignEvent.Moved) each).state())
        .toList();
  }

  private List<CommandVariant> asked() {
    return world.requests().stream().map(Request::commandVariant).toList();
  }

  @Test
  void aMetersTurnBecomesA111AndItsReceiptA113AndItsOwnVersionTheEnd() {
    begin(DeviceType.ESME);
    assertThat(asked()).containsExactly(CommandVariant.NON_DEVICE);
    assertThat(state(ESME)).isEqualTo(DeviceState.REQUESTED);
    received(ESME, DeviceType.ESME);
    assertThat(asked())
        .containsExactly(
            CommandVariant.NON_DEVICE, CommandVariant.PRE_COMMAND, CommandVariant.SIGNED_COMMAND);
    assertThat(state(ESME)).isEqualTo(DeviceState.REQUESTED);
    world.outcome(ActivateImageResponseCode.SUCCESS, NEW);
    assertThat(state(ESME)).isEqualTo(DeviceState.UPDATED);
    assertThat(states()).containsExactly(CampaignState.RUNNING, CampaignState.COMPLETED);
    assertThat(world.inventory(ESME).firmware()).contains(NEW);
    assertThat(asked()).hasSize(3);
  }

  @Test
  void aPpmidGetsA114AndItsAlertIsTheEnd() {
    begin(DeviceType.PPMID);
    assertThat(world.requests().get(0).body())
        .isInstanceOf(FirmwareRequest.UpdatePpmidFirmware.class);
    world.transferEnded(PPMID, NEW, TransferResponseCode.SUCCESS);
    assertThat(state(PPMID)).isEqualTo(DeviceState.REQUESTED);
    world.ppmidSays(NEW, SuccessOrFailure.SUCCESS);
    assertThat(state(PPMID)).isEqualTo(DeviceState.UPDATED);
    assertThat(asked()).hasSize(1);
  }

  @Test
  void eachWayToFailIsAnEndWithItsReasonAndStopsAtTheThreshold() {
    begin(DeviceType.ESME);
    world.transferEnded(ESME, NEW, TransferResponseCode.FILE_TRANSFER_FAILURE);
    failed("its hub: FileTransferFailure");
    again(DeviceType.ESME);
    world.transferEnded(ESME, NEW, TransferResponseCode.SUCCESS);
    world.receipt(ESME, SUPPLIER, world.hash(DeviceType.ESME, NEW), false);
    failed("the device finds its image bad");
    again(DeviceType.ESME);
    received(ESME, DeviceType.ESME);
    world.outcome(ActivateImageResponseCode.NO_IMAGE_HELD, OLD);
    failed(ActivateImageResponseCode.NO_IMAGE_HELD.officialName());
    again(DeviceType.PPMID);
    world.transferEnded(PPMID, NEW, TransferResponseCode.SUCCESS);
    world.ppmidSays(OLD, SuccessOrFailure.FAILURE);
    failed("it did not activate the image");
  }

  private void failed(String why) {
    assertThat(home.supplier().campaigns().devices(NAME).get(0))
        .satisfies(
            each -> {
              assertThat(each.state()).isEqualTo(DeviceState.FAILED);
              assertThat(each.cause()).isEqualTo(why);
            });
    assertThat(world.campaignEvents).hasAtLeastOneElementOfType(CampaignEvent.Stopped.class);
  }

  private void again(DeviceType type) {
    home = new CampaignHome(new HeadEndWorld());
    world = home.world;
    begin(type);
  }

  /** I10: neither the hub's word, nor a message that the device did not sign, is a success. */
  @Test
  void onlyTheDevicesOwnSignedWordIsASuccess() {
    begin(DeviceType.ESME);
    received(ESME, DeviceType.ESME);
    Message command = world.lastCommand();
    Credentials stranger = world.pki.device(HCALCS);
    Message forged =
        Message.of(
                command.header().response(),
                new ExecutionOutcome(ActivateImageResponseCode.SUCCESS, NEW))
            .sign(stranger.digitalSignatureKey());
    tell(forged.octets());
    assertThat(state(ESME)).isEqualTo(DeviceState.REQUESTED);
    world.outcome(ActivateImageResponseCode.SUCCESS, NEW);
    assertThat(state(ESME)).isEqualTo(DeviceState.UPDATED);
  }

  private long letters = 1_000_000;

  private void tell(Octets payload) {
    letters++;
    Response response =
        new Response(
            "5.4",
            Optional.of(world.lastAsked().id()),
            Optional.of(world.lastAsked().id().answer()),
            ResponseCode.SUCCESS,
            java.time.Instant.ofEpochMilli(world.utcMillis),
            new ResponseBody.ResponseMessage(
                world.lastAsked().service(),
                Optional.of(new ResponseContent.GbcsPayload(payload))));
    world.input(SUPPLIER, new Letter.Message(DSP, SUPPLIER, letters, new Content.Answer(response)));
    world.run();
  }

  @Test
  void afterAStopNoActivationGoesAndAResumeLetsItGo() {
    begin(DeviceType.ESME);
    say(new CampaignInput.Stop(NAME, BY, "smoke"));
    received(ESME, DeviceType.ESME);
    world.pass(24 * HOUR);
    assertThat(asked()).containsExactly(CommandVariant.NON_DEVICE);
    assertThat(state(ESME)).isEqualTo(DeviceState.REQUESTED);
    world.restart(SUPPLIER);
    assertThat(asked()).hasSize(1);
    say(new CampaignInput.Resume(NAME, 1, BY));
    assertThat(asked()).hasSize(3);
    world.outcome(ActivateImageResponseCode.SUCCESS, NEW);
    assertThat(state(ESME)).isEqualTo(DeviceState.UPDATED);
  }

  /** H150: a stop calls nothing unsent that the DCC may have. */
  @Test
  void whatTheDccMayHaveStaysUnderWayAndIsPutOnce() {
    world.loses = letter -> letter.from().equals(DSP);
    begin(DeviceType.ESME);
    assertThat(world.tracks(ESME)).as("it is there, and nobody was told").hasSize(1);
    say(new CampaignInput.Stop(NAME, BY, "smoke"));
    assertThat(state(ESME)).isEqualTo(DeviceState.ORDERED);
    world.restart(SUPPLIER);
    world.loses = letter -> false;
    world.pass(24 * HOUR);
    assertThat(asked()).as("it is not put again").hasSize(1);
    say(new CampaignInput.Resume(NAME, 1, BY));
    world.pass(HOUR);
    assertThat(asked().stream().distinct()).containsExactly(CommandVariant.NON_DEVICE);
    assertThat(world.requests().stream().map(Request::id).distinct()).hasSize(1);
    assertThat(world.tracks(ESME)).hasSize(1);
    received(ESME, DeviceType.ESME);
    world.outcome(ActivateImageResponseCode.SUCCESS, NEW);
    assertThat(state(ESME)).isEqualTo(DeviceState.UPDATED);
  }

  @Test
  void aStopPutsNothingAgainThatTheDccHasNotTaken() {
    world.loses = letter -> letter.to().equals(DSP);
    begin(DeviceType.ESME);
    assertThat(state(ESME)).isEqualTo(DeviceState.ORDERED);
    say(new CampaignInput.Stop(NAME, BY, "smoke"));
    world.loses = letter -> false;
    world.pass(24 * HOUR);
    assertThat(world.tracks(ESME)).as("requests that came to the DCC").isEmpty();
    // Nobody knows that it did not come.
    assertThat(state(ESME)).isEqualTo(DeviceState.ORDERED);
    say(new CampaignInput.Resume(NAME, 1, BY));
    world.pass(HOUR);
    assertThat(world.tracks(ESME)).hasSize(1);
    received(ESME, DeviceType.ESME);
    world.outcome(ActivateImageResponseCode.SUCCESS, NEW);
    assertThat(state(ESME)).isEqualTo(DeviceState.UPDATED);
  }

  @Test
  void aPreCommandThatComesAfterAStopIsNotSigned() {
    begin(DeviceType.ESME);
    world.loses = letter -> letter.from().equals(DSP) && letter instanceof Letter.Message;
    received(ESME, DeviceType.ESME);
    world.loses = letter -> false;
    world.pass(HOUR / 2);
    assertThat(asked()).endsWith(CommandVariant.SIGNED_COMMAND);
    again(DeviceType.ESME);
    world.loses =
        letter ->
            letter instanceof Letter.Message message
                && message.content() instanceof Content.Answer answer
                && answer.response().body() instanceof ResponseBody.ResponseMessage said
                && said.content().filter(ResponseContent.PreCommand.class::isInstance).isPresent();
    received(ESME, DeviceType.ESME);
    assertThat(asked()).endsWith(CommandVariant.PRE_COMMAND);
    say(new CampaignInput.Stop(NAME, BY, "smoke"));
    world.loses = letter -> false;
    world.pass(24 * HOUR);
    assertThat(asked()).endsWith(CommandVariant.PRE_COMMAND);
    say(new CampaignInput.Resume(NAME, 1, BY));
    assertThat(asked()).endsWith(CommandVariant.PRE_COMMAND, CommandVariant.SIGNED_COMMAND);
    world.outcome(ActivateImageResponseCode.SUCCESS, NEW);
    assertThat(state(ESME)).isEqualTo(DeviceState.UPDATED);
  }

  @Test
  void anActivationWaitsForItsWindowToo() {
    int minute = (int) (world.utcMillis / 60_000 % 1_440);
    Window now = new Window(minute, Math.min(minute + 10, 1_440));
    begin(DeviceType.ESME, now);
    world.pass(HOUR);
    received(ESME, DeviceType.ESME);
    assertThat(asked()).hasSize(1);
    world.pass(24 * HOUR);
    assertThat(asked()).hasSize(3);
  }

  @Test
  void aPowerCutAtAnyStorageCallDoublesNoRequestAndLosesNone() {
    int cuts = 0;
    for (int at = 1; ; at++) {
      world = new HeadEndWorld();
      CutStore store = new CutStore(world.store(SUPPLIER), at);
      world.stores.put(SUPPLIER, store);
      home = new CampaignHome(world);
      begin(DeviceType.ESME);
      world.pass(HOUR / 4);
      received(ESME, DeviceType.ESME);
      world.pass(HOUR / 4);
      world.outcome(ActivateImageResponseCode.SUCCESS, NEW);
      world.pass(HOUR / 4);
      if (!store.wasCut()) {
        break;
      }
      cuts++;
      assertThat(state(ESME)).as("cut at " + at).isEqualTo(DeviceState.UPDATED);
      assertThat(world.tracks(ESME)).as("cut at " + at).hasSize(2);
    }
    assertThat(cuts).isGreaterThan(10);
  }
}
