// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.port;

import java.io.IOException;
import org.hanota.api.Octets;
import org.jspecify.annotations.Nullable;

/**
 * A port whose one thread opens, reads and closes, so that no two threads ever close the same
 * descriptor and a read never meets a descriptor that was closed and given to something else.
 */
abstract class ThreadedPort implements BytePort {
  /** A stick's frame has at most 255 octets; a few of them at once are welcome. */
  private static final int READ_OCTETS = 1024;

  /** Reads end after half a second at the latest; twice that, and the driver hangs. */
  private static final long CLOSE_WAIT_MILLIS = 1_500;

  private final Receiver receiver;
  private final Thread thread;
  private final Object writeLock = new Object();
  private volatile boolean closed;
  private volatile boolean open;

  ThreadedPort(String name, Receiver receiver) {
    this.receiver = receiver;
    thread = new Thread(this::run, "hanota-port " + name);
    thread.setDaemon(true);
  }

  final void start() {
    thread.start();
  }

  /** Opens; the reason goes to {@link Receiver#onLost} if it throws. */
  abstract void openNow() throws IOException;

  /** How many octets were read: 0 if none came for a while; throws if the port is gone. */
  abstract int readNow(byte[] buffer) throws IOException;

  abstract void writeNow(Octets octets) throws IOException;

  /** Called once, by the thread that read. */
  abstract void closeNow();

  @Override
  public final void write(Octets octets) throws IOException {
    synchronized (writeLock) {
      if (!open || closed) {
        throw new IOException("the port is not open");
      }
      writeNow(octets);
    }
  }

  @Override
  public final void close() {
    closed = true;
    if (Thread.currentThread() == thread) {
      return;
    }
    wakeReader();
    try {
      thread.join(CLOSE_WAIT_MILLIS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Makes a read return at once, where the system can do so. */
  void wakeReader() {}

  private void run() {
    String reason;
    try {
      openNow();
      open = true;
      if (!closed) {
        receiver.onOpen();
      }
      reason = read();
    } catch (IOException failure) {
      reason = failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
    open = false;
    closeNow();
    if (!closed) {
      receiver.onLost(reason);
    }
  }

  private String read() throws IOException {
    byte[] buffer = new byte[READ_OCTETS];
    while (!closed) {
      int count = readNow(buffer);
      if (count > 0 && !closed) {
        receiver.onOctets(Octets.wrap(buffer, 0, count).copy());
      }
    }
    return "closed";
  }

  static IOException failure(String what, @Nullable Throwable cause) {
    return new IOException(what, cause);
  }
}
