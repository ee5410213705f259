// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

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
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What the pages of hub and head end share: their protection, their files and short answers. */
public final class PageParts {
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

  private PageParts() {}

  /** Lets the page use nothing of others, and others nothing of it. */
  public static void protect(Response response) {
    response.getHeaders().add(HEADERS);
  }

  /** Whether the browser was led here by a name of this machine. */
  public static boolean isThisHost(Request request) {
    return HOSTS.contains(String.valueOf(Request.getServerName(request)));
  }

  /**
   * Answers with a file of the program, named from the folder of its commands, or from the root
   * with a slash before it.
   */
  public static void file(Response response, Callback callback, String name) throws IOException {
    String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "");
    send(response, callback, HttpStatus.OK_200, type + "; charset=utf-8", resource(name));
  }

  private static byte[] resource(String name) throws IOException {
    String path = name.startsWith("/") ? name : "/org/hanota/cli/" + name;
    try (InputStream in = PageParts.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new AssertionError(name + " is not in the jar");
      }
      return in.readAllBytes();
    }
  }

  /** Answers with a word or two. */
  public static void text(Response response, Callback callback, int status, String line) {
    send(response, callback, status, "text/plain", line.getBytes(StandardCharsets.UTF_8));
  }

  /** Answers with a body. */
  public static void send(
      Response response, Callback callback, int status, String type, byte[] body) {
    response.setStatus(status);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
    response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
    response.write(true, ByteBuffer.wrap(body), callback);
  }
}
