// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.payload;

import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.Width;
import org.hanota.gbcs.field.FieldReader;

/** CCS01: add a device to the hub's device log, so that it may join the HAN. */
public sealed interface AddDevice extends Payload {

  /**
   * The order to add a device and to let devices join for a while.
   *
   * @param longInvokeId low 24 bits of the originator counter
   * @param device the device
   * @param deviceType uint8, its type in the device log
   * @param installCode 16 octets
   * @param keyType uint8, 0 in the reference message; the meaning is inferred from its place
   * @param joinTimeoutSeconds uint16, how long devices may join
   * @param enableJoining whether they may
   */
  record Command(
      int longInvokeId,
      Eui64 device,
      int deviceType,
      Octets installCode,
      int keyType,
      int joinTimeoutSeconds,
      boolean enableJoining)
      implements AddDevice {
    /** One action and two writes, each on an attribute or method of the device log. */
    private static final String SPECIFICATION =
        "0303" + Dlms.DEVICE_LOG + "0102" + Dlms.DEVICE_LOG + "0302" + Dlms.DEVICE_LOG + "02";

    private static final int TRUE = 0xFF;

    /** Checks the widths. */
    public Command {
      Dlms.checkInvokeId(longInvokeId);
      Width.uint8("deviceType", deviceType);
      Dlms.key("installCode", installCode);
      Width.uint8("keyType", keyType);
      Width.uint16("joinTimeoutSeconds", joinTimeoutSeconds);
    }

    static Command read(FieldReader in) {
      int id = Dlms.readHead(in, Dlms.ACCESS_REQUEST);
      in.constant("access-request-specification", SPECIFICATION);
      in.means("register_device; set join_timeout, enable_disable_joining");
      in.constant("access-request data", "03");
      Dlms.structure(in, "device", 4);
      Eui64 device = Dlms.eui64(in, "mac_address");
      int type = Dlms.uint8(in, "deviceType", Dlms.ENUM);
      Octets installCode = Dlms.octetString(in, "installCode", Dlms.KEY_LENGTH);
      int keyType = Dlms.uint8(in, "keyType", Dlms.ENUM);
      Dlms.tag(in, "join_timeout", Dlms.LONG_UNSIGNED);
      int timeout = in.uint16("join_timeout");
      int at = in.position();
      int enable = Dlms.uint8(in, "enable_disable_joining", Dlms.BOOLEAN);
      if (enable != 0 && enable != TRUE) {
        throw new FormatException(
            "enable_disable_joining", at + 1, Width.hex(enable, 2), "00 or FF");
      }
      return new Command(id, device, type, installCode, keyType, timeout, enable == TRUE);
    }

    @Override
    public Octets octets() {
      OctetWriter out =
          Dlms.head(Dlms.ACCESS_REQUEST, longInvokeId)
              .octets(Octets.fromHex(SPECIFICATION))
              .uint8(3)
              .uint8(Dlms.STRUCTURE)
              .uint8(4);
      Dlms.octetString(out, device.octets()).uint8(Dlms.ENUM).uint8(deviceType);
      Dlms.octetString(out, installCode).uint8(Dlms.ENUM).uint8(keyType);
      return out.uint8(Dlms.LONG_UNSIGNED)
          .uint16be(joinTimeoutSeconds)
          .uint8(Dlms.BOOLEAN)
          .uint8(enableJoining ? TRUE : 0)
          .toOctets();
    }

    @Override
    public boolean agreesWith(long originatorCounter) {
      return Dlms.agrees(longInvokeId, originatorCounter);
    }
  }

  /**
   * The hub's answer, one result for each of the three accesses.
   *
   * @param longInvokeId of the Command
   * @param registerDevice how adding ended
   * @param joinTimeout how setting the time ended
   * @param enableJoining how letting join ended
   */
  record Response(
      int longInvokeId,
      DataAccessResult registerDevice,
      DataAccessResult joinTimeout,
      DataAccessResult enableJoining)
      implements AddDevice {
    /** Checks the width. */
    public Response {
      Dlms.checkInvokeId(longInvokeId);
    }

    static Response read(FieldReader in) {
      int id = Dlms.readHead(in, Dlms.ACCESS_RESPONSE);
      in.constant("access-response data", "0003000000");
      in.constant("access-response-specification", "0303");
      DataAccessResult register = in.code8("register_device", DataAccessResult.ALL);
      in.constant("access-response-specification", "02");
      DataAccessResult timeout = in.code8("join_timeout", DataAccessResult.ALL);
      in.constant("access-response-specification", "02");
      return new Response(
          id, register, timeout, in.code8("enable_disable_joining", DataAccessResult.ALL));
    }

    @Override
    public Octets octets() {
      return Dlms.head(Dlms.ACCESS_RESPONSE, longInvokeId)
          .octets(Octets.fromHex("0003000000" + "0303"))
          .uint8(registerDevice.code())
          .uint8(Dlms.SET)
          .uint8(joinTimeout.code())
          .uint8(Dlms.SET)
          .uint8(enableJoining.code())
          .toOctets();
    }

    @Override
    public boolean agreesWith(long originatorCounter) {
      return Dlms.agrees(longInvokeId, originatorCounter);
    }
  }
}
