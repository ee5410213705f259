// SPDX-License-Identifier: Apache-2.0
package org.hanota.headendsql;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.HardwareVersion;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.ParameterValues;
import org.hanota.gbcs.key.Credentials;
import org.hanota.gbcs.key.InMemoryKeyStore;
import org.hanota.gbcs.key.RemotePartyRole;
import org.hanota.gbcs.key.TestPki;
import org.hanota.headend.HeadEndParameter;
import org.hanota.headend.csp.CspConfig;
import org.hanota.headend.dsp.DspConfig;
import org.hanota.headend.dsp.DspInput;
import org.hanota.headend.estate.Device;
import org.hanota.headend.estate.Listing;
import org.hanota.headend.estate.ReasonClass;
import org.hanota.headend.estate.User;
import org.hanota.headend.estate.UserRole;
import org.hanota.headend.request.DeviceStatus;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.request.ListingStatus;
import org.hanota.headend.supplier.SupplierConfig;
import org.hanota.otaformat.GbMeterFile;
import org.hanota.otaformat.GbPpmidFile;
import org.hanota.otaformat.HardwareVersionRange;
import org.hanota.otaformat.OtaFile;
import org.hanota.otaformat.OtaHeader;

/** A supplier, the DCC and some homes, each with a meter and a PPMID: the same in each process. */
final class ManyHomes {
  static final Eui64 DSP = Eui64.parse("90B3D51F30000002");
  static final Eui64 CSP = Eui64.parse("90B3D51F30000006");
  static final Eui64 SUPPLIER = Eui64.parse("90B3D51F30010000");
  static final FileVersion OLD = FileVersion.of(0x0100_0000);
  static final FileVersion NEW = FileVersion.of(0x0200_0000);
  private static final long FIRST_HUB = 0x00DB_1234_5600_0000L;

  /** Processes die, and nobody wants to wait for long until a letter comes again. */
  private static final ParameterValues<HeadEndParameter> PARAMETERS =
      ParameterValues.defaults(HeadEndParameter.class)
          .with(HeadEndParameter.LETTER_RETRY, 500)
          .with(HeadEndParameter.WAN_RETRY, 1_000);

  private final int count;
  private final TestPki pki = TestPki.ofSeed(16);
  private final Credentials supplier = pki.organisation(SUPPLIER, RemotePartyRole.SUPPLIER);
  private final Credentials broker = pki.organisation(DSP, RemotePartyRole.ACCESS_CONTROL_BROKER);

  ManyHomes(int count) {
    this.count = count;
  }

  int count() {
    return count;
  }

  static Eui64 hub(int home) {
    return Eui64.of(FIRST_HUB + 16L * home);
  }

  static Eui64 meter(int home) {
    return Eui64.of(FIRST_HUB + 16L * home + 1);
  }

  static Eui64 ppmid(int home) {
    return Eui64.of(FIRST_HUB + 16L * home + 2);
  }

  /** Of any device. */
  static int home(Eui64 device) {
    return (int) ((device.value() - FIRST_HUB) / 16);
  }

  Credentials device(Eui64 id) {
    return pki.device(id);
  }

  /** The parts of the DCC. */
  List<Part> dcc() {
    InMemoryKeyStore keys = new InMemoryKeyStore().hold(broker).trust(supplier);
    for (int home = 0; home < count; home++) {
      for (Eui64 each : List.of(hub(home), meter(home), ppmid(home))) {
        keys.trust(pki.device(each));
      }
    }
    return List.of(
        Part.of(new DspConfig(DSP, CSP, keys, PARAMETERS)),
        Part.of(new CspConfig(CSP, DSP, PARAMETERS)));
  }

  Part user() {
    return Part.of(new SupplierConfig(SUPPLIER, DSP, supplier.digitalSignatureKey(), PARAMETERS));
  }

  /** What the DSP is told before anything begins. */
  List<DspInput> furniture() {
    List<DspInput> all = new ArrayList<>();
    all.add(new DspInput.UserKnown(User.of(SUPPLIER, UserRole.IS)));
    for (DeviceType type : List.of(DeviceType.ESME, DeviceType.PPMID)) {
      all.add(new DspInput.Listed(listing(type)));
    }
    for (int home = 0; home < count; home++) {
      all.add(known(hub(home), DeviceType.CHF, home));
      all.add(known(meter(home), DeviceType.ESME, home));
      all.add(known(ppmid(home), DeviceType.PPMID, home));
    }
    return all;
  }

  private static DspInput known(Eui64 id, DeviceType type, int home) {
    return new DspInput.DeviceKnown(
        new Device(
            id,
            type,
            Device.Standing.of(DeviceStatus.COMMISSIONED),
            model(type),
            Optional.of(OLD),
            hub(home),
            List.of(new Device.Responsible(SUPPLIER, UserRole.IS)),
            Device.Capability.UPDATABLE));
  }

  private static Device.Model model(DeviceType type) {
    return new Device.Model("AB01", "model " + type, "4.0");
  }

  private static ImageId image(DeviceType type) {
    return ImageId.of(0xAB01, type == DeviceType.ESME ? 0x0100 : 0x0101, NEW.value());
  }

  OtaFile file(DeviceType type) {
    OtaHeader header =
        OtaHeader.of(image(type))
            .withHeaderString(type.word())
            .withHardwareVersions(
                new HardwareVersionRange(new HardwareVersion(1), new HardwareVersion(9)));
    Octets firmware = Octets.fromHex("c0de".repeat(500));
    return type == DeviceType.PPMID
        ? GbPpmidFile.sign(header, firmware, supplier.digitalSignatureKey())
        : GbMeterFile.sign(header, firmware, false, supplier.digitalSignatureKey());
  }

  Octets hash(DeviceType type) {
    return file(type) instanceof GbMeterFile meter
        ? meter.manufacturerImageHash()
        : ((GbPpmidFile) file(type)).manufacturerImageHash();
  }

  private Listing listing(DeviceType type) {
    return new Listing(
        model(type),
        type,
        image(type),
        hash(type),
        ListingStatus.ACTIVE,
        Set.of(OLD),
        ReasonClass.DEFECT);
  }
}
