// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Line charts over virtual time, drawn by uPlot, which is within the page. */
public final class Charts {
  /** The library, as a resource. */
  public static final String LIBRARY =
      "/META-INF/resources/webjars/uplot/1.6.30/dist/uPlot.iife.min.js";

  /** Its style, as a resource. */
  public static final String LIBRARY_STYLE =
      "/META-INF/resources/webjars/uplot/1.6.30/dist/uPlot.min.css";

  private static final String SCRIPT = "/org/hanota/cli/view/charts.js";

  /**
   * A line of a chart.
   *
   * @param colour number of its colour, so that one party has the same in each chart
   * @param values one for each span of the chart
   */
  public record Line(String name, int colour, List<Double> values) {
    /** Keeps a copy of the values. */
    public Line {
      values = List.copyOf(values);
    }
  }

  private final StringBuilder html = new StringBuilder();
  private final ArrayNode data = JsonNodeFactory.instance.arrayNode();

  /** No chart yet. */
  public Charts() {}

  /**
   * Adds a chart.
   *
   * @param unit of the values
   * @param summary what it shows in one sentence, for those who do not see it
   * @param spanSeconds the time from one value to the next
   * @param lines of equal length
   */
  public void add(String title, String unit, String summary, double spanSeconds, List<Line> lines) {
    int number = data.size();
    ObjectNode chart = data.addObject().put("unit", unit);
    ArrayNode columns = chart.putArray("columns");
    ArrayNode times = columns.addArray();
    for (int i = 0; i < lines.get(0).values().size(); i++) {
      times.add((i + 1) * spanSeconds);
    }
    ArrayNode series = chart.putArray("lines");
    for (Line line : lines) {
      series.addObject().put("name", line.name()).put("colour", line.colour());
      ArrayNode values = columns.addArray();
      line.values().forEach(value -> number(values, value));
    }
    html.append("<figure><figcaption><h3>").append(Page.text(title)).append("</h3>");
    html.append("<p>").append(Page.text(summary)).append("</p></figcaption>");
    html.append("<div class=\"chart\" id=\"chart").append(number).append("\"></div></figure>\n");
  }

  private static void number(ArrayNode values, double value) {
    if (value == Math.rint(value)) {
      values.add((long) value);
    } else {
      values.add(Math.round(value * 100) / 100.0);
    }
  }

  /** Up to {@code spans} values, the sum of all before in each if {@code summed}. */
  public static List<Double> values(Buckets of, int spans, boolean summed, double factor) {
    List<Double> values = new ArrayList<>();
    double sum = 0;
    for (int i = 0; i < spans; i++) {
      double amount = of.at(i) * factor;
      sum += amount;
      values.add(summed ? sum : amount);
    }
    return values;
  }

  /** The charts with the library and their data; empty if there is none. */
  public String html() {
    if (data.isEmpty()) {
      return "";
    }
    // Nothing in a name ends the script.
    String json = data.toString().replace("<", "\\u003c");
    return html
        + "<noscript><p>The charts need JavaScript; all else of this page does"
        + " not.</p></noscript>\n"
        + ("<style>" + Page.resource(LIBRARY_STYLE) + "</style>\n")
        + ("<script>" + Page.resource(LIBRARY) + "</script>\n")
        + ("<script>\nconst charts = " + json + ";\n" + Page.resource(SCRIPT) + "</script>\n");
  }
}
