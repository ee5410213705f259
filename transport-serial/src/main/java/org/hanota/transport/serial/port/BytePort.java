// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.port;

import java.io.IOException;
import org.hanota.api.Octets;

/** One opening of a way to a stick, from {@link Opener#open} to {@link Receiver#onLost}. */
public interface BytePort extends AutoCloseable {
  /**
   * Writes all of the octets.
   *
   * @throws IOException if the port is not open, or no longer there
   */
  void write(Octets octets) throws IOException;

  /** Ends the callbacks and lets go of the port; safe to call more than once. */
  @Override
  void close();

  /** Where a port calls back, on a thread of its own; one call at a time. */
  interface Receiver {
    /** The port is open. */
    void onOpen();

    /** Octets came; the view stays valid. */
    void onOctets(Octets octets);

    /** The port could not be opened, or is there no more. The last call. */
    void onLost(String reason);
  }

  /** Opens a port by its name, as often as it is told; each time anew, since sticks come back. */
  interface Opener {
    /** Begins to open and returns at once; never calls back from inside this call. */
    BytePort open(Receiver receiver);

    /** The name that a user gave. */
    String name();

    /**
     * The opener for what a user wrote.
     *
     * @param name {@code tcp://host:port}, {@code socket://host:port} or {@code host:port}, else
     *     the path or name of a serial port
     * @param baud octets per second times ten; ignored for TCP
     */
    static Opener of(String name, int baud) {
      return of(name, baud, false);
    }

    /**
     * The opener for what a user wrote.
     *
     * @param name {@code tcp://host:port}, else the path or name of a serial port
     * @param baud octets per second times ten; ignored for TCP
     * @param hardwareFlowControl whether RTS and CTS hold octets back; ignored for TCP
     */
    static Opener of(String name, int baud, boolean hardwareFlowControl) {
      return TcpPort.names(name)
          ? TcpPort.opener(name)
          : SerialLine.opener(name, baud, hardwareFlowControl);
    }
  }
}
