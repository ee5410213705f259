// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.znp;

import java.util.ArrayList;
import java.util.List;
import org.hanota.api.Octets;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendResult;
import org.hanota.api.transport.Frame;
import org.hanota.transport.serial.stick.StickEvent;
import org.hanota.transport.serial.stick.StickHost;
import org.hanota.transport.serial.stick.Surroundings;

/** Everything that a host wanted done. */
final class Line implements Surroundings {
  final List<ZnpFrame> written = new ArrayList<>();
  final List<String> results = new ArrayList<>();
  final List<Frame> frames = new ArrayList<>();
  final List<StickEvent> events = new ArrayList<>();
  final List<Peer> servers = new ArrayList<>();
  int noServers;
  int reopened;
  private final ZnpFrameDecoder decoder = new ZnpFrameDecoder(written::add);

  ZnpFrame last() {
    return written.get(written.size() - 1);
  }

  void tell(StickHost host, ZnpFrame frame) {
    tellAt(host, 0, frame);
  }

  void tellAt(StickHost host, long nanos, ZnpFrame frame) {
    host.onOctets(nanos, frame.octets());
  }

  @Override
  public void write(Octets octets) {
    decoder.accept(0, octets);
  }

  @Override
  public void reopen(String reason) {
    reopened++;
  }

  @Override
  public void onFrame(Frame frame) {
    frames.add(frame);
  }

  @Override
  public void onSent(long sendId, SendResult result) {
    results.add(sendId + " " + result);
  }

  @Override
  public void onServerFound(Peer server) {
    servers.add(server);
  }

  @Override
  public void onNoServer() {
    noServers++;
  }

  @Override
  public void report(StickEvent event) {
    events.add(event);
  }
}
