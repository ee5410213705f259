// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.supplier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hanota.headend.HeadEndWorld.DSP;
import static org.hanota.headend.HeadEndWorld.ESME;
import static org.hanota.headend.HeadEndWorld.HCALCS;
import static org.hanota.headend.HeadEndWorld.NEW;
import static org.hanota.headend.HeadEndWorld.OTHER_SUPPLIER;
import static org.hanota.headend.HeadEndWorld.SUPPLIER;

import java.util.List;
import java.util.Map;
import org.hanota.api.machine.Now;
import org.hanota.gbcs.payload.ActivateFirmware.ActivateImageResponseCode;
import org.hanota.headend.HeadEndWorld;
import org.hanota.headend.campaign.CampaignEvent;
import org.hanota.headend.campaign.CampaignInput;
import org.hanota.headend.campaign.CampaignState;
import org.hanota.headend.campaign.DeviceState;
import org.hanota.headend.campaign.Window;
import org.hanota.headend.capacity.CapacityPlan;
import org.hanota.headend.dsp.AuditEntry;
import org.hanota.headend.dsp.DspInput;
import org.hanota.headend.estate.UserRole;
import org.hanota.headend.request.CommandVariant;
import org.hanota.headend.request.DeviceIdList;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.request.FirmwareRequest;
import org.hanota.headend.request.FirmwareVersion;
import org.hanota.headend.store.Stored;
import org.hanota.otaformat.GbMeterFile;
import org.hanota.otaformat.OtaFile;
import org.junit.jupiter.api.Test;

/** What a campaign leaves behind, asks for again, and says to people who look back. */
class CampaignBookTest {
  private static final long DAY = 86_400_000;
  private static final String NAME = CampaignHome.NAME;
  private static final String BY = CampaignHome.BY;

  private final CampaignHome home = new CampaignHome(new HeadEndWorld());
  private final HeadEndWorld world = home.world;

  private List<String> kept(String... kinds) {
    return world.store(SUPPLIER).load().stream()
        .map(Stored::key)
        .filter(key -> List.of(kinds).stream().anyMatch(key::startsWith))
        .toList();
  }

  private List<String> log() {
    return world.store(SUPPLIER).load().stream()
        .filter(AuditEntry.class::isInstance)
        .map(each -> ((AuditEntry) each).what())
        .toList();
  }

  private long promised() {
    return home.supplier().capacity().promised("South", world.utcMillis / DAY);
  }

  @Test
  void ofACampaignThatIsOverNothingOfItsRequestsIsKept() {
    home.begin(DeviceType.ESME);
    assertThat(kept("campaign-image", "campaign-update", "booking")).hasSizeGreaterThan(2);
    home.received(ESME, DeviceType.ESME);
    assertThat(kept("campaign-activation")).hasSize(1);
    world.outcome(ActivateImageResponseCode.SUCCESS, NEW);
    assertThat(home.state(ESME)).isEqualTo(DeviceState.UPDATED);
    assertThat(kept("campaign-image", "campaign-update", "campaign-activation", "booking"))
        .isEmpty();
    world.restart(SUPPLIER);
    assertThat(home.state(ESME)).isEqualTo(DeviceState.UPDATED);
  }

  @Test
  void aCampaignThatWasGivenUpIsForgottenOnceItsLastDeviceHasEnded() {
    home.begin(DeviceType.ESME);
    home.say(new CampaignInput.Cancel(NAME, BY, "other plans"));
    assertThat(kept("campaign-update")).as("its request is under way").hasSize(1);
    world.pass(8 * DAY);
    assertThat(home.state(ESME)).isEqualTo(DeviceState.SILENT);
    assertThat(kept("campaign-image", "campaign-update", "campaign-activation", "booking"))
        .isEmpty();
  }

  /** Found by killing the head end under a campaign over many homes: such a device fell silent. */
  @Test
  void aTurnThatComesWhileTheSupplierIsOffIsARequestAtItsStart() {
    int minute = (int) (world.utcMillis / 60_000 % 1_440);
    int opens = (minute + 30) % 1_400;
    home.begin(DeviceType.ESME, new Window(opens, opens + 40));
    assertThat(world.requests()).isEmpty();
    long wait = Math.floorMod((long) opens - minute, 1_440L) + 10;
    world.utcMillis += wait * 60_000;
    world.restart(SUPPLIER);
    assertThat(world.requests()).hasSize(1);
    assertThat(home.state(ESME)).isEqualTo(DeviceState.REQUESTED);
    world.restart(SUPPLIER);
    assertThat(world.requests()).as("once").hasSize(1);
  }

