// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.request;

/** A version of firmware as the Central Products List and the inventory write it. [DUIS schema] */
public record FirmwareVersion(String text) {
  private static final int LONGEST = 8;

  public FirmwareVersion {
    IllegalField.text("FirmwareVersion", text, 1, LONGEST);
  }

  @Override
  public String toString() {
    return text;
  }
}
