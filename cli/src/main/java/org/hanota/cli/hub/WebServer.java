// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.hanota.api.ParameterValues;
import org.hanota.cli.CommandFailed;
import org.hanota.transport.grpc.Descriptors;
import org.jspecify.annotations.Nullable;

/** HTTP with limits: no client that sends half a request, or none, keeps others out. */
public final class WebServer implements AutoCloseable {
  private final Server server;
  private final ServerConnector connector;

  private WebServer(Server server, ServerConnector connector) {
    this.server = server;
    this.connector = connector;
  }

  /**
   * Begins to serve on the loopback address, without TLS.
   *
   * @param option the option that the port comes from, for errors
   */
  static WebServer start(
      String option, int port, ParameterValues<ServeParameter> parameters, Handler handler)
      throws IOException {
    return start(
        option,
        new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
        Optional.empty(),
        WebLimits.ofPage(parameters),
        from -> {},
        handler);
  }

  /**
   * Begins to serve.
   *
   * @param option the option that the address comes from, for errors
   * @param tls how both sides show who they are; empty for plain HTTP
   * @param refused hears of an address that has all of its places
   */
  public static WebServer start(
      String option,
      InetSocketAddress address,
      Optional<SslContextFactory.Server> tls,
      WebLimits limits,
      Consumer<InetAddress> refused,
      Handler handler)
      throws IOException {
    QueuedThreadPool threads = new QueuedThreadPool(limits.threads(), 1);
    threads.setName("hanota-http");
    threads.setDaemon(true);
    Server server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(limits.headerOctets());
    HttpConnectionFactory plain = new HttpConnectionFactory(http);
    ConnectionFactory[] factories =
        tls.<ConnectionFactory[]>map(
                context ->
                    new ConnectionFactory[] {
                      new SslConnectionFactory(context, plain.getProtocol()), plain
                    })
            .orElseGet(() -> new ConnectionFactory[] {plain});
    ServerConnector connector = new ServerConnector(server, null, null, null, 1, 1, factories);
    connector.setHost(address.getAddress().getHostAddress());
    connector.setPort(address.getPort());
    connector.setIdleTimeout(limits.idleMs());
    NetworkConnectionLimit limit =
        new NetworkConnectionLimit(Descriptors.share(limits.connections(), 8), connector);
    limit.setEndPointIdleTimeout(limits.idleWhileFullMs());
    server.addBean(limit);
    connector.addBean(new Places(limits.connectionsOfOne(), refused));
    server.addConnector(connector);
    Unfinished unfinished = new Unfinished(connector, limits);
    connector.addBean(unfinished);
    server.setHandler(new Noting(handler, unfinished));
    try {
      server.start();
    } catch (IOException fault) {
      if (fault.getCause() instanceof BindException taken) {
        throw new CommandFailed(option + " " + address.getPort() + ": " + taken.getMessage());
      }
      throw fault;
    } catch (Exception fault) {
      throw new IOException("the page cannot be served: " + fault, fault);
    }
    return new WebServer(server, connector);
  }

  /** Where it serves. */
  public int port() {
    return connector.getLocalPort();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception fault) {
      throw new IllegalStateException("the page's server does not stop", fault);
    }
  }

  /** Closes connections whose handshake does not end, or on which no request becomes whole. */
  private static final class Unfinished implements Connection.Listener {
    private static final String NO_CIPHER_SUITE = "SSL_NULL_WITH_NULL_NULL";

    private final ServerConnector connector;
    private final WebLimits limits;

    /** Until when something must have become whole; nothing while an answer is owed. */
    private final Map<Connection, OptionalLong> deadlineNanos = new ConcurrentHashMap<>();

    Unfinished(ServerConnector connector, WebLimits limits) {
      this.connector = connector;
      this.limits = limits;
    }

    @Override
    public void onOpened(Connection connection) {
      if (connection.getEndPoint() instanceof SslConnection.SslEndPoint encrypted) {
        // The requests are those of the connection within.
        SslConnection outer = encrypted.getSslConnection();
        deadlineNanos.remove(outer);
        later(limits.handshakeWithinMs(), () -> closeUnlessShaken(outer));
      }
      deadlineNanos.put(connection, within(limits.requestWithinMs()));
      look(connection);
    }

    /** Until a handshake is over, an engine has a session without a cipher suite. */
    private static void closeUnlessShaken(SslConnection connection) {
      if (connection.getSSLEngine().getSession().getCipherSuite().equals(NO_CIPHER_SUITE)) {
        connection.getEndPoint().close();
      }
    }

    @Override
    public void onClosed(Connection connection) {
      deadlineNanos.remove(connection);
    }

    /** A request begins: its body must come. */
    void begins(Connection connection) {
      set(connection, within(limits.bodyWithinMs()));
    }

    /** All of a request came: whoever answers has time. */
    void isWhole(Connection connection) {
      set(connection, OptionalLong.empty());
    }

    /** It was answered: another one may come. */
    void answered(Connection connection) {
      set(connection, within(limits.requestWithinMs()));
    }

    private void set(Connection connection, OptionalLong deadline) {
      deadlineNanos.computeIfPresent(connection, (key, before) -> deadline);
    }

    private static OptionalLong within(long milliseconds) {
      return OptionalLong.of(System.nanoTime() + milliseconds * 1_000_000L);
    }

    private void look(Connection connection) {
      later(
          limits.requestWithinMs(),
          () -> {
            OptionalLong deadline = deadlineNanos.get(connection);
            if (deadline == null) {
              return;
            }
            if (deadline.isPresent() && System.nanoTime() - deadline.getAsLong() >= 0) {
              connection.getEndPoint().close();
            } else {
              look(connection);
            }
          });
    }

    private void later(long delayMs, Runnable task) {
      var unused = connector.getScheduler().schedule(task, delayMs, TimeUnit.MILLISECONDS);
    }
  }

  /** Notes for each connection how far its request is. */
  private static final class Noting extends Handler.Wrapper {
    private final Unfinished unfinished;

    Noting(Handler handler, Unfinished unfinished) {
      super(handler);
      this.unfinished = unfinished;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      Connection connection = request.getConnectionMetaData().getConnection();
      unfinished.begins(connection);
      return super.handle(
          new Noted(request, () -> unfinished.isWhole(connection)),
          response,
          Callback.from(callback, () -> unfinished.answered(connection)));
    }
  }

  /** A request that says when its last octet was read. */
  private static final class Noted extends Request.Wrapper {
    private final Runnable whole;

    Noted(Request request, Runnable whole) {
      super(request);
      this.whole = whole;
    }

    @Override
    public Content.@Nullable Chunk read() {
      Content.Chunk chunk = super.read();
      if (chunk != null && chunk.isLast()) {
        // Nothing comes any more: what is idle now is the one who answers.
        addIdleTimeoutListener(idle -> false);
        whole.run();
      }
      return chunk;
    }
  }
}
