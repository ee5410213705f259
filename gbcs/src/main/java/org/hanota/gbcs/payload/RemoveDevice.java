// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.payload;

import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.gbcs.field.FieldReader;

/** CCS02: remove a device from the hub's device log. */
public sealed interface RemoveDevice extends Payload {

  /**
   * The order to remove.
   *
   * @param longInvokeId low 24 bits of the originator counter
   * @param device the device
   */
  record Command(int longInvokeId, Eui64 device) implements RemoveDevice {
    private static final String SPECIFICATION = "0103" + Dlms.DEVICE_LOG + "02";

    /** Checks the width. */
    public Command {
      Dlms.checkInvokeId(longInvokeId);
    }

    static Command read(FieldReader in) {
      int id = Dlms.readHead(in, Dlms.ACCESS_REQUEST);
      in.constant("access-request-specification", SPECIFICATION);
      in.means("unregister_device");
      in.constant("access-request data", "01");
      return new Command(id, Dlms.eui64(in, "mac_address"));
    }

    @Override
    public Octets octets() {
      return Dlms.octetString(
              Dlms.head(Dlms.ACCESS_REQUEST, longInvokeId)
                  .octets(Octets.fromHex(SPECIFICATION))
                  .uint8(1),
              device.octets())
          .toOctets();
    }

    @Override
    public boolean agreesWith(long originatorCounter) {
      return Dlms.agrees(longInvokeId, originatorCounter);
    }
  }

  /** The hub's answer. */
  record Response(int longInvokeId, DataAccessResult result) implements RemoveDevice {
    /** Checks the width. */
    public Response {
      Dlms.checkInvokeId(longInvokeId);
    }

    static Response read(FieldReader in) {
      int id = Dlms.readHead(in, Dlms.ACCESS_RESPONSE);
      return new Response(id, Dlms.readPlainResult(in, Dlms.ACTION));
    }

    @Override
    public Octets octets() {
      return Dlms.plainResponse(longInvokeId, Dlms.ACTION, result);
    }

    @Override
    public boolean agreesWith(long originatorCounter) {
      return Dlms.agrees(longInvokeId, originatorCounter);
    }
  }
}
