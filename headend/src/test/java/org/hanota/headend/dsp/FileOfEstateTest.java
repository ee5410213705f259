// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hanota.headend.HeadEndWorld.DSP;
import static org.hanota.headend.HeadEndWorld.ESME;
import static org.hanota.headend.HeadEndWorld.HUB;
import static org.hanota.headend.HeadEndWorld.NEW;
import static org.hanota.headend.HeadEndWorld.OLD;
import static org.hanota.headend.HeadEndWorld.OTHER_SUPPLIER;
import static org.hanota.headend.HeadEndWorld.SUPPLIER;

import java.util.Optional;
import org.hanota.headend.HeadEndWorld;
import org.hanota.headend.estate.Device;
import org.hanota.headend.estate.Listing;
import org.hanota.headend.estate.User;
import org.hanota.headend.estate.UserRole;
import org.hanota.headend.request.DeviceStatus;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.request.ExecutionDateTime;
import org.hanota.headend.request.ListingStatus;
import org.junit.jupiter.api.Test;

/** A file that is told at each start undoes nothing that was learned since it was told last. */
class FileOfEstateTest extends HeadEndCase {
  private final Device written = HeadEndWorld.device(ESME, DeviceType.ESME, UserRole.IS);

  private void says(DspInput what) {
    world.dsp(new DspInput.Said(what));
  }

  private void restartsWithTheSameFile() {
    world.restart(DSP);
    says(new DspInput.DeviceKnown(written));
  }

  @Test
  void afterAChangeOfSupplierTheFormerOneIsRefusedAcrossARestart() {
    says(new DspInput.DeviceKnown(written));
    distribute();
    world.dsp(new DspInput.SupplierChanged(HUB, UserRole.IS, Optional.of(OTHER_SUPPLIER)));
    restartsWithTheSameFile();
    assertThat(world.inventory(ESME).isOf(SUPPLIER)).isFalse();
    world.activate(SUPPLIER, ESME, hash(), ExecutionDateTime.NOW);
    assertThat(codes(SUPPLIER)).endsWith("E4");
  }

  @Test
  void whatADeviceRunsAndThatItIsSuspendedIsNotForgotten() {
    says(new DspInput.DeviceKnown(written));
    read();
    assertThat(world.inventory(ESME).firmware()).contains(NEW);
    restartsWithTheSameFile();
    assertThat(world.inventory(ESME).firmware()).contains(NEW);
    Listing listing =
        world.kept(Listing.class).stream()
            .filter(each -> each.type() == DeviceType.ESME && each.version().equals(NEW))
            .findFirst()
            .orElseThrow();
    says(new DspInput.Listed(listing));
    world.dsp(new DspInput.Listed(listing.with(ListingStatus.WITHDRAWN)));
    assertThat(world.inventory(ESME).standing().status()).isEqualTo(DeviceStatus.SUSPENDED);
    int lines = world.audit.size();
    restartsWithTheSameFile();
    says(new DspInput.Listed(listing));
    assertThat(world.inventory(ESME).standing().status()).isEqualTo(DeviceStatus.SUSPENDED);
    assertThat(world.kept(Listing.class))
        .contains(listing.with(ListingStatus.WITHDRAWN))
        .doesNotContain(listing);
    assertThat(world.audit).hasSize(lines);
  }

  @Test
  void aUserStaysSuspended() {
    world.dsp(new DspInput.UserSuspended(SUPPLIER, true));
    says(new DspInput.UserKnown(User.of(SUPPLIER, UserRole.IS)));
    assertThat(world.kept(User.class))
        .filteredOn(user -> user.id().equals(SUPPLIER))
        .allMatch(User::isSuspended);
  }

  @Test
  void whatTheFileItselfChangesIsTakenAndWritten() {
    says(new DspInput.DeviceKnown(written));
    world.dsp(new DspInput.SupplierChanged(HUB, UserRole.IS, Optional.of(OTHER_SUPPLIER)));
    int lines = world.audit.size();
    says(
        new DspInput.DeviceKnown(
            new Device(
                written.id(),
                written.type(),
                written.standing(),
                written.model(),
                written.firmware(),
                written.hub(),
                written.responsible(),
                Device.Capability.SWITCHED_OFF)));
    assertThat(world.inventory(ESME).capability()).isEqualTo(Device.Capability.SWITCHED_OFF);
    assertThat(world.inventory(ESME).isOf(OTHER_SUPPLIER)).isTrue();
    assertThat(world.inventory(ESME).firmware()).contains(OLD);
    assertThat(world.audit.subList(lines, world.audit.size()))
        .singleElement()
        .satisfies(entry -> assertThat(entry.what()).contains("SWITCHED_OFF"));
  }
}
