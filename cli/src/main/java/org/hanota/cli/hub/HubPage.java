// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.hanota.api.control.HubControl;
import org.hanota.cli.CommandFailed;

/**
 * The hub's page, its status as JSON and its metrics, on this machine only: it has no log-in. It
 * shows and never steers.
 */
final class HubPage implements AutoCloseable {
  private static final Map<String, String> FILES =
      Map.of(
          "/", "index.html",
          "/page.js", "page.js",
          "/page.css", "page.css",
          "/icon.svg", "icon.svg");
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html", "js", "text/javascript", "css", "text/css", "svg", "image/svg+xml");

  private final HttpServer server;
  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final HubControl control;
  private final HubMetrics metrics;

  private HubPage(HttpServer server, HubControl control, HubMetrics metrics) {
    this.server = server;
    this.control = control;
    this.metrics = metrics;
  }

  /** Serves on that port of the loopback address; 0 takes a free one. */
  static HubPage serve(int port, HubControl control, HubMetrics metrics) throws IOException {
    HttpServer server;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    } catch (BindException taken) {
      throw new CommandFailed("--http " + port + ": " + taken.getMessage());
    }
    HubPage page = new HubPage(server, control, metrics);
    server.createContext("/", page::answer);
    server.setExecutor(page.threads);
    server.start();
    return page;
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      if (!exchange.getRequestMethod().equals("GET")) {
        send(exchange, 405, "text/plain", "only GET".getBytes(StandardCharsets.UTF_8));
      } else if (path.equals("/status.json")) {
        send(exchange, 200, "application/json", status());
      } else if (path.equals("/metrics")) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        metrics.write(out);
        send(exchange, 200, HubMetrics.contentType(), out.toByteArray());
      } else if (FILES.containsKey(path)) {
        String file = FILES.getOrDefault(path, "");
        String type = TYPES.getOrDefault(file.substring(file.lastIndexOf('.') + 1), "");
        send(exchange, 200, type + "; charset=utf-8", resource(file));
      } else {
        send(exchange, 404, "text/plain", "no such page".getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private byte[] status() {
    var whole = HubJson.status(control.status());
    metrics.outage().ifPresent(why -> whole.put("outage", why));
    var images = whole.putArray("images");
    control.catalogue().forEach(image -> images.add(HubJson.image(image)));
    return whole.toString().getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = HubPage.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new AssertionError(name + " is not in the jar");
      }
      return in.readAllBytes();
    }
  }

  private static void send(HttpExchange exchange, int status, String type, byte[] body)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    exchange.getResponseHeaders().set("Content-Security-Policy", "default-src 'self'");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }
}
