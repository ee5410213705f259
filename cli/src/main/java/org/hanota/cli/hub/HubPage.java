// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.hanota.api.ParameterValues;
import org.hanota.api.control.HubControl;

/**
 * The hub's page, its status as JSON and its metrics, on this machine only: it has no log-in. It
 * shows and never steers.
 */
final class HubPage extends Handler.Abstract implements AutoCloseable {
  private static final Map<String, String> FILES =
      Map.of(
          "/", "index.html",
          "/page.js", "page.js",
          "/page.css", "page.css",
          "/icon.svg", "icon.svg");
  private static final Map<String, String> TYPES =
      Map.of(
          "html", "text/html", "js", "text/javascript", "css", "text/css", "svg", "image/svg+xml");

  /** A page of another site that had its name lead here would come with that name. */
  private static final Set<String> HOSTS = Set.of("localhost", "127.0.0.1", "[::1]", "::1");

  private static final HttpFields HEADERS =
      HttpFields.from(
          new HttpField("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'"),
          new HttpField("X-Content-Type-Options", "nosniff"),
          new HttpField("Referrer-Policy", "no-referrer"),
          new HttpField(HttpHeader.CACHE_CONTROL, "no-store"));

  private final HubControl control;
  private final HubMetrics metrics;
  private final WebServer server;

  private HubPage(
      int port, HubControl control, HubMetrics metrics, ParameterValues<ServeParameter> parameters)
      throws IOException {
    this.control = control;
    this.metrics = metrics;
    this.server = WebServer.start("--http", port, parameters, this);
  }

  /** Serves on that port of the loopback address; 0 takes a free one. */
  static HubPage serve(
      int port, HubControl control, HubMetrics metrics, ParameterValues<ServeParameter> parameters)
      throws IOException {
    return new HubPage(port, control, metrics, parameters);
  }

  int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.close();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws IOException {
    String path = Request.getPathInContext(request);
    response.getHeaders().add(HEADERS);
    if (!HOSTS.contains(String.valueOf(Request.getServerName(request)))) {
      send(response, callback, HttpStatus.MISDIRECTED_REQUEST_421, "text/plain", "not this host");
    } else if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
      response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
      send(response, callback, HttpStatus.METHOD_NOT_ALLOWED_405, "text/plain", "only GET, HEAD");
    } else if (path.equals("/status.json")) {
      send(response, callback, HttpStatus.OK_200, "application/json", status());
    } else if (path.equals("/metrics")) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      metrics.write(out);
      send(response, callback, HttpStatus.OK_200, HubMetrics.contentType(), out.toByteArray());
    } else if (FILES.containsKey(path)) {
      String file = FILES.getOrDefault(path, "");
      String type = TYPES.getOrDefault(file.substring(file.lastIndexOf('.') + 1), "");
      send(response, callback, HttpStatus.OK_200, type + "; charset=utf-8", resource(file));
    } else {
      send(response, callback, HttpStatus.NOT_FOUND_404, "text/plain", "no such page");
    }
    return true;
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

  private static void send(
      Response response, Callback callback, int status, String type, String body) {
    send(response, callback, status, type, body.getBytes(StandardCharsets.UTF_8));
  }

  private static void send(
      Response response, Callback callback, int status, String type, byte[] body) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
  }
}
