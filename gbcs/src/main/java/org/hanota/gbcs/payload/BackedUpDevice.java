// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.payload;

import java.util.ArrayList;
import java.util.List;
import org.hanota.api.Eui64;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.gbcs.field.FieldReader;

/**
 * A device in the backup of a hub's device log, which CS14 carries out and CCS03 carries back.
 *
 * @param device the device
 * @param hashedLinkKey 16 octets; that it is the hash of the trust centre link key is inferred
 */
public record BackedUpDevice(Eui64 device, Octets hashedLinkKey) {
  /** Checks the key's length. */
  public BackedUpDevice {
    Dlms.key("hashedLinkKey", hashedLinkKey);
  }

  static List<BackedUpDevice> readAll(FieldReader in) {
    int count = Dlms.array(in, "devices");
    List<BackedUpDevice> devices = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Dlms.structure(in, "device", 2);
      devices.add(
          new BackedUpDevice(
              Dlms.eui64(in, "mac_address"),
              Dlms.octetString(in, "hashedLinkKey", Dlms.KEY_LENGTH)));
    }
    return devices;
  }

  static OctetWriter writeAll(OctetWriter out, List<BackedUpDevice> devices) {
    Dlms.array(out, devices.size());
    for (BackedUpDevice device : devices) {
      out.uint8(Dlms.STRUCTURE).uint8(2);
      Dlms.octetString(out, device.device.octets());
      Dlms.octetString(out, device.hashedLinkKey);
    }
    return out;
  }
}
