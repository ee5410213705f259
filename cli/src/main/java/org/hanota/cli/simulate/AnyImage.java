// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

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
import org.hanota.cli.KeylessCheck;
import org.hanota.cli.SimulatedSlot;
import org.hanota.device.DeviceConfig;
import org.hanota.device.DeviceParameters;
import org.hanota.device.DeviceType;
import org.hanota.keys.Sha256;
import org.hanota.otaformat.FileKind;
import org.hanota.otaformat.IntegrityCode;
import org.hanota.otaformat.OtaFile;
import org.hanota.otaformat.ZigBeeFile;
import org.hanota.sim.scenario.ImageSource;
import org.hanota.sim.scenario.ScenarioDevice;

/** A file of the user's, for devices made to fit it. */
final class AnyImage {
  private final Path path;
  private final Octets octets;
  private final OtaFile file;
  private final KeylessCheck check;

  private AnyImage(Path path, Octets octets, OtaFile file, KeylessCheck check) {
    this.path = path;
    this.check = check;
    this.octets = octets;
    this.file = file;
  }

  /** Reads {@code path} strictly. */
  static AnyImage read(Path path, ImageFiles files, Optional<FileKind> kind, KeylessCheck check) {
    Octets octets = files.file(path.toString());
    try {
      OtaFile file =
          kind.isPresent()
              ? OtaFile.read(octets, kind.get(), SimulatedSlot.OCTETS)
              : OtaFile.readAny(octets, SimulatedSlot.OCTETS);
      return new AnyImage(path, octets, file, check);
    } catch (FormatException fault) {
      throw CommandFailed.at(path, fault);
    }
  }

  FileKind kind() {
    return file.kind();
  }

  ScenarioDevice device(String name, DeviceType type) {
    ImageSource.Kind kind =
        check.obeysIntegrityCode()
            ? ImageSource.Kind.INTEGRITY_CODE
            : ImageSource.Kind.HEADER_AND_SIZE;
    return new ScenarioDevice(
        name,
        type,
        new ImageSource.File(
            path.toString(),
            file.kind(),
            Sha256.of(octets),
            new ImageSource.Check(kind, check.reason())),
        before(file.image().fileVersion()),
        type.activatedByCommand() ? new UpgradeTime.Held() : new UpgradeTime.Now(),
        DeviceParameters.DEFAULT);
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
      case ABSENT -> "header and size only: " + check.reason();
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
