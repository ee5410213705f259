// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.payload;

import java.util.List;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.gbcs.field.Coded;
import org.hanota.gbcs.field.FieldReader;
import org.hanota.keys.Der;

/** CS04AC and CS04B: undo a join. */
public sealed interface UnjoinDevice extends Payload {

  /** The order to part from {@code otherDevice}. */
  record Command(Eui64 otherDevice) implements UnjoinDevice {
    static Command read(FieldReader in) {
      return new Command(in.octetStringEui64("otherDeviceEntityIdentifier"));
    }

    @Override
    public Octets octets() {
      return Der.octetString(otherDevice.octets());
    }
  }

  /** How it ended. */
  enum UnjoinResponseCode implements Coded {
    /** Parted. */
    SUCCESS(0, "success"),
    /** They were not joined. */
    OTHER_DEVICE_NOT_IN_DEVICE_LOG(1, "otherDeviceNotInDeviceLog"),
    /** Something else. */
    OTHER_FAILURE(2, "otherFailure");

    private static final List<UnjoinResponseCode> ALL = List.of(values());

    private final int code;
    private final String officialName;

    UnjoinResponseCode(int code, String officialName) {
      this.code = code;
      this.officialName = officialName;
    }

    @Override
    public int code() {
      return code;
    }

    @Override
    public String officialName() {
      return officialName;
    }
  }

  /** The device's answer. */
  record Response(UnjoinResponseCode unjoinResponseCode) implements UnjoinDevice {
    static Response read(FieldReader in) {
      return new Response(in.codeInteger("unjoinResponseCode", UnjoinResponseCode.ALL));
    }

    @Override
    public Octets octets() {
      return Der.integer(unjoinResponseCode.code());
    }
  }
}
