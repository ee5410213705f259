// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.payload;

import java.util.List;
import org.hanota.api.Eui64;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.gbcs.field.FieldReader;

/** CCS03: give a new hub the device log of the one it replaces. */
public sealed interface RestoreDeviceLog extends Payload {

  /**
   * The order to restore.
   *
   * @param longInvokeId low 24 bits of the originator counter
   * @param extendedPanId of the old HAN; that these eight octets are it is inferred
   * @param devices the old hub's devices
   */
  record Command(int longInvokeId, Eui64 extendedPanId, List<BackedUpDevice> devices)
      implements RestoreDeviceLog {
    private static final String SPECIFICATION = "0103" + Dlms.DEVICE_LOG + "05";

    /** Checks the width and keeps an immutable copy. */
    public Command {
      Dlms.checkInvokeId(longInvokeId);
      devices = List.copyOf(devices);
    }

    static Command read(FieldReader in) {
      int id = Dlms.readHead(in, Dlms.ACCESS_REQUEST);
      in.constant("access-request-specification", SPECIFICATION);
      in.means("restore_PAN");
      in.constant("access-request data", "01");
      Dlms.structure(in, "backup", 2);
      return new Command(id, Dlms.eui64(in, "extendedPanId"), BackedUpDevice.readAll(in));
    }

    @Override
    public Octets octets() {
      OctetWriter out =
          Dlms.head(Dlms.ACCESS_REQUEST, longInvokeId)
              .octets(Octets.fromHex(SPECIFICATION))
              .uint8(1)
              .uint8(Dlms.STRUCTURE)
              .uint8(2);
      Dlms.octetString(out, extendedPanId.octets());
      return BackedUpDevice.writeAll(out, devices).toOctets();
    }

    @Override
    public boolean agreesWith(long originatorCounter) {
      return Dlms.agrees(longInvokeId, originatorCounter);
    }
  }

  /** The hub's answer. */
  record Response(int longInvokeId, DataAccessResult result) implements RestoreDeviceLog {
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
