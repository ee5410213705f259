// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import org.hanota.api.FileVersion;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.api.control.UpgradeTime;
import org.hanota.device.DeviceParameters;
import org.hanota.device.DeviceType;
import org.hanota.keys.P256PublicKey;
import org.hanota.keys.Sha256;
import org.hanota.otaformat.FileKind;
import org.hanota.otaformat.Verifier;
import org.hanota.sim.scenario.ImageSource;
import org.hanota.sim.scenario.ScenarioDevice;

/**
 * One device of a scenario with the octets of its image.
 *
 * @param device what the scenario says of it
 * @param imageName what the image is called
 * @param image the whole file
 * @param kind what stands behind its header
 * @param verifier what the device checks
 */
public record DevicePlan(
    ScenarioDevice device, String imageName, Octets image, FileKind kind, Verifier verifier) {
  /**
   * Makes or fetches the image of a device.
   *
   * @throws FormatException if a file is not the one that the scenario names
   */
  public static DevicePlan of(ScenarioDevice device, Fittings fittings) {
    return of(device, device.image(), fittings);
  }

  /** The same with another image for the device. */
  static DevicePlan of(ScenarioDevice device, ImageSource source, Fittings fittings) {
    if (source instanceof ImageSource.Sample sample) {
      return SampleImages.plan(device, sample);
    }
    ImageSource.File file = (ImageSource.File) source;
    NamedFile found = fittings.file(file.path());
    refuseOther(file.path(), found.sha256(), file.sha256());
    String name = file.path().substring(file.path().lastIndexOf('/') + 1);
    return new DevicePlan(device, name, found.octets(), file.kind(), verifier(file, fittings));
  }

  private static Verifier verifier(ImageSource.File file, Fittings fittings) {
    if (file.check() instanceof ImageSource.Keyless keyless) {
      return switch (keyless.kind()) {
        case INTEGRITY_CODE -> Verifier.integrityCodeIfCarried(keyless.reason());
        case HEADER_AND_SIZE -> Verifier.headerAndSizeOnly(keyless.reason());
      };
    }
    ImageSource.Signed signed = (ImageSource.Signed) file.check();
    P256PublicKey key = fittings.key(signed.path());
    refuseOther(signed.path(), Sha256.of(key.octets()), signed.sha256());
    return switch (signed.signature()) {
      case AUTHORISING -> Verifier.authorisingSignature(key);
      case MANUFACTURER -> Verifier.manufacturer(key, file.kind());
    };
  }

  private static void refuseOther(String path, Octets found, Octets named) {
    if (!found.equals(named)) {
      throw new FormatException(
          path, 0, "SHA-256 " + found.toHex(), named.toHex() + ", as the scenario");
    }
  }

  /** Its name. */
  public String name() {
    return device.name();
  }

  /** What it is. */
  public DeviceType type() {
    return device.type();
  }

  /** The version before. */
  public FileVersion running() {
    return device.running();
  }

  /** When the hub says that the image shall run. */
  public UpgradeTime when() {
    return device.when();
  }

  /** Times and limits of the device. */
  public DeviceParameters parameters() {
    return device.parameters();
  }

  /** Room for one image: what the device takes in one file, or its image if that is larger. */
  public long slotOctets() {
    return Math.max(parameters().maximumImageOctets(), image.length());
  }
}
