// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.view;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The frame of every page: light and dark, on paper, on a narrow screen. It loads nothing, and
 * forbids itself to.
 */
public final class Page {
  private static final String STYLE = resource("/org/hanota/cli/view/view.css");

  private Page() {}

  /**
   * A whole page.
   *
   * @param title plain text, also the page's heading
   * @param body HTML
   */
  public static String of(String title, String body) {
    return """
    <!DOCTYPE html>
    <html lang="en">
    <head>
    <meta charset="utf-8">
    <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    """
        + ("<title>" + text(title) + "</title>\n<style>\n" + STYLE)
        + ("</style>\n</head>\n<body>\n<main>\n<h1>" + text(title) + "</h1>\n")
        + (body + "</main>\n</body>\n</html>\n");
  }

  /** Plain text as HTML has it, in an element or in quotation marks. */
  public static String text(String plain) {
    return plain
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }

  /** A text file of the class path. */
  static String resource(String path) {
    try (InputStream in = Page.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new AssertionError(path + " is not in the program");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }
}
