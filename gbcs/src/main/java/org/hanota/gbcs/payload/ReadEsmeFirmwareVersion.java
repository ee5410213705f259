// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.payload;

import org.hanota.api.FileVersion;
import org.hanota.api.Octets;
import org.hanota.gbcs.field.FieldReader;

/** ECS52: read the version that an electricity meter runs. */
public sealed interface ReadEsmeFirmwareVersion extends Payload {

  /** Asks an ESME for the version of its firmware. */
  record Command(int longInvokeId) implements ReadEsmeFirmwareVersion {
    /** Attribute 2 of the data object 0-0:0.2.1.255. */
    private static final String SPECIFICATION = "010100010000000201FF02";

    /** Checks the width. */
    public Command {
      Dlms.checkInvokeId(longInvokeId);
    }

    static Command read(FieldReader in) {
      int id = Dlms.readHead(in, Dlms.ACCESS_REQUEST);
      in.constant("access-request-specification", SPECIFICATION);
      in.means("get value of 0-0:0.2.1.255");
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

  /** The answer of the ESME: its version, or why it cannot be read. */
  sealed interface Response extends ReadEsmeFirmwareVersion {
    /** Reads either form. */
    static Response read(FieldReader in) {
      int id = Dlms.readHead(in, Dlms.ACCESS_RESPONSE);
      in.constant("access-response data", "0001");
      if (in.peek() == 0) {
        in.constant("data", "00");
        in.constant("access-response-specification", "0101");
        return new Refused(id, in.code8("result", DataAccessResult.FAILURES));
      }
      Octets version = Dlms.octetString(in, "firmwareVersion", Integer.BYTES);
      in.constant("access-response-specification", "010100");
      in.means("success");
      return new Version(id, new FileVersion(version.uint32be(0)));
    }
  }

  /** The version that runs. */
  record Version(int longInvokeId, FileVersion firmwareVersion) implements Response {
    /** Checks the width. */
    public Version {
      Dlms.checkInvokeId(longInvokeId);
    }

    @Override
    public Octets octets() {
      return Dlms.octetString(
              Dlms.head(Dlms.ACCESS_RESPONSE, longInvokeId).uint8(0).uint8(1),
              Hash.versionOctets(firmwareVersion))
          .octets(Octets.fromHex("010100"))
          .toOctets();
    }

    @Override
    public boolean agreesWith(long originatorCounter) {
      return Dlms.agrees(longInvokeId, originatorCounter);
    }
  }

  /** The version cannot be read. The form is that of CCS05's refusal. */
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
