// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import org.hanota.api.Width;

/** The security credential that a device needs to install the file. [ZCL 11.4.2.11] */
public record SecurityCredentialVersion(int value) {
  /**
   * @param value uint8: 0 SE 1.0, 1 SE 1.1, 2 SE 2.0, 3 SE 1.2
   */
  public SecurityCredentialVersion {
    Width.uint8("securityCredentialVersion", value);
  }
}
