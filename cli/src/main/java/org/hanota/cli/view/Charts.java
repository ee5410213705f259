// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.view;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Line charts, drawn by uPlot, which is within the page. */
public final class Charts {
  /** The library, as a resource. */
  public static final String LIBRARY =
      "/META-INF/resources/webjars/uplot/1.6.30/dist/uPlot.iife.min.js";

  /** Its style, as a resource. */
  public static final String LIBRARY_STYLE =
      "/META-INF/resources/webjars/uplot/1.6.30/dist/uPlot.min.css";

  private static final String SCRIPT = "/org/hanota/cli/view/charts.js";

  /** What the horizontal axis shows. */
  public enum Axis {
    /** Hours, minutes and seconds. */
    CLOCK,
    /** A span of time in its largest unit. */
    SPAN,
    /** The same, each decade as wide as the next. */
    SPAN_DECADES,
    /** Numbers. */
    NUMBER
  }

  private static final int HEIGHT = 240;
  private static final int SMALL_HEIGHT = 170;

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
    List<Double> times = new ArrayList<>();
    for (int i = 0; i < lines.get(0).values().size(); i++) {
      times.add((i + 1) * spanSeconds);
    }
    add(title, unit, summary, Axis.CLOCK, times, lines);
  }

  /**
   * Adds a chart.
   *
   * @param unit of the values
   * @param summary what it shows in one sentence, for those who do not see it
   * @param along where on the axis the values are, in seconds or as numbers; rising
   * @param lines as many values each
   */
  public void add(
      String title, String unit, String summary, Axis axis, List<Double> along, List<Line> lines) {
    add(title, unit, summary, axis, HEIGHT, along, lines);
  }

  /** Adds a lower chart, one of several of the same kind. */
  public void addSmall(
      String title, String unit, String summary, Axis axis, List<Double> along, List<Line> lines) {
    add(title, unit, summary, axis, SMALL_HEIGHT, along, lines);
  }

  private void add(
      String title,
      String unit,
      String summary,
      Axis axis,
      int height,
      List<Double> along,
      List<Line> lines) {
    int number = data.size();
    ObjectNode chart = data.addObject().put("unit", unit).put("height", height);
    chart.put("axis", axis.name().toLowerCase(Locale.ROOT));
    ArrayNode columns = chart.putArray("columns");
    ArrayNode places = columns.addArray();
    along.forEach(place -> number(places, place));
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

  /** The charts that were added since the last call, where they stand in the page. */
  public String figures() {
    String figures = html.toString();
    html.setLength(0);
    return figures;
  }

  /** The charts with the library and their data; empty if there is none. */
  public String html() {
    return data.isEmpty() ? "" : figures() + script();
  }

  /** What draws all charts: it stands behind the last of them. */
  public String script() {
    if (data.isEmpty()) {
      return "";
    }
    // Nothing in a name ends the script.
    String json = data.toString().replace("<", "\\u003c");
    return "<noscript><p>The charts need JavaScript; all else of this page does"
        + " not.</p></noscript>\n"
        + ("<style>" + Page.resource(LIBRARY_STYLE) + "</style>\n")
        + ("<script>" + Page.resource(LIBRARY) + "</script>\n")
        + ("<script>\nconst charts = " + json + ";\n" + Page.resource(SCRIPT) + "</script>\n");
  }
}
