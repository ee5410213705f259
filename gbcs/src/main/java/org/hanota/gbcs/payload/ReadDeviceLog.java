// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.payload;

import java.util.ArrayList;
import java.util.List;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.gbcs.field.FieldReader;

/** CCS05 and CCS04: read the hub's device log. */
public sealed interface ReadDeviceLog extends Payload {

  /** Asks for the device log of a hub. */
  record Command(int longInvokeId) implements ReadDeviceLog {
    private static final String SPECIFICATION = "0101" + Dlms.DEVICE_LOG + "04";

    /** Checks the width. */
    public Command {
      Dlms.checkInvokeId(longInvokeId);
    }

    static Command read(FieldReader in) {
      int id = Dlms.readHead(in, Dlms.ACCESS_REQUEST);
      in.constant("access-request-specification", SPECIFICATION);
      in.means("get active_devices");
      in.constant("access-request data", "0100");
      return new Command(id);
    }

    @Override
    public Octets octets() {
      return Dlms.head(Dlms.ACCESS_REQUEST, longInvokeId)
          .octets(Octets.fromHex(SPECIFICATION + "0100"))
          .toOctets();
    }

    @Override
    public boolean agreesWith(long originatorCounter) {
      return Dlms.agrees(longInvokeId, originatorCounter);
    }
  }

  /** The answer: the device log of a hub, or why it cannot be read. */
  sealed interface Response extends ReadDeviceLog {
    /** Reads either form. */
    static Response read(FieldReader in) {
      int id = Dlms.readHead(in, Dlms.ACCESS_RESPONSE);
      in.constant("access-response data", "0001");
      if (in.peek() == 0) {
        in.constant("data", "00");
        in.constant("access-response-specification", "0101");
        return new Refused(id, in.code8("result", DataAccessResult.FAILURES));
      }
      int count = Dlms.array(in, "active_devices");
      List<ActiveDevice> devices = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        devices.add(ActiveDevice.read(in));
      }
      in.constant("access-response-specification", "010100");
      in.means("success");
      return new ActiveDevices(id, devices);
    }
  }

  /** The log. */
  record ActiveDevices(int longInvokeId, List<ActiveDevice> activeDevices) implements Response {
    /** Checks the width and keeps an immutable copy. */
    public ActiveDevices {
      Dlms.checkInvokeId(longInvokeId);
      activeDevices = List.copyOf(activeDevices);
    }

    @Override
    public Octets octets() {
      OctetWriter out = Dlms.head(Dlms.ACCESS_RESPONSE, longInvokeId).uint8(0).uint8(1);
      Dlms.array(out, activeDevices.size());
      activeDevices.forEach(device -> device.write(out));
      return out.octets(Octets.fromHex("010100")).toOctets();
    }

    @Override
    public boolean agreesWith(long originatorCounter) {
      return Dlms.agrees(longInvokeId, originatorCounter);
    }
  }

  /** The log cannot be read. */
  record Refused(int longInvokeId, DataAccessResult result) implements Response {
    /** Checks width and result. */
    public Refused {
      Dlms.checkInvokeId(longInvokeId);
      result.failure();
    }

    @Override
    public Octets octets() {
      return Dlms.plainResponse(longInvokeId, Dlms.GET, result);
    }

    @Override
    public boolean agreesWith(long originatorCounter) {
      return Dlms.agrees(longInvokeId, originatorCounter);
    }
  }
}
