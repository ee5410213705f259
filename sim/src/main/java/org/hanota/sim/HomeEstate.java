// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.HardwareVersion;
import org.hanota.api.Octets;
import org.hanota.api.Width;
import org.hanota.device.DeviceType;
import org.hanota.headend.dsp.DspInput;
import org.hanota.headend.estate.Device;
import org.hanota.headend.estate.Device.Responsible;
import org.hanota.headend.estate.Listing;
import org.hanota.headend.estate.ReasonClass;
import org.hanota.headend.estate.User;
import org.hanota.headend.estate.UserRole;
import org.hanota.headend.request.DeviceStatus;
import org.hanota.headend.request.ListingStatus;
import org.hanota.otaformat.GbMeterFile;
import org.hanota.otaformat.GbPpmidFile;
import org.hanota.otaformat.OtaFile;
import org.hanota.otaformat.OtaHeader;

/** What a simulated home's DCC knows of it: as much as its scenario says. */
final class HomeEstate {
  private static final String GBCS_VERSION = "4.0";

  /** What a hub is does not matter here. */
  private static final Device.Model HUB_MODEL = new Device.Model("", "", GBCS_VERSION);

  private HomeEstate() {}

  static DspInput supplier(Eui64 id) {
    return new DspInput.UserKnown(User.of(id, UserRole.IS, UserRole.GS));
  }

  static DspInput hub(Eui64 hub) {
    return new DspInput.DeviceKnown(
        device(hub, hub, org.hanota.headend.request.DeviceType.CHF, HUB_MODEL, Optional.empty()));
  }

  static DspInput device(Eui64 id, DevicePlan plan) {
    return device(id, Home.HUB_ADDRESS, plan);
  }

  /** The same in another home. */
  static DspInput device(Eui64 id, Eui64 hub, DevicePlan plan) {
    return new DspInput.DeviceKnown(
        device(id, hub, type(plan.type()), model(plan), Optional.of(plan.running())));
  }

  private static Device device(
      Eui64 id,
      Eui64 hub,
      org.hanota.headend.request.DeviceType type,
      Device.Model model,
      Optional<FileVersion> running) {
    UserRole role = type == org.hanota.headend.request.DeviceType.GSME ? UserRole.GS : UserRole.IS;
    return new Device(
        id,
        type,
        Device.Standing.of(DeviceStatus.COMMISSIONED),
        model,
        running,
        hub,
        List.of(new Responsible(GbParties.SUPPLIER, role)),
        Device.Capability.UPDATABLE);
  }

  /**
   * The entry of the Central Products List that lets the image of {@code plan} be used.
   *
   * @param own the plan with the image that is for the device's model
   */
  static DspInput listing(DevicePlan plan, DevicePlan own) {
    return new DspInput.Listed(
        new Listing(
            model(own),
            type(plan.type()),
            OtaHeader.read(plan.image()).image(),
            hash(plan),
            ListingStatus.ACTIVE,
            Set.of(plan.running()),
            ReasonClass.DEFECT));
  }

  static Octets hash(DevicePlan plan) {
    OtaFile file = OtaFile.read(plan.image(), plan.kind());
    if (file instanceof GbMeterFile meter) {
      return meter.manufacturerImageHash();
    }
    return ((GbPpmidFile) file).manufacturerImageHash();
  }

  /** The inventory's ModelType is image type and hardware version, two octets each. [hanota H81] */
  private static Device.Model model(DevicePlan plan) {
    OtaHeader header = OtaHeader.read(plan.image());
    int hardware =
        header
            .hardwareVersions()
            .map(range -> range.minimum())
            .map(HardwareVersion::value)
            .orElse(0);
    return new Device.Model(
        Width.hex(header.image().manufacturerCode().value(), 4),
        Width.hex(header.image().imageType().value(), 4) + Width.hex(hardware, 4),
        GBCS_VERSION);
  }

  static org.hanota.headend.request.DeviceType type(DeviceType type) {
    return org.hanota.headend.request.DeviceType.valueOf(type.name());
  }
}
