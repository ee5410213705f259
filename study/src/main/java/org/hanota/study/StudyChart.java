// SPDX-License-Identifier: Apache-2.0
package org.hanota.study;

import java.awt.Color;
import java.awt.Dimension;
import java.awt.Font;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.apache.batik.svggen.SVGGraphics2D;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.internal.chartpart.Chart;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendPosition;
import org.knowm.xchart.style.markers.SeriesMarkers;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

/** The study's charts as SVG, drawn by XChart; white ground, so that they print. */
final class StudyChart {
  private static final int WIDTH = 760;
  private static final int HEIGHT = 380;
  private static final double POUNDS = 1e8;
  private static final Color BLUE = new Color(0x1F, 0x5F, 0xA8);
  private static final Color ORANGE = new Color(0xC2, 0x55, 0x0A);

  private StudyChart() {}

  /** By how much each input's halving and doubling moves the result: a tornado, upright. */
  static String tornado(Study study, int rows) {
    List<Study.Swing> swings = study.tornado();
    swings = swings.subList(0, Math.min(rows, swings.size()));
    CategoryChart chart =
        new CategoryChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title("How the result changes when one input is halved or doubled")
            .yAxisTitle("million pounds")
            .build();
    List<String> names =
        swings.stream().map(each -> StudyTables.words(each.row().parameter())).toList();
    style(chart.getStyler());
    chart.getStyler().setXAxisLabelRotation(45);
    chart.getStyler().setOverlapped(true);
    long base = study.net();
    chart
        .addSeries(
            "halved",
            names,
            swings.stream().map(each -> (each.netAtLow() - base) / POUNDS).toList())
        .setFillColor(ORANGE);
    chart
        .addSeries(
            "doubled",
            names,
            swings.stream().map(each -> (each.netAtHigh() - base) / POUNDS).toList())
        .setFillColor(BLUE);
    return svg(chart);
  }

  /** Benefit and cost over the share of devices that would become useless. */
  static String breakEven(Study study) {
    List<Double> shares = new ArrayList<>();
    List<Double> costs = new ArrayList<>();
    List<Double> benefits = new ArrayList<>();
    for (int percent = 0; percent <= 50; percent += 2) {
      Study each = study.with(StudyParameter.DEFECT_SHARE, percent * 10_000L);
      shares.add((double) percent);
      costs.add(each.cost() / POUNDS);
      benefits.add(each.benefit() / POUNDS);
    }
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title("Cost and benefit over the share of devices that would become useless")
            .xAxisTitle("% of devices over the horizon")
            .yAxisTitle("million pounds")
            .build();
    style(chart.getStyler());
    line(chart, "cost", shares, costs, ORANGE);
    line(chart, "benefit", shares, benefits, BLUE);
    return svg(chart);
  }

  /** What a start in each year leaves. */
  static String starts(Study study) {
    List<Double> years = new ArrayList<>();
    List<Double> benefits = new ArrayList<>();
    for (int year = Study.FIRST_YEAR; year < Study.FIRST_YEAR + 10; year++) {
      years.add((double) year);
      benefits.add(study.with(StudyParameter.START_YEAR, year).benefit() / POUNDS);
    }
    XYChart chart =
        new XYChartBuilder()
            .width(WIDTH)
            .height(HEIGHT)
            .title("Benefit that is left when updates begin later")
            .xAxisTitle("year of the start")
            .yAxisTitle("million pounds")
            .build();
    style(chart.getStyler());
    chart.getStyler().setXAxisDecimalPattern("0");
    line(chart, "benefit", years, benefits, BLUE);
    return svg(chart);
  }

  private static void line(
      XYChart chart, String name, List<Double> x, List<Double> y, Color colour) {
    chart
        .addSeries(name, x, y)
        .setMarker(SeriesMarkers.NONE)
        .setLineColor(colour)
        .setLineWidth(2.5f);
  }

  private static void style(AxesChartStyler styler) {
    Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
    styler.setChartBackgroundColor(Color.WHITE);
    styler.setPlotBackgroundColor(Color.WHITE);
    styler.setPlotBorderVisible(false);
    styler.setPlotGridLinesColor(new Color(0xDD, 0xDD, 0xDD));
    styler.setLegendPosition(LegendPosition.OutsideS);
    styler.setLegendBorderColor(Color.WHITE);
    styler.setBaseFont(font);
    styler.setAxisTickLabelsFont(font);
    styler.setAxisTitleFont(font);
    styler.setLegendFont(font);
    styler.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 15));
  }

  private static String svg(Chart<?, ?> chart) {
    try {
      Document document =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .getDOMImplementation()
              .createDocument("http://www.w3.org/2000/svg", "svg", null);
      SVGGraphics2D graphics = new SVGGraphics2D(document);
      graphics.setSVGCanvasSize(new Dimension(WIDTH, HEIGHT));
      chart.paint(graphics, WIDTH, HEIGHT);
      StringWriter out = new StringWriter();
      Element root = graphics.getRoot();
      root.setAttribute("viewBox", "0 0 " + WIDTH + " " + HEIGHT);
      graphics.stream(root, out, false, false);
      return out.toString();
    } catch (ParserConfigurationException none) {
      throw new AssertionError(none);
    } catch (IOException none) {
      throw new UncheckedIOException(none);
    }
  }
}
