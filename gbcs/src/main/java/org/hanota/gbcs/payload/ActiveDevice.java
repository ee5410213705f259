// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.payload;

import org.hanota.api.Eui64;
import org.hanota.api.OctetWriter;
import org.hanota.api.Width;
import org.hanota.gbcs.field.CosemDateTime;
import org.hanota.gbcs.field.FieldReader;

/**
 * A device in the hub's device log with how its radio fares; names as in DLMS class 104.
 *
 * @param device its EUI-64
 * @param status eight flags
 * @param maxRssi dBm, -128 to 127
 * @param averageRssi dBm, -128 to 127
 * @param minRssi dBm, -128 to 127
 * @param maxLqi uint8
 * @param averageLqi uint8
 * @param minLqi uint8
 * @param lastCommunication when the hub last heard it
 * @param numberOfHops uint8
 * @param transmissionFailures uint8
 * @param transmissionSuccesses uint8
 * @param applicationVersion uint8
 * @param stackVersion uint8
 */
public record ActiveDevice(
    Eui64 device,
    int status,
    int maxRssi,
    int averageRssi,
    int minRssi,
    int maxLqi,
    int averageLqi,
    int minLqi,
    CosemDateTime lastCommunication,
    int numberOfHops,
    int transmissionFailures,
    int transmissionSuccesses,
    int applicationVersion,
    int stackVersion) {
  private static final int ELEMENTS = 14;

  /** Checks the widths. */
  public ActiveDevice {
    Width.uint8("status", status);
    Width.range("maxRssi", maxRssi, Byte.MIN_VALUE, Byte.MAX_VALUE);
    Width.range("averageRssi", averageRssi, Byte.MIN_VALUE, Byte.MAX_VALUE);
    Width.range("minRssi", minRssi, Byte.MIN_VALUE, Byte.MAX_VALUE);
    Width.uint8("maxLqi", maxLqi);
    Width.uint8("averageLqi", averageLqi);
    Width.uint8("minLqi", minLqi);
    Width.uint8("numberOfHops", numberOfHops);
    Width.uint8("transmissionFailures", transmissionFailures);
    Width.uint8("transmissionSuccesses", transmissionSuccesses);
    Width.uint8("applicationVersion", applicationVersion);
    Width.uint8("stackVersion", stackVersion);
  }

  static ActiveDevice read(FieldReader in) {
    Dlms.structure(in, "active_device", ELEMENTS);
    Eui64 device = Dlms.eui64(in, "mac_address");
    in.constant("status type", "0408");
    in.means("bit-string of 8");
    return new ActiveDevice(
        device,
        in.uint8("status"),
        rssi(in, "maxRSSI"),
        rssi(in, "averageRSSI"),
        rssi(in, "minRSSI"),
        unsigned(in, "maxLQI"),
        unsigned(in, "averageLQI"),
        unsigned(in, "minLQI"),
        Dlms.dateTime(in, "last_communication_date_time"),
        unsigned(in, "number_of_hops"),
        unsigned(in, "transmission_failures"),
        unsigned(in, "transmission_successes"),
        unsigned(in, "application_version"),
        unsigned(in, "stack_version"));
  }

  void write(OctetWriter out) {
    out.uint8(Dlms.STRUCTURE).uint8(ELEMENTS);
    Dlms.octetString(out, device.octets()).uint8(Dlms.BIT_STRING).uint8(8).uint8(status);
    out.uint8(Dlms.INTEGER).uint8(maxRssi);
    out.uint8(Dlms.INTEGER).uint8(averageRssi);
    out.uint8(Dlms.INTEGER).uint8(minRssi);
    out.uint8(Dlms.UNSIGNED).uint8(maxLqi);
    out.uint8(Dlms.UNSIGNED).uint8(averageLqi);
    out.uint8(Dlms.UNSIGNED).uint8(minLqi);
    Dlms.octetString(out, lastCommunication.octets());
    out.uint8(Dlms.UNSIGNED).uint8(numberOfHops);
    out.uint8(Dlms.UNSIGNED).uint8(transmissionFailures);
    out.uint8(Dlms.UNSIGNED).uint8(transmissionSuccesses);
    out.uint8(Dlms.UNSIGNED).uint8(applicationVersion);
    out.uint8(Dlms.UNSIGNED).uint8(stackVersion);
  }

  private static int rssi(FieldReader in, String field) {
    int value = (byte) Dlms.uint8(in, field, Dlms.INTEGER);
    in.means(value + " dBm");
    return value;
  }

  private static int unsigned(FieldReader in, String field) {
    return Dlms.uint8(in, field, Dlms.UNSIGNED);
  }
}
