// SPDX-License-Identifier: Apache-2.0
package example;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.machine.SendResult;
import org.hanota.api.transport.Frame;
import org.hanota.api.transport.Transport;

/**
 * A radio of one's own: here TCP lines, one to each device. A frame on them is the uint16 length of
 * the ZCL frame, EUI-64 and endpoint of its sender, uint16 profile, uint16 cluster, the ZCL frame.
 */
final class LineServer implements Transport {
  private static final int MAXIMUM_PAYLOAD = 120;

  private final Peer self;
  private final ServerSocket server;
  private final Map<Eui64, Socket> lines = new ConcurrentHashMap<>();

  /** One thread, on which all callbacks run: none is made from inside a method of this class. */
  private final ExecutorService callbacks;

  /** A write may block, which {@link #send} must not. */
  private final ExecutorService writer = Executors.newSingleThreadExecutor();

  private Receiver receiver;

  LineServer(int port, Peer self, ExecutorService callbacks) throws IOException {
    this.self = self;
    this.callbacks = callbacks;
    this.server = new ServerSocket(port, 0, InetAddress.getLoopbackAddress());
  }

  int port() {
    return server.getLocalPort();
  }

  @Override
  public void open(Receiver to) {
    receiver = to;
    new Thread(this::accept, "accept").start();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket line = server.accept();
        line.setTcpNoDelay(true);
        new Thread(() -> read(line), "line").start();
      } catch (IOException e) {
        System.out.println("no more lines: " + e.getMessage());
      }
    }
  }

  private void read(Socket line) {
    try (line) {
      DataInputStream in = new DataInputStream(line.getInputStream());
      while (true) {
        byte[] zcl = new byte[in.readUnsignedShort()];
        Peer source = new Peer(Eui64.of(in.readLong()), in.readUnsignedByte());
        int profile = in.readUnsignedShort();
        int cluster = in.readUnsignedShort();
        in.readFully(zcl);
        lines.put(source.address(), line);
        SendOptions options = SendOptions.ACKNOWLEDGED;
        Frame frame = new Frame(source, self, profile, cluster, options, Octets.wrap(zcl));
        callbacks.execute(() -> receiver.onFrame(frame));
      }
    } catch (IOException ended) {
      lines.values().remove(line);
    }
  }

  @Override
  public void send(long sendId, Frame frame) {
    writer.execute(
        () -> {
          SendResult result = isWritten(frame) ? SendResult.DELIVERED : SendResult.NO_ROUTE;
          callbacks.execute(() -> receiver.onSent(sendId, result));
        });
  }

  private boolean isWritten(Frame frame) {
    Socket line = lines.get(frame.destination().address());
    if (line == null) {
      return false;
    }
    try {
      ByteArrayOutputStream whole = new ByteArrayOutputStream();
      DataOutputStream out = new DataOutputStream(whole);
      out.writeShort(frame.zcl().length());
      out.writeLong(self.address().value());
      out.writeByte(self.endpoint());
      out.writeShort(frame.profileId());
      out.writeShort(frame.clusterId());
      out.write(frame.zcl().toByteArray());
      line.getOutputStream().write(whole.toByteArray());
      return true;
    } catch (IOException broken) {
      return false;
    }
  }

  /** A hub looks for no server. */
  @Override
  public void discover(int profileId, int clusterId) {
    callbacks.execute(receiver::onNoServer);
  }

  @Override
  public int maximumPayload(Peer destination) {
    return MAXIMUM_PAYLOAD;
  }

  @Override
  public void close() {
    writer.shutdown();
    try {
      server.close();
      for (Socket line : lines.values()) {
        line.close();
      }
    } catch (IOException e) {
      System.out.println("a line was not closed: " + e.getMessage());
    }
  }
}
