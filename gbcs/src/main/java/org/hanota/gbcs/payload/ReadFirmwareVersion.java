// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.payload;

import org.hanota.api.FileVersion;
import org.hanota.api.Octets;
import org.hanota.gbcs.field.FieldReader;
import org.hanota.keys.Der;

/** CS08: read the version that a PPMID or HCALCS runs. [GBCS 11.8] */
public sealed interface ReadFirmwareVersion extends Payload {

  /** Asks for the firmware version. */
  record Command() implements ReadFirmwareVersion {
    static Command read(FieldReader in) {
      in.nothing("CommandPayload");
      return new Command();
    }

    @Override
    public Octets octets() {
      return Der.nothing();
    }
  }

  /**
   * Answers.
   *
   * @param firmwareVersion the version that runs now
   * @param responseCode whether it could be read
   */
  record Response(FileVersion firmwareVersion, SuccessOrFailure responseCode)
      implements ReadFirmwareVersion {
    static Response read(FieldReader in) {
      FieldReader s = in.sequence("ResponsePayload");
      Response response =
          new Response(Hash.readVersion(s), s.codeInteger("responseCode", SuccessOrFailure.ALL));
      s.end("ResponsePayload");
      return response;
    }

    @Override
    public Octets octets() {
      return Der.sequence(Hash.version(firmwareVersion), Der.integer(responseCode.code()));
    }
  }
}
