// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hanota.api.FileVersion;
import org.hanota.api.FormatException;
import org.hanota.api.ManufacturerCode;
import org.hanota.api.Octets;
import org.hanota.api.control.UpgradeTime;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.DeviceCheck;
import org.hanota.cli.SimulatedSlot;
import org.hanota.device.DeviceConfig;
import org.hanota.device.DeviceParameters;
import org.hanota.device.DeviceType;
import org.hanota.keys.Sha256;
import org.hanota.otaformat.FileKind;
import org.hanota.otaformat.IntegrityCode;
import org.hanota.otaformat.OtaFile;
import org.hanota.otaformat.ZigBeeFile;
import org.hanota.sim.NamedFile;
import org.hanota.sim.scenario.ImageSource;
import org.hanota.sim.scenario.ScenarioDevice;

/** A file of the user's, for devices made to fit it. */
final class AnyImage {
  private final Path path;
  private final Octets sha256;
  private final OtaFile file;
  private final DeviceCheck.Chosen check;

  private AnyImage(Path path, Octets sha256, OtaFile file, DeviceCheck.Chosen check) {
    this.path = path;
    this.check = check;
    this.sha256 = sha256;
    this.file = file;
  }

  /** Reads {@code path} strictly. */
  static AnyImage read(Path path, ImageFiles files, Optional<FileKind> kind, DeviceCheck check)
      throws IOException {
    NamedFile found = files.file(path.toString());
    Octets octets = found.octets();
    try {
      OtaFile file =
          kind.isPresent()
              ? OtaFile.read(octets, kind.get(), SimulatedSlot.OCTETS)
              : OtaFile.readAny(octets, SimulatedSlot.OCTETS);
      return new AnyImage(path, found.sha256(), file, check.of(path, file.kind()));
    } catch (FormatException fault) {
      throw CommandFailed.at(path, fault);
    }
  }

  FileKind kind() {
    return file.kind();
  }

  ScenarioDevice device(String name, DeviceType type) {
    return new ScenarioDevice(
        name,
        type,
        new ImageSource.File(path.toString(), file.kind(), sha256, asData(check)),
        before(file.image().fileVersion()),
        type.activatedByCommand() ? new UpgradeTime.Held() : new UpgradeTime.Now(),
        DeviceParameters.DEFAULT);
  }

  private static ImageSource.Check asData(DeviceCheck.Chosen check) {
    if (check instanceof DeviceCheck.Signed signed) {
      return new ImageSource.Signed(
          signed.authorising()
              ? ImageSource.Signature.AUTHORISING
              : ImageSource.Signature.MANUFACTURER,
          signed.path().toString(),
          Sha256.of(signed.key().octets()));
    }
    DeviceCheck.Keyless keyless = (DeviceCheck.Keyless) check;
    return new ImageSource.Keyless(
        keyless.obeysIntegrityCode()
            ? ImageSource.Kind.INTEGRITY_CODE
            : ImageSource.Kind.HEADER_AND_SIZE,
        keyless.reason());
  }

  /** The devices run the version before; below zero there is none, so a higher one is replaced. */
  private static FileVersion before(FileVersion version) {
    return version.value() == 0 ? new FileVersion(1) : new FileVersion(version.value() - 1);
  }

  private String howChecked() {
    IntegrityCode.Result result =
        check.obeysIntegrityCode() && file instanceof ZigBeeFile zigbee
            ? IntegrityCode.check(zigbee)
            : IntegrityCode.Result.ABSENT;
    return switch (result) {
      case ABSENT -> check.words();
      case MATCH_TAG_EXCLUDED, MATCH_TAG_INCLUDED -> "its integrity code (" + result.label() + ")";
      case MISMATCH ->
          "its integrity code, which is wrong: the devices will refuse the image, unless"
              + " --ignore-integrity-code says why they should not";
    };
  }

  /** What the user should know about how the image is checked. */
  List<String> notes() {
    List<String> notes = new ArrayList<>();
    notes.add("checked by " + howChecked());
    if (file.image().manufacturerCode().equals(ManufacturerCode.WILD_CARD)) {
      notes.add(
          "the header's manufacturer code is the wild card: the devices have "
              + DeviceConfig.SAMPLE_MANUFACTURER);
    }
    return notes;
  }
}
