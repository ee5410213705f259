// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.image;

import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.ImageId;
import org.hanota.api.ImageType;
import org.hanota.api.ManufacturerCode;
import org.hanota.otaformat.HardwareVersionRange;
import org.hanota.otaformat.OtaHeader;
import org.hanota.otaformat.SecurityCredentialVersion;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The fields of a header as options. */
final class HeaderOptions {
  @Option(
      names = "--manufacturer-code",
      required = true,
      paramLabel = "N",
      converter = Converters.Maker.class,
      description = "Manufacturer code, as in 0x1234.")
  private ManufacturerCode manufacturerCode = new ManufacturerCode(0);

  @Option(
      names = "--image-type",
      required = true,
      paramLabel = "N",
      converter = Converters.Type.class,
      description = "Image type, as in 0x0001.")
  private ImageType imageType = new ImageType(0);

  @Option(
      names = "--file-version",
      required = true,
      paramLabel = "N",
      converter = Converters.Version.class,
      description = "File version, as in 0x00020000.")
  private FileVersion fileVersion = new FileVersion(0);

  @Option(
      names = "--stack-version",
      paramLabel = "N",
      converter = Converters.Uint16.class,
      description = "ZigBee stack version; 2, which is PRO, unless given.")
  private int stackVersion = OtaHeader.STACK_VERSION_PRO;

  @Option(names = "--string", paramLabel = "TEXT", description = "Header string, to 31 characters.")
  private String text = "";

  @Option(
      names = "--hardware",
      paramLabel = "MIN-MAX",
      converter = Converters.Hardware.class,
      description = "Hardware versions, as in 0x0100-0x01FF; a GB image has to have them.")
  private @Nullable HardwareVersionRange hardware;

  @Option(
      names = "--destination",
      paramLabel = "EUI64",
      description = "The one device that the file is for.")
  private @Nullable Eui64 destination;

  @Option(
      names = "--credential-version",
      paramLabel = "N",
      converter = Converters.Credential.class,
      description = "Security credential version.")
  private @Nullable SecurityCredentialVersion credentialVersion;

  OtaHeader header() {
    ImageId image = new ImageId(manufacturerCode, imageType, fileVersion);
    OtaHeader header =
        OtaHeader.of(image).withHeaderString(text).withZigBeeStackVersion(stackVersion);
    if (hardware != null) {
      header = header.withHardwareVersions(hardware);
    }
    if (destination != null) {
      header = header.withUpgradeFileDestination(destination);
    }
    if (credentialVersion != null) {
      header = header.withSecurityCredentialVersion(credentialVersion);
    }
    return header;
  }
}
