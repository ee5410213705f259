// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.payload;

import org.hanota.api.FileVersion;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.Width;
import org.hanota.gbcs.field.FieldReader;

/** GCS38: read the version that a gas meter runs, as a tunnelled ZCL attribute read. */
public sealed interface ReadGsmeFirmwareVersion extends Payload {
  /** Profile, one component, last component, cluster 0x0702. */
  private static String head() {
    return "010901" + "01" + "0702";
  }

  /** Asks for the firmware version of a GSME. */
  record Command() implements ReadGsmeFirmwareVersion {
    /** Read Attributes of attribute 0x0206. */
    private static final String ZCL = "0005" + "000000" + "0602";

    static Command read(FieldReader in) {
      in.constant("GBZ component", head());
      in.constant("Read Attributes", ZCL);
      return new Command();
    }

    @Override
    public Octets octets() {
      return Octets.fromHex(head() + ZCL);
    }
  }

  /** The answer: the firmware version of a GSME, or why it cannot be read. */
  sealed interface Response extends ReadGsmeFirmwareVersion {
    /** Read Attributes Response for attribute 0x0206. */
    private static String zcl() {
      return "080001" + "0602";
    }

    /** Reads either form. */
    static Response read(FieldReader in) {
      in.constant("GBZ component", head());
      FieldReader zcl = in.part("ZCL", in.uint16("ZCL length"));
      zcl.constant("Read Attributes Response", zcl());
      int status = zcl.uint8("status");
      if (status != 0) {
        zcl.end("ZCL");
        return new Refused(status);
      }
      zcl.constant("firmwareVersion type", "4104");
      zcl.means("octet string of 4");
      Version version = new Version(new FileVersion(zcl.uint32("firmwareVersion")));
      zcl.means(version.firmwareVersion().toString());
      zcl.end("ZCL");
      return version;
    }
  }

  /** The version that runs. */
  record Version(FileVersion firmwareVersion) implements Response {
    @Override
    public Octets octets() {
      return new OctetWriter(20)
          .octets(Octets.fromHex(head() + "000C" + Response.zcl() + "00" + "4104"))
          .octets(Hash.versionOctets(firmwareVersion))
          .toOctets();
    }
  }

  /**
   * The version cannot be read. The form is that of a ZCL Read Attributes Response.
   *
   * @param status ZCL status, 1 to 255
   */
  record Refused(int status) implements Response {
    /** Checks the status. */
    public Refused {
      Width.range("status", status, 1, Width.UINT8_MAX);
    }

    @Override
    public Octets octets() {
      return Octets.fromHex(head() + "0006" + Response.zcl() + Width.hex(status, 2));
    }
  }
}
