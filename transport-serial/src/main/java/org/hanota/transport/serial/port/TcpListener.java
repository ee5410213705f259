// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.port;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/**
 * The other side of {@code tcp://}: an opener whose ports are the connections that come. One at a
 * time, as with a cable; whoever comes while one is there waits.
 */
public final class TcpListener implements BytePort.Opener, AutoCloseable {
  private static final int BACKLOG = 1;

  private final ServerSocket server;

  private TcpListener(ServerSocket server) {
    this.server = server;
  }

  /**
   * Begins to listen.
   *
   * @throws IOException if the place is taken or not ours
   */
  public static TcpListener at(HostPort where) throws IOException {
    ServerSocket server = new ServerSocket();
    try {
      server.setReuseAddress(true);
      server.bind(new InetSocketAddress(where.host(), where.port()), BACKLOG);
    } catch (IOException failure) {
      server.close();
      throw failure;
    }
    return new TcpListener(server);
  }

  /** What a client calls it. */
  @Override
  public String name() {
    return TcpPort.SCHEME
        + new HostPort(server.getInetAddress().getHostAddress(), server.getLocalPort());
  }

  @Override
  public BytePort open(BytePort.Receiver receiver) {
    return TcpPort.open(name(), receiver, server::accept);
  }

  @Override
  public void close() {
    try {
      server.close();
    } catch (IOException ignored) {
      // It listens no more in any case.
    }
  }
}
