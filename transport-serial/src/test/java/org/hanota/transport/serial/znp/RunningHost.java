// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.znp;

import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.machine.Peer;
import org.hanota.transport.serial.stick.HostConfig;
import org.hanota.transport.serial.stick.StickHost;

/** A host that has been through its start-up with a stick of a few canned answers. */
final class RunningHost {
  static final Peer SELF = new Peer(Eui64.parse("00124B0001020304"), 1);

  private RunningHost() {}

  static StickHost make() {
    return make(new Line());
  }

  static StickHost make(Line line) {
    return make(HostConfig.otaServer(SELF, 0x0104).build(), line);
  }

  static StickHost make(HostConfig config, Line line) {
    StickHost host = new StickHost(ZnpDialect::new, config, line);
    if (!start(host, line)) {
      throw new AssertionError("the host did not start");
    }
    line.written.clear();
    return host;
  }

  static boolean start(HostConfig config, Line line) {
    return start(new StickHost(ZnpDialect::new, config, line), line);
  }

  private static boolean start(StickHost host, Line line) {
    host.onOpen(0);
    for (int i = 0; !host.running() && i < line.written.size(); i++) {
      ZnpFrame frame = line.written.get(i);
      line.tell(host, answer(frame));
      if (frame.cmd0() == Command.ZDO_STARTUP_FROM_APP.cmd0()
          && frame.cmd1() == Command.ZDO_STARTUP_FROM_APP.cmd1()) {
        line.tell(host, ZnpFrame.of(Command.ZDO_STATE_CHANGE_IND, Octets.fromHex("09")));
      }
    }
    return host.running();
  }

  private static ZnpFrame answer(ZnpFrame frame) {
    return switch (Command.of(frame.cmd0(), frame.cmd1()).orElseThrow()) {
      case SYS_RESET_REQ -> ZnpFrame.of(Command.SYS_RESET_IND, Octets.fromHex("000201020701"));
      case SYS_PING -> frame.answer(Octets.fromHex("5906"));
      case SYS_VERSION -> frame.answer(Octets.fromHex("0201020701"));
      case SYS_GET_EXTADDR -> frame.answer(Octets.fromHex("04030201004b1200"));
      case SYS_OSAL_NV_LENGTH -> frame.answer(Octets.fromHex("0100"));
      case SYS_OSAL_NV_READ_EXT -> frame.answer(Octets.fromHex("000155"));
      case ZDO_EXT_NWK_INFO ->
          frame.answer(new NetworkInfo(0, 9, 0x5A5A, new Eui64(1), 15).octets());
      default -> frame.answer(Octets.fromHex("00"));
    };
  }
}
