// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.hanota.api.HardwareVersion;
import org.hanota.api.ImageId;
import org.hanota.api.ManufacturerCode;
import org.hanota.api.machine.Peer;
import org.hanota.api.node.NodeConfig;
import org.hanota.device.download.Suitability;
import org.hanota.otaformat.HardwareVersionRange;
import org.hanota.otaformat.OtaHeader;
import org.hanota.otaformat.SecurityCredentialVersion;
import org.hanota.otaformat.Verifier;
import org.junit.jupiter.api.Test;

/** A device is built from what it is, or from the header of a file that it takes. */
class DeviceConfigTest {
  private static DeviceConfig.Builder builder() {
    return DeviceConfig.builder(
        Desk.SELF, DeviceType.IHD, Verifier.headerAndSizeOnly("no image is taken"));
  }

  private static OtaHeader header(int manufacturer) {
    return OtaHeader.of(ImageId.of(manufacturer, 0x0080, 0x0101_0000L));
  }

  @Test
  void aDeviceThatTakesAFileIsOfWhatItsHeaderNames() {
    SecurityCredentialVersion credentials = new SecurityCredentialVersion(1);
    OtaHeader header =
        header(0x1002)
            .withHardwareVersions(
                new HardwareVersionRange(new HardwareVersion(0x0102), new HardwareVersion(0x0200)))
            .withZigBeeStackVersion(3)
            .withSecurityCredentialVersion(credentials);
    DeviceConfig config = builder().takes(header).build();
    assertThat(config.manufacturerCode()).isEqualTo(new ManufacturerCode(0x1002));
    assertThat(config.imageType()).isEqualTo(header.image().imageType());
    assertThat(config.hardwareVersion()).contains(new HardwareVersion(0x0102));
    assertThat(config.zigBeeStackVersion()).isEqualTo(3);
    assertThat(config.securityCredentialVersion()).contains(credentials);
    assertThat(Suitability.mismatch(config, header, Desk.BEFORE)).isEmpty();
  }

  @Test
  void aDeviceThatTakesAFileForAnyManufacturerIsOfASampleOne() {
    DeviceConfig config = builder().takes(header(0xFFFF)).build();
    assertThat(config.manufacturerCode()).isEqualTo(DeviceConfig.SAMPLE_MANUFACTURER);
  }

  @Test
  void aNodeIsWhatItsDeviceIs() {
    DeviceConfig config = builder().takes(header(0x1002)).network(0x0104, true).build();
    assertThat(config.node(7))
        .isEqualTo(new NodeConfig(new Peer(Desk.SELF, 7), 0x0104, false, true));
  }

  @Test
  void aDeviceWithoutAModelIsNamedWithWhatIsMissing() {
    DeviceConfig.Builder builder = builder();
    assertThatIllegalArgumentException()
        .isThrownBy(builder::build)
        .withMessage(
            "model of " + Desk.SELF + " is missing, allowed a manufacturer code and an image type");
  }
}