  @Test
  void aResumptionBooksItsRoomAgain() {
    home.begin(DeviceType.ESME);
    long before = promised();
    assertThat(before).isPositive();
    home.say(new CampaignInput.Stop(NAME, BY, "smoke"));
    assertThat(promised()).isZero();
    home.say(new CampaignInput.Resume(NAME, 1, BY));
    assertThat(promised()).isEqualTo(before);
    home.say(new CampaignInput.Resume(NAME, 1, BY));
    assertThat(promised()).as("once").isEqualTo(before);
    world.restart(SUPPLIER);
    assertThat(promised()).isEqualTo(before);
  }

  @Test
  void aResumptionWithoutRoomSaysFromWhenThereIsSome() {
    home.begin(DeviceType.ESME);
    home.say(new CampaignInput.Stop(NAME, BY, "smoke"));
    CapacityPlan wan = home.supplier().capacity();
    long day =
        wan.regions().stream()
            .filter(each -> each.name().equals("South"))
            .findFirst()
            .orElseThrow()
            .dayOctets();
    // Others have all of it for longer than the campaign lasts.
    long from = world.utcMillis;
    long homes = 1;
    while (wan.promised("South", (from + 366 * DAY) / DAY) < day) {
      wan.book(
          "other " + homes,
          new CapacityPlan.Wanted(
              100_000_000, Map.of("South", 1_000_000L), from, from + 4_000 * DAY));
      homes++;
    }
    home.say(new CampaignInput.Resume(NAME, 1, BY));
    assertThat(world.campaignEvents.get(world.campaignEvents.size() - 1))
        .isInstanceOfSatisfying(
            CampaignEvent.NotDone.class,
            not -> assertThat(not.reason()).startsWith("the WAN has no room"));
    assertThat(
            home.supplier()
                .campaigns()
                .status(NAME, new Now(0, world.utcMillis))
                .orElseThrow()
                .state())
        .isEqualTo(CampaignState.STOPPED);
    assertThat(world.tracks(ESME)).hasSize(1);
  }

  /** C13: an image that waits for its activation makes room for that of another user. */
  @Test
  void aDeviceThatAnotherUserUpdatesMeanwhileIsSuperseded() {
    world.dsp(
        new DspInput.DeviceKnown(
            HeadEndWorld.device(HCALCS, DeviceType.HCALCS, UserRole.IS, UserRole.GS)));
    int minute = (int) (world.utcMillis / 60_000 % 1_440);
    home.begin(DeviceType.HCALCS, new Window(minute, Math.min(minute + 10, 1_440)));
    world.pass(3_600_000);
    home.received(HCALCS, DeviceType.HCALCS);
    assertThat(home.state(HCALCS)).isEqualTo(DeviceState.REQUESTED);
    sendsItsOwnImage();
    assertThat(home.state(HCALCS)).isEqualTo(DeviceState.SUPERSEDED);
    world.pass(DAY);
    assertThat(world.requests().stream().filter(each -> each.id().originator().equals(SUPPLIER)))
        .as("no 11.3 for an image that is not there any more")
        .hasSize(1);
  }

  private void sendsItsOwnImage() {
    GbMeterFile theirs = (GbMeterFile) world.file(DeviceType.HCALCS, NEW);
    OtaFile own =
        GbMeterFile.sign(
            theirs.header(),
            theirs.manufacturerImage().octets(0, (int) theirs.manufacturerImage().size()),
            false,
            world.other.digitalSignatureKey());
    world.ask(
        OTHER_SUPPLIER,
        DSP,
        CommandVariant.NON_DEVICE,
        new FirmwareRequest.UpdateFirmware(
            own.octets().octets(0, (int) own.octets().size()),
            new FirmwareVersion(NEW.toString()),
            new DeviceIdList(List.of(HCALCS))));
  }

  @Test
  void whoCreatedAndSteeredACampaignStandsInTheLogOverARestart() {
    home.begin(DeviceType.ESME);
    assertThat(
            home.supplier()
                .campaigns()
                .status(NAME, new Now(0, world.utcMillis))
                .orElseThrow()
                .by())
        .isEqualTo(BY);
    home.say(new CampaignInput.Start(NAME, "anna"));
    world.restart(SUPPLIER);
    home.say(new CampaignInput.Stop(NAME, "bert", "smoke"));
    home.say(new CampaignInput.Stop(NAME, "carl", "more smoke"));
    assertThat(log())
        .containsSubsequence(
            "spring: somebody says create",
            "spring: accepted, 1 devices",
            "spring: somebody says start",
            "spring: running by somebody",
            "spring: anna says start",
            "spring: start not done, it is RUNNING",
            "spring: bert says stop, smoke",
            "spring: stopped by bert, smoke; 1 requests are under way",
            "spring: carl says stop, more smoke");
    assertThat(kept("audit ")).doesNotHaveDuplicates().hasSameSizeAs(log());
  }
}
