// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.znp;

import org.hanota.api.OctetReader;
import org.hanota.api.Octets;
import org.hanota.transport.serial.stick.RequestChannel;

/** The stick does not know a request, or not with such data. */
record RpcError(int error, int cmd0, int cmd1) {
  /**
   * Reads the data of RPC_ERROR.
   *
   * @throws org.hanota.api.FormatException if it is cut off
   */
  static RpcError decode(Octets data) {
    OctetReader in = new OctetReader(data);
    return new RpcError(in.uint8("ErrorCode"), in.uint8("ReqCmd0"), in.uint8("ReqCmd1"));
  }

  /** Ends the request that it is about. */
  void refuse(RequestChannel<ZnpFrame> channel) {
    channel.refusal(asked -> asked.cmd0() == cmd0 && asked.cmd1() == cmd1, reason());
  }

  private String reason() {
    return switch (error) {
      case 1 -> "the firmware does not have this subsystem";
      case 2 -> "the firmware does not have this command";
      case 3 -> "a parameter is not allowed";
      case 4 -> "the length is not allowed";
      default -> "error " + error;
    };
  }
}
