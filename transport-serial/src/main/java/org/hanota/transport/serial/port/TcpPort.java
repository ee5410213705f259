// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.port;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.List;
import java.util.regex.Pattern;
import org.hanota.api.Octets;
import org.jspecify.annotations.Nullable;

/** A stick in the network, which carries the octets of its serial port over TCP. */
final class TcpPort extends ThreadedPort {
  static final String SCHEME = "tcp://";

  /** What names a place in the network beyond doubt. */
  private static final List<String> SCHEMES = List.of(SCHEME, "socket://");

  /** A place without a scheme: no path has a colon and digits at its end, and no slash. */
  private static final Pattern PLACE = Pattern.compile("(\\[[^\\]/]+\\]|[^/:\\\\]+):[0-9]{1,5}");

  /** In a local network a host that is there answers at once. */
  private static final int CONNECT_MILLIS = 3_000;

  private final Connector connector;
  private volatile @Nullable Socket socket;

  /** Whether anything came; of the reading thread alone. */
  private boolean heard;

  private TcpPort(String name, Receiver receiver, Connector connector) {
    super(name, receiver);
    this.connector = connector;
  }

  /** Makes the connection, or waits for one. */
  @FunctionalInterface
  interface Connector {
    Socket connect() throws IOException;
  }

  static BytePort open(String name, Receiver receiver, Connector connector) {
    TcpPort port = new TcpPort(name, receiver, connector);
    port.start();
    return port;
  }

  /** Whether a user means a place in the network by it. */
  static boolean names(String name) {
    return SCHEMES.stream().anyMatch(name::startsWith) || PLACE.matcher(name).matches();
  }

  /**
   * The opener for {@code tcp://host:port}, {@code socket://host:port} or {@code host:port}.
   *
   * @throws IllegalArgumentException if {@code name} is anything else
   */
  static Opener opener(String name) {
    String place = name;
    for (String scheme : SCHEMES) {
      place = place.startsWith(scheme) ? place.substring(scheme.length()) : place;
    }
    HostPort where = HostPort.parse(place);
    return new Opener() {
      @Override
      public BytePort open(Receiver receiver) {
        return TcpPort.open(name, receiver, () -> connect(where));
      }

      @Override
      public String name() {
        return name;
      }
    };
  }

  private static Socket connect(HostPort where) throws IOException {
    InetSocketAddress address = new InetSocketAddress(where.host(), where.port());
    if (address.isUnresolved()) {
      throw failure(
          "no host is known by the name \"" + where.host() + "\"; write the stick's address", null);
    }
    Socket socket = new Socket();
    try {
      socket.connect(address, CONNECT_MILLIS);
    } catch (IOException failure) {
      if (String.valueOf(failure.getMessage()).contains("reset")) {
        // It was accepted and closed before this side noticed: the next read says so.
        return socket;
      }
      socket.close();
      throw failure("cannot connect to " + where + ": " + failure.getMessage(), failure);
    }
    return socket;
  }

  @Override
  void openNow() throws IOException {
    Socket connected = connector.connect();
    socket = connected;
    // A frame waits for its answer: holding it back to fill a segment only costs time.
    if (connected.isConnected()) {
      connected.setTcpNoDelay(true);
      connected.setKeepAlive(true);
    }
  }

  @Override
  int readNow(byte[] buffer) throws IOException {
    int count;
    try {
      count = connected().getInputStream().read(buffer);
    } catch (SocketException reset) {
      throw heard ? reset : closed(reset);
    }
    if (count < 0) {
      throw closed(null);
    }
    heard = true;
    return count;
  }

  private IOException closed(@Nullable IOException cause) {
    return failure(
        heard
            ? "the other side closed the connection"
            : "the other side closed the connection at once: another program may be connected,"
                + " and such sticks serve one",
        cause);
  }

  @Override
  void writeNow(Octets octets) throws IOException {
    connected().getOutputStream().write(octets.toByteArray());
  }

  private Socket connected() throws IOException {
    Socket current = socket;
    if (current == null) {
      throw failure("not connected", null);
    }
    return current;
  }

  @Override
  void wakeReader() {
    closeNow();
  }

  /** A socket, unlike a serial port, may be closed twice and while a read waits. */
  @Override
  void closeNow() {
    Socket current = socket;
    if (current != null) {
      try {
        current.close();
      } catch (IOException ignored) {
        // Nothing is left to be saved.
      }
    }
  }
}
