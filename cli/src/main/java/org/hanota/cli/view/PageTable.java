// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.view;

import java.util.Locale;

/**
 * A table of a page; on a narrow screen each row is a card, each value behind its column's name.
 */
public final class PageTable {
  /** In front of the name of a column of numbers. */
  private static final String NUMBER = "#";

  private final String[] columns;
  private final StringBuilder html = new StringBuilder("<table class=\"cards\">\n<thead><tr>");
  private int column;

  /** Columns by their names, the first of which names the row; one of numbers begins with #. */
  public PageTable(String... columns) {
    this.columns = columns.clone();
    for (String name : columns) {
      html.append("<th scope=\"col\"").append(name.startsWith(NUMBER) ? " class=\"number\">" : ">");
      html.append(label(name)).append("</th>");
    }
    html.append("</tr></thead>\n<tbody>\n");
  }

  private static String label(String name) {
    return Page.text(name.startsWith(NUMBER) ? name.substring(NUMBER.length()) : name);
  }

  /** Begins a row. */
  public PageTable row(String name) {
    html.append(column == 0 ? "<tr>" : "</tr>\n<tr>");
    html.append("<th scope=\"row\">").append(Page.text(name)).append("</th>");
    column = 1;
    return this;
  }

  /** The next value of the row. */
  public PageTable text(String plain) {
    return cell("", Page.text(plain));
  }

  /** The next value of the row, in octets or the like. */
  public PageTable code(String plain) {
    return cell("", "<code>" + Page.text(plain) + "</code>");
  }

  /** The next value of the row. */
  public PageTable number(long value) {
    return cell(" class=\"number\"", String.format(Locale.ROOT, "%,d", value));
  }

  /** The next value of the row, a number with its unit. */
  public PageTable amount(String value) {
    return cell(" class=\"number\"", Page.text(value));
  }

  private PageTable cell(String kind, String content) {
    html.append("<td").append(kind).append(" data-label=\"").append(label(columns[column++]));
    html.append("\">").append(content).append("</td>");
    return this;
  }

  /** The table. */
  public String html() {
    return html + (column == 0 ? "" : "</tr>\n") + "</tbody>\n</table>\n";
  }
}
