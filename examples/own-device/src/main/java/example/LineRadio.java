// SPDX-License-Identifier: Apache-2.0
package example;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.machine.SendResult;
import org.hanota.api.transport.Frame;
import org.hanota.api.transport.Transport;

/**
 * A radio of one's own: here a TCP line to one hub. A frame on it is the uint16 length of the ZCL
 * frame, EUI-64 and endpoint of its sender, uint16 profile, uint16 cluster, and the ZCL frame.
 */
final class LineRadio implements Transport {
  private static final int MAXIMUM_PAYLOAD = 120;
  private static final int NEXT_TRY_MS = 500;

  private final String host;
  private final int port;
  private final Peer self;
  private final Peer hub;

  /** One thread, on which all callbacks run: none is made from inside a method of this class. */
  private final ScheduledExecutorService callbacks;

  /** A write may block, which {@link #send} must not. */
  private final ExecutorService writer = Executors.newSingleThreadExecutor();

  private volatile Socket line = new Socket();
  private volatile boolean isClosed;
  private Receiver receiver;

  LineRadio(String host, int port, Peer self, Peer hub, ScheduledExecutorService callbacks) {
    this.host = host;
    this.port = port;
    this.self = self;
    this.hub = hub;
    this.callbacks = callbacks;
  }

  @Override
  public void open(Receiver to) {
    receiver = to;
    new Thread(this::keepReading, "line").start();
  }

  private void keepReading() {
    while (!isClosed) {
      try (Socket socket = new Socket(host, port)) {
        socket.setTcpNoDelay(true);
        line = socket;
        read(new DataInputStream(socket.getInputStream()));
      } catch (IOException broken) {
        System.out.println("no line to the hub: " + broken.getMessage());
        waitForNextTry();
      }
    }
  }

  private static void waitForNextTry() {
    try {
      Thread.sleep(NEXT_TRY_MS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read(DataInputStream in) throws IOException {
    while (!isClosed) {
      byte[] zcl = new byte[in.readUnsignedShort()];
      Peer source = new Peer(Eui64.of(in.readLong()), in.readUnsignedByte());
      int profile = in.readUnsignedShort();
      int cluster = in.readUnsignedShort();
      in.readFully(zcl);
      SendOptions options = SendOptions.ACKNOWLEDGED;
      Frame frame = new Frame(source, self, profile, cluster, options, Octets.wrap(zcl));
      callbacks.execute(() -> receiver.onFrame(frame));
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

  @Override
  public void discover(int profileId, int clusterId) {
    callbacks.schedule(() -> receiver.onServerFound(hub), NEXT_TRY_MS, TimeUnit.MILLISECONDS);
  }

  @Override
  public int maximumPayload(Peer destination) {
    return MAXIMUM_PAYLOAD;
  }

  @Override
  public void close() {
    isClosed = true;
    writer.shutdown();
    try {
      line.close();
    } catch (IOException e) {
      System.out.println("the line was not closed: " + e.getMessage());
    }
  }
}
