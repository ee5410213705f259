// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.znp;

import java.util.ArrayList;
import java.util.List;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendResult;
import org.hanota.api.transport.Frame;

/** A host that has been through its start-up with a stick of a few canned answers. */
final class RunningHost {
  private RunningHost() {}

  static ZnpHost make() {
    List<ZnpFrame> written = new ArrayList<>();
    ZnpFrameDecoder line = new ZnpFrameDecoder(written::add);
    Peer self = new Peer(Eui64.parse("00124B0001020304"), 1);
    ZnpHost host = new ZnpHost(HostConfig.otaServer(self, 0x0104), new Around(line));
    host.onOpen(0);
    for (int i = 0; i < 20 && !host.running(); i++) {
      ZnpFrame frame = written.remove(0);
      host.onOctets(i, answer(frame).octets());
      if (frame.cmd1() == Command.ZDO_STARTUP_FROM_APP.cmd1()
          && frame.cmd0() == Command.ZDO_STARTUP_FROM_APP.cmd0()) {
        host.onOctets(i, ZnpFrame.of(Command.ZDO_STATE_CHANGE_IND, Octets.fromHex("09")).octets());
      }
    }
    if (!host.running()) {
      throw new AssertionError("the host did not start");
    }
    return host;
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

  private record Around(ZnpFrameDecoder line) implements ZnpHost.Surroundings {
    @Override
    public void write(Octets octets) {
      line.accept(0, octets);
    }

    @Override
    public void reopen(String reason) {}

    @Override
    public void onFrame(Frame frame) {}

    @Override
    public void onSent(long sendId, SendResult result) {}

    @Override
    public void onServerFound(Peer server) {}

    @Override
    public void onNoServer() {}

    @Override
    public void report(StickEvent event) {}
  }
}
