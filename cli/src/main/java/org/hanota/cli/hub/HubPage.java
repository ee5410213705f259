// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
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
          "/", "hub/index.html",
          "/page.js", "hub/page.js",
          "/table.js", "view/table.js",
          "/page.css", "hub/page.css",
          "/icon.svg", "hub/icon.svg");

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
    PageParts.protect(response);
    if (!PageParts.isThisHost(request)) {
      PageParts.text(response, callback, HttpStatus.MISDIRECTED_REQUEST_421, "not this host");
    } else if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
      response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
      PageParts.text(response, callback, HttpStatus.METHOD_NOT_ALLOWED_405, "only GET, HEAD");
    } else if (path.equals("/status.json")) {
      PageParts.send(response, callback, HttpStatus.OK_200, "application/json", status());
    } else if (path.equals("/metrics")) {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      metrics.write(out);
      PageParts.send(
          response, callback, HttpStatus.OK_200, HubMetrics.contentType(), out.toByteArray());
    } else if (FILES.containsKey(path)) {
      PageParts.file(response, callback, FILES.getOrDefault(path, ""));
    } else {
      PageParts.text(response, callback, HttpStatus.NOT_FOUND_404, "no such page");
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
}
