// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hanota.headend.HeadEndWorld.ESME;
import static org.hanota.headend.HeadEndWorld.GSME;
import static org.hanota.headend.HeadEndWorld.HUB;
import static org.hanota.headend.HeadEndWorld.NEW;
import static org.hanota.headend.HeadEndWorld.NEXT;
import static org.hanota.headend.HeadEndWorld.OLD;
import static org.hanota.headend.HeadEndWorld.PPMID;
import static org.hanota.headend.HeadEndWorld.SUPPLIER;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.ParameterValues;
import org.hanota.api.control.VersionRange;
import org.hanota.headend.HeadEndParameter;
import org.hanota.headend.HeadEndWorld;
import org.hanota.headend.check.CheckLists;
import org.hanota.headend.estate.CompatibilityRule;
import org.hanota.headend.estate.CompatibilityRule.Rectifies;
import org.hanota.headend.estate.CompatibilityRule.Side;
import org.hanota.headend.estate.Device;
import org.hanota.headend.estate.Device.Capability;
import org.hanota.headend.request.CommandVariant.Service;
import org.hanota.headend.request.DeviceStatus;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.request.ListingStatus;
import org.hanota.headend.request.Request;
import org.hanota.headend.request.Response;
import org.hanota.headend.request.ResponseBody.ResponseMessage;
import org.hanota.headend.request.ResponseContent.UpdateFirmwareWarning;
import org.hanota.headend.track.TrackState;

/** Each reason for which a device of a list gets nothing, met by a device. */
final class RefusedDevices extends RefusalKit {
  private final CheckLists checks;

  RefusedDevices(CheckLists checks) {
    super(new HeadEndWorld(ParameterValues.defaults(HeadEndParameter.class), checks));
    this.checks = checks;
  }

  private UpdateFirmwareWarning warning(Request request) {
    List<Response> said = put(SUPPLIER, request, Service.NON_DEVICE);
    assertThat(said).extracting(response -> response.code().text()).contains("W110101");
    return said.stream()
        .filter(response -> response.code().text().equals("W110101"))
        .map(response -> ((ResponseMessage) response.body()).content().get())
        .map(UpdateFirmwareWarning.class::cast)
        .findFirst()
        .get();
  }

  /** C02: what is switched off gets nothing. C03: one list for all types of device. */
  void eachDeviceOfAListThatGetsNothingStandsInTheListOfItsReason() {
    Device meter = world.inventory(ESME);
    Device.Model otherModel = new Device.Model("AB01", "another", "4.0");
    Device.Model otherGbcs = new Device.Model("AB01", meter.model().name(), "3.2");
    List<Device> devices =
        Stream.of(
                meter.with(DeviceStatus.WHITELISTED),
                with(meter, otherModel, Capability.UPDATABLE, Optional.of(OLD)),
                with(meter, otherGbcs, Capability.UPDATABLE, Optional.of(OLD)),
                with(meter, meter.model(), Capability.SWITCHED_OFF, Optional.of(OLD)),
                with(meter, meter.model(), Capability.UPDATABLE, Optional.of(NEXT)),
                with(meter, meter.model(), Capability.UPDATABLE, Optional.<FileVersion>empty()),
                meter)
            .toList();
    Eui64[] ids = new Eui64[devices.size()];
    for (int i = 0; i < ids.length; i++) {
      ids[i] = new Eui64(ESME.value() + 0x100 + i);
      world.dsp(new DspInput.DeviceKnown(named(devices.get(i), ids[i])));
    }
    Eui64[] all =
        Stream.concat(Stream.of(ids), Stream.of(STRANGER, PPMID, GSME)).toArray(Eui64[]::new);
    UpdateFirmwareWarning warning = warning(image(NEW, NEW.toString(), DeviceType.ESME, all));
    assertThat(warning.invalid()).containsExactly(STRANGER, PPMID, GSME);
    assertThat(warning.notCommissioned()).containsExactly(ids[0]);
    assertThat(warning.notApplicableFirmware()).containsExactly(ids[1], ids[3], ids[4], ids[5]);
    assertThat(warning.invalidGbcsVersion()).containsExactly(ids[2]);
    assertThat(warning.otherRequestInProgress()).isEmpty();
    assertThat(world.states(ids[6])).containsExactly(TrackState.AT_HUB);
    assertThat(
            warning(image(NEW, NEW.toString(), DeviceType.ESME, ids[6])).otherRequestInProgress())
        .containsExactly(ids[6]);
  }

  private static Device named(Device device, Eui64 id) {
    return new Device(
        id,
        device.type(),
        device.standing(),
        device.model(),
        device.firmware(),
        device.hub(),
        device.responsible(),
        device.capability());
  }

  private static Device with(
      Device device, Device.Model model, Capability capability, Optional<FileVersion> firmware) {
    return new Device(
        device.id(),
        device.type(),
        device.standing(),
        model,
        firmware,
        device.hub(),
        device.responsible(),
        capability);
  }

  /** Attack 4: one image with the highest version would leave no later one. */
  void aVersionThatIsTooFarAheadIsSentToNobody() {
    FileVersion last = FileVersion.of(0xFFFF_FFFEL);
    world.dsp(new DspInput.Listed(world.listing(DeviceType.ESME, last, ListingStatus.ACTIVE, OLD)));
    UpdateFirmwareWarning warning = warning(image(last, last.toString(), DeviceType.ESME, ESME));
    assertThat(warning.notApplicableFirmware()).containsExactly(ESME);
    assertThat(world.toHub).isEmpty();
  }

  /** Only a hub with the firmware for it serves a PPMID. */
  void aHubThatIsTooOldGetsNoImageForAPpmid() {
    ParameterValues<HeadEndParameter> parameters =
        ParameterValues.defaults(HeadEndParameter.class)
            .with(HeadEndParameter.HUB_FIRMWARE_MINIMUM, NEW.value());
    world = new HeadEndWorld(parameters, checks);
    world.sendImage(SUPPLIER, DeviceType.PPMID, NEW, PPMID);
    assertThat(world.tracks(PPMID)).isEmpty();
    world.dsp(new DspInput.DeviceKnown(world.inventory(HUB).running(NEW)));
    world.sendImage(SUPPLIER, DeviceType.PPMID, NEW, PPMID);
    assertThat(world.states(PPMID)).containsExactly(TrackState.AT_HUB);
  }

  /** Attack 12: what activates itself is checked against its neighbours before it leaves. */
  void aPpmidThatWouldNotWorkWithItsMeterGetsNoImage() {
    world.dsp(
        new DspInput.RuleKnown(
            new CompatibilityRule(
                "I14",
                new Side(DeviceType.ESME, new VersionRange(OLD, OLD)),
                new Side(DeviceType.PPMID, new VersionRange(NEW, NEXT)),
                Rectifies.UPDATER)));
    world.sendImage(SUPPLIER, DeviceType.PPMID, NEW, PPMID);
    assertThat(world.tracks(PPMID)).isEmpty();
  }
}
