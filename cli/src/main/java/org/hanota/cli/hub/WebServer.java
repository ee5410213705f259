// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
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
        parameters,
        handler);
  }

  /**
   * Begins to serve.
   *
   * @param option the option that the address comes from, for errors
   * @param tls how both sides show who they are; empty for plain HTTP
   */
  public static WebServer start(
      String option,
      InetSocketAddress address,
      Optional<SslContextFactory.Server> tls,
      ParameterValues<ServeParameter> parameters,
      Handler handler)
      throws IOException {
    QueuedThreadPool threads =
        new QueuedThreadPool(parameters.getInt(ServeParameter.PAGE_THREADS), 1);
    threads.setName("hanota-http");
    threads.setDaemon(true);
    Server server = new Server(threads);
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setRequestHeaderSize(parameters.getInt(ServeParameter.PAGE_HEADER_OCTETS));
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
    connector.setIdleTimeout(parameters.get(ServeParameter.PAGE_IDLE));
    NetworkConnectionLimit limit =
        new NetworkConnectionLimit(
            Descriptors.share(parameters.getInt(ServeParameter.PAGE_CONNECTIONS), 8), connector);
    limit.setEndPointIdleTimeout(parameters.get(ServeParameter.PAGE_IDLE_WHILE_FULL));
    server.addBean(limit);
    server.addConnector(connector);
    Unfinished unfinished =
        new Unfinished(connector, parameters.get(ServeParameter.PAGE_REQUEST_WITHIN));
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

  /** Closes connections on which requests do not become whole. */
  private static final class Unfinished implements Connection.Listener {
    private final ServerConnector connector;
    private final long requestWithinMs;
    private final Map<Connection, Long> finishedNanos = new ConcurrentHashMap<>();

    Unfinished(ServerConnector connector, long requestWithinMs) {
      this.connector = connector;
      this.requestWithinMs = requestWithinMs;
    }

    @Override
    public void onOpened(Connection connection) {
      if (connection.getEndPoint() instanceof SslConnection.SslEndPoint encrypted) {
        // The requests are those of the connection within.
        finishedNanos.remove(encrypted.getSslConnection());
      }
      finished(connection);
      look(connection);
    }

    @Override
    public void onClosed(Connection connection) {
      finishedNanos.remove(connection);
    }

    void finished(Connection connection) {
      finishedNanos.put(connection, System.nanoTime());
    }

    private void look(Connection connection) {
      var unused =
          connector
              .getScheduler()
              .schedule(
                  () -> {
                    Long finished = finishedNanos.get(connection);
                    if (finished == null) {
                      return;
                    }
                    if (System.nanoTime() - finished >= requestWithinMs * 1_000_000L) {
                      connection.getEndPoint().close();
                    } else {
                      look(connection);
                    }
                  },
                  requestWithinMs,
                  TimeUnit.MILLISECONDS);
    }
  }

  /** Notes for each connection when its last request was whole. */
  private static final class Noting extends Handler.Wrapper {
    private final Unfinished unfinished;

    Noting(Handler handler, Unfinished unfinished) {
      super(handler);
      this.unfinished = unfinished;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      unfinished.finished(request.getConnectionMetaData().getConnection());
      return super.handle(request, response, callback);
    }
  }
}
