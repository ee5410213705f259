// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.payload;

import java.util.List;
import org.hanota.api.Eui64;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.gbcs.field.CosemDateTime;
import org.hanota.gbcs.field.FieldReader;

/**
 * CS14: the hub's device log has changed; alert code 0x8F12. Carries a backup of the log.
 *
 * @param longInvokeId low 24 bits of the originator counter
 * @param alertTime when the alert was raised
 * @param backupTime when the backup was made
 * @param extendedPanId of the HAN; that these eight octets are it is inferred
 * @param devices the devices in the log
 */
public record DeviceLogAlert(
    int longInvokeId,
    CosemDateTime alertTime,
    CosemDateTime backupTime,
    Eui64 extendedPanId,
    List<BackedUpDevice> devices)
    implements Payload {
  private static final AlertCode ALERT = AlertCode.CHF_DEVICE_LOG_CHANGED;

  /** Checks the width and keeps an immutable copy. */
  public DeviceLogAlert {
    Dlms.checkInvokeId(longInvokeId);
    devices = List.copyOf(devices);
  }

  /** The only alert code of CS14. */
  public AlertCode alertCode() {
    return ALERT;
  }

  static DeviceLogAlert read(FieldReader in) {
    int id = Dlms.readHead(in, Dlms.DATA_NOTIFICATION);
    Dlms.structure(in, "notification", 3);
    Dlms.tag(in, "alertCode", Dlms.LONG_UNSIGNED);
    in.code16("alertCode", List.of(ALERT));
    CosemDateTime alertTime = Dlms.dateTime(in, "alertTime");
    Dlms.structure(in, "backup", 3);
    return new DeviceLogAlert(
        id,
        alertTime,
        Dlms.dateTime(in, "backupTime"),
        Dlms.eui64(in, "extendedPanId"),
        BackedUpDevice.readAll(in));
  }

  @Override
  public Octets octets() {
    OctetWriter out =
        Dlms.head(Dlms.DATA_NOTIFICATION, longInvokeId)
            .uint8(Dlms.STRUCTURE)
            .uint8(3)
            .uint8(Dlms.LONG_UNSIGNED)
            .uint16be(ALERT.code());
    Dlms.octetString(out, alertTime.octets()).uint8(Dlms.STRUCTURE).uint8(3);
    Dlms.octetString(out, backupTime.octets());
    Dlms.octetString(out, extendedPanId.octets());
    return BackedUpDevice.writeAll(out, devices).toOctets();
  }

  @Override
  public boolean agreesWith(long originatorCounter) {
    return Dlms.agrees(longInvokeId, originatorCounter);
  }
}
