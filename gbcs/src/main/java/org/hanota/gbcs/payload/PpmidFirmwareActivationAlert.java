// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.payload;

import java.util.List;
import org.hanota.api.FileVersion;
import org.hanota.api.Octets;
import org.hanota.gbcs.field.FieldReader;
import org.hanota.gbcs.field.GeneralizedTime;
import org.hanota.keys.Der;

/**
 * CS09: a PPMID has activated an image or failed to; alert code 0x8F8B. [GBCS 11.9]
 *
 * @param executionDateTime when
 * @param firmwareVersion the version that runs now
 * @param activateImage whether it worked
 */
public record PpmidFirmwareActivationAlert(
    GeneralizedTime executionDateTime, FileVersion firmwareVersion, SuccessOrFailure activateImage)
    implements Payload {
  private static final AlertCode ALERT = AlertCode.READ_FIRMWARE_VERSION_ALERT;

  /** The only alert code of CS09. */
  public AlertCode alertCode() {
    return ALERT;
  }

  static PpmidFirmwareActivationAlert read(FieldReader in) {
    FieldReader s = in.sequence("AlertPayload");
    s.codeInteger("alertCode", List.of(ALERT));
    PpmidFirmwareActivationAlert alert =
        new PpmidFirmwareActivationAlert(
            s.generalizedTime("executionDateTime"),
            Hash.readVersion(s),
            s.codeInteger("activateImage", SuccessOrFailure.ALL));
    s.end("AlertPayload");
    return alert;
  }

  @Override
  public Octets octets() {
    return Der.sequence(
        Der.integer(ALERT.code()),
        executionDateTime.der(),
        Hash.version(firmwareVersion),
        Der.integer(activateImage.code()));
  }
}
