// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.payload;

import java.util.List;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.ZigBeeTime;
import org.hanota.gbcs.field.CosemDateTime;
import org.hanota.gbcs.field.FieldReader;

/**
 * An image has arrived and its authorising signature was checked: 0x8F72 it holds, 0x8F1C it does
 * not. [GBCS 11.2.6]
 */
public sealed interface FirmwareDistributionReceiptAlert extends Payload {
  /** 0x8F72 or 0x8F1C. */
  AlertCode alertCode();

  /** 32 octets, the hash that the device computed. */
  Octets manufacturerImageHash();

  private static List<AlertCode> allowed() {
    return List.of(
        AlertCode.FIRMWARE_VERIFICATION_SUCCESSFUL, AlertCode.FIRMWARE_VERIFICATION_FAILED);
  }

  /**
   * In DLMS form, message code 0x00CE.
   *
   * @param longInvokeId low 24 bits of the originator counter
   * @param alertCode 0x8F72 or 0x8F1C
   * @param alertTime when
   * @param manufacturerImageHash 32 octets
   */
  record Esme(
      int longInvokeId, AlertCode alertCode, CosemDateTime alertTime, Octets manufacturerImageHash)
      implements FirmwareDistributionReceiptAlert {
    /** Checks widths and alert code. */
    public Esme {
      Dlms.checkInvokeId(longInvokeId);
      alertCode.among(allowed());
      Hash.check(manufacturerImageHash);
    }

    static Esme read(FieldReader in) {
      int id = Dlms.readHead(in, Dlms.DATA_NOTIFICATION);
      Dlms.structure(in, "notification", 3);
      Dlms.tag(in, "alertCode", Dlms.LONG_UNSIGNED);
      return new Esme(
          id,
          in.code16("alertCode", allowed()),
          Dlms.dateTime(in, "alertTime"),
          Dlms.octetString(in, "manufacturerImageHash", Hash.LENGTH));
    }

    @Override
    public Octets octets() {
      OctetWriter out =
          Dlms.head(Dlms.DATA_NOTIFICATION, longInvokeId)
              .uint8(Dlms.STRUCTURE)
              .uint8(3)
              .uint8(Dlms.LONG_UNSIGNED)
              .uint16be(alertCode.code());
      Dlms.octetString(out, alertTime.octets());
      return Dlms.octetString(out, manufacturerImageHash).toOctets();
    }

    @Override
    public boolean agreesWith(long originatorCounter) {
      return Dlms.agrees(longInvokeId, originatorCounter);
    }
  }

  /**
   * In GBZ form, message code 0x00CF.
   *
   * @param alertCode 0x8F72 or 0x8F1C
   * @param alertTime when
   * @param manufacturerImageHash 32 octets
   */
  record Gsme(AlertCode alertCode, ZigBeeTime alertTime, Octets manufacturerImageHash)
      implements FirmwareDistributionReceiptAlert {
    /** Checks alert code and hash. */
    public Gsme {
      alertCode.among(allowed());
      Hash.check(manufacturerImageHash);
    }

    static Gsme read(FieldReader in) {
      in.constant("profile", "0109");
      in.constant("components", "01");
      AlertCode code = in.code16("alertCode", allowed());
      ZigBeeTime time = new ZigBeeTime(in.uint32("alertTime"));
      in.means(time.toString());
      return new Gsme(code, time, Dlms.octetString(in, "manufacturerImageHash", Hash.LENGTH));
    }

    @Override
    public Octets octets() {
      OctetWriter out =
          new OctetWriter(43)
              .octets(Octets.fromHex("010901"))
              .uint16be(alertCode.code())
              .uint32be(alertTime.seconds());
      return Dlms.octetString(out, manufacturerImageHash).toOctets();
    }
  }
}
