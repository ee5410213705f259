// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.network;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.hanota.api.SeededRandom;

/** A proxy that holds back, loses and swallows what it carries, and cuts connections. */
final class BadNetwork implements AutoCloseable {
  /** What goes wrong. */
  enum Fault {
    /** All of one direction waits. */
    DELAY,
    /** Some octets are lost and the rest comes: what TLS finds out. */
    DROP,
    /** Both sides see the connection end. */
    CUT,
    /** Nothing comes any more and nobody is told: what keep-alive finds out. */
    SILENCE
  }

  /** Silence costs half a minute each time, so there is little of it. */
  private static final List<Fault> TURNS =
      List.of(
          Fault.DELAY,
          Fault.CUT,
          Fault.DELAY,
          Fault.DROP,
          Fault.DELAY,
          Fault.CUT,
          Fault.DELAY,
          Fault.SILENCE,
          Fault.DELAY,
          Fault.CUT,
          Fault.DELAY,
          Fault.DROP,
          Fault.DELAY,
          Fault.CUT,
          Fault.DELAY,
          Fault.CUT,
          Fault.DELAY,
          Fault.DROP,
          Fault.DELAY,
          Fault.CUT);

  private static final int LONGEST_DELAY_MS = 500;
  private static final int CHUNK_OCTETS = 16_384;

  private final ServerSocket listening;
  private final int hubPort;
  private final int octetsBetweenFaults;
  private final long seed;
  // Guarded by this object.
  private final Map<Fault, Integer> fired = new EnumMap<>(Fault.class);
  private int faults;

  /**
   * @param octetsBetweenFaults how many octets of one direction pass on average before the next
   */
  BadNetwork(int hubPort, int octetsBetweenFaults, long seed) throws IOException {
    this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    this.hubPort = hubPort;
    this.octetsBetweenFaults = octetsBetweenFaults;
    this.seed = seed;
    daemon(this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  /** How often each fault has happened. */
  synchronized Map<Fault, Integer> fired() {
    return new EnumMap<>(fired);
  }

  private static void daemon(Runnable body) {
    Thread thread = new Thread(body, "bad network");
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    int number = 0;
    try {
      while (true) {
        Socket client = listening.accept();
        Connection connection = new Connection(client, number++);
        daemon(connection::run);
      }
    } catch (IOException closed) {
      // The test is over.
    }
  }

  private synchronized Fault next() {
    Fault fault = TURNS.get(faults++ % TURNS.size());
    fired.merge(fault, 1, Integer::sum);
    return fault;
  }

  private final class Connection {
    private final Socket client;
    private final int number;
    private final Socket hub = new Socket();
    private volatile boolean silent;

    Connection(Socket client, int number) {
      this.client = client;
      this.number = number;
    }

    void run() {
      try {
        hub.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), hubPort));
      } catch (IOException noHub) {
        cut();
        return;
      }
      daemon(() -> carry(client, hub, 0));
      carry(hub, client, 1);
    }

    private void carry(Socket from, Socket to, int direction) {
      SeededRandom random = SeededRandom.of(seed, number, direction);
      byte[] chunk = new byte[CHUNK_OCTETS];
      long untilFault = random.below(2 * octetsBetweenFaults);
      try (InputStream in = from.getInputStream();
          OutputStream out = to.getOutputStream()) {
        int count = in.read(chunk);
        while (count >= 0) {
          untilFault -= count;
          Fault fault = untilFault < 0 && !silent ? next() : null;
          if (fault != null) {
            untilFault = random.below(2 * octetsBetweenFaults);
          }
          if (fault == Fault.CUT) {
            break;
          }
          if (fault == Fault.DELAY) {
            TimeUnit.MILLISECONDS.sleep(random.below(LONGEST_DELAY_MS));
          }
          silent |= fault == Fault.SILENCE;
          if (!silent && fault != Fault.DROP) {
            out.write(chunk, 0, count);
          }
          count = in.read(chunk);
        }
      } catch (IOException ended) {
        // One side has closed it.
      } catch (InterruptedException interrupted) {
        throw new AssertionError(interrupted);
      }
      cut();
    }

    private void cut() {
      try {
        client.close();
        hub.close();
      } catch (IOException fault) {
        throw new AssertionError(fault);
      }
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
