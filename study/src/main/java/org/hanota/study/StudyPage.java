// SPDX-License-Identifier: Apache-2.0
package org.hanota.study;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/** The study as one page that a member of a panel can read: light, dark, and on paper. */
public final class StudyPage {
  private static final String STYLE =
      """
      :root{color-scheme:light dark;--text:#1b1b1b;--ground:#fff;--line:#c8c8c8;--soft:#f3f3f3;--link:#1f5fa8}
      @media(prefers-color-scheme:dark){:root{--text:#e8e8e8;--ground:#161616;--line:#4a4a4a;--soft:#232323;--link:#8ab8ec}}
      body{font:16px/1.5 system-ui,sans-serif;color:var(--text);background:var(--ground);margin:0 auto;padding:1.5rem;max-width:62rem}
      h1{font-size:1.8rem;line-height:1.2;margin:0 0 .5rem}
      h2{font-size:1.25rem;margin:2.2rem 0 .3rem}
      a{color:var(--link)}
      table{border-collapse:collapse;width:100%;font-size:.92rem}
      th,td{border-bottom:1px solid var(--line);padding:.35rem .6rem;text-align:left;vertical-align:top}
      thead th{background:var(--soft)}
      tbody th{font-weight:400}
      td.n,th.n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
      .facts{display:grid;grid-template-columns:repeat(auto-fit,minmax(11rem,1fr));gap:1rem;margin:1rem 0;padding:0}
      .facts div{background:var(--soft);border:1px solid transparent;padding:.7rem 1rem;border-radius:.4rem}
      .facts dt{font-size:.85rem}
      .facts dd{margin:0;font-size:1.5rem;font-weight:600}
      figure{margin:1rem 0;background:var(--ground);border-radius:.4rem;padding:.5rem;overflow-x:auto}
      figure svg{width:100%;min-width:34rem;height:auto;display:block}
      nav ul{columns:2;padding-left:1.2rem}
      :focus-visible{outline:3px solid var(--link);outline-offset:2px}
      @media screen and (prefers-color-scheme:dark){figure svg{filter:invert(.914) hue-rotate(180deg)}}
      @media screen and (max-width:46rem){nav ul{columns:1}
      thead{clip-path:inset(50%);height:1px;overflow:hidden;position:absolute;width:1px}
      table,tbody,tr,tbody th,td{display:block}
      tr{border-bottom:1px solid var(--line);padding:.45rem 0}
      tbody th{border:0;font-weight:600;padding:.1rem 0;overflow-wrap:anywhere}
      th[data-label]::before{content:attr(data-label) / ""}
      td,td.n{border:0;display:flex;gap:.6rem;padding:.1rem 0;text-align:left;white-space:normal;overflow-wrap:anywhere}
      td::before{content:attr(data-label) / "";flex:0 0 7.5rem;font-size:.85rem}}
      @media print{:root{--text:#000;--ground:#fff;--line:#999;--soft:#eee;--link:#000}
      body{max-width:none;padding:0 1px;font-size:10pt}
      nav{display:none}
      .facts{grid-template-columns:repeat(4,1fr);gap:.5rem}
      .facts div{border-color:#999;padding:.4rem .6rem}
      .facts dd{font-size:1rem}
      table{font-size:8.5pt}
      tr,figure,p,.short{break-inside:avoid}
      thead{display:table-header-group}
      h2,h2+p,figure{break-after:avoid}
      figure{border:1px solid #999;overflow:visible}
      figure svg{min-width:0}}
      """;

  /** A table of no more rows stays on one sheet. */
  private static final int SHORT_ROWS = 14;

  private StudyPage() {}

  /** The page, which needs nothing else. */
  public static String of(Study study, List<StudyTables.Table> tables) {
    Map<String, String> charts =
        Map.of(
            "What moves the result most", StudyChart.tornado(study, StudyTables.SWINGS),
            "Break-even for each quoted cost of the DCC", StudyChart.breakEven(study),
            "A later start", StudyChart.starts(study));
    StringBuilder out = new StringBuilder();
    out.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
        .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
        .append("<title>Firmware updates to displays: the numbers</title>\n<style>\n")
        .append(STYLE)
        .append("</style>\n</head>\n<body>\n<main>\n")
        .append("<h1>Firmware updates to displays: the numbers of the consultation, and what")
        .append(" follows from them</h1>\n")
        .append("<p>Each number of the consultation on SECMP0007 is reproduced or named as an")
        .append(" input. An input that no source states bears the mark U: it is a choice, and the")
        .append(" result moves with it as the tables show. Rows C01 to C26 are the concerns of the")
        .append(" nine respondents.</p>\n");
    facts(out, study);
    conclusion(out, study);
    out.append("<nav aria-label=\"Tables\"><ul>\n");
    for (int i = 0; i < tables.size(); i++) {
      out.append("<li><a href=\"#t").append(i).append("\">").append(text(tables.get(i).title()));
      out.append("</a></li>\n");
    }
    out.append("</ul></nav>\n");
    for (int i = 0; i < tables.size(); i++) {
      section(out, tables.get(i), i, charts.getOrDefault(tables.get(i).title(), ""));
    }
    return out.append("</main>\n</body>\n</html>\n").toString();
  }

  private static void facts(StringBuilder out, Study study) {
    out.append("<dl class=\"facts\">\n");
    fact(out, "devices that can be updated", study.upgradeable() / 1_000_000.0 + " million");
    fact(out, "to replace them all", "£" + Money.millions(study.replacementOfAll()) + " million");
    fact(out, "cost of updates, all parties", "£" + Money.rounded(study.cost()) + " million");
    fact(out, "benefit", "£" + Money.rounded(study.benefit()) + " million");
    out.append("</dl>\n");
  }

  /** What the numbers say, in words. */
  private static void conclusion(StringBuilder out, Study study) {
    OptionalLong share = study.breakEven(StudyParameter.DEFECT_SHARE, 1_000_000);
    out.append("<p><strong>With these inputs ")
        .append(study.net() >= 0 ? "the benefit outweighs the cost" : "the cost is not repaid")
        .append("</strong>: ")
        .append(percent(study.inputs().get(StudyParameter.DEFECT_SHARE)))
        .append(" of the devices are taken to become useless over the horizon. ");
    if (share.isPresent()) {
      out.append("The change repays itself from ")
          .append(percent(share.getAsLong()))
          .append(" on. ");
    } else {
      out.append("No share of them would repay it. ");
    }
    out.append("A price is put on devices and visits alone: none on a hole that stays open, nor on")
        .append(" a display that does not show a prepaying consumer's credit.</p>\n");
  }

  private static String percent(long ppm) {
    return String.format(Locale.ROOT, "%.2f %%", ppm / 1e4);
  }

  private static void fact(StringBuilder out, String name, String value) {
    out.append("<div><dt>").append(name).append("</dt><dd>").append(value).append("</dd></div>\n");
  }

  private static void section(
      StringBuilder out, StudyTables.Table table, int number, String chart) {
    String id = "t" + number;
    out.append("<section aria-labelledby=\"").append(id).append("\">\n<h2 id=\"").append(id);
    out.append("\">").append(text(table.title())).append(" <small>").append(table.id());
    out.append("</small></h2>\n<p>").append(text(table.about())).append("</p>\n");
    if (!chart.isEmpty()) {
      out.append("<figure tabindex=\"0\" role=\"img\" aria-label=\"").append(text(table.title()));
      out.append(": the table below has the numbers\">").append(inline(chart, number));
      out.append("</figure>\n");
    }
    out.append("<table role=\"table\" aria-labelledby=\"").append(id).append('"');
    out.append(table.rows().size() <= SHORT_ROWS ? " class=\"short\"" : "");
    out.append(">\n<thead role=\"rowgroup\"><tr role=\"row\">");
    for (int i = 0; i < table.head().size(); i++) {
      out.append("<th scope=\"col\" role=\"columnheader\"").append(align(table, i));
      out.append('>').append(text(table.head().get(i))).append("</th>");
    }
    out.append("</tr></thead>\n<tbody role=\"rowgroup\">\n");
    for (List<String> row : table.rows()) {
      out.append("<tr role=\"row\"><th scope=\"row\" role=\"rowheader\"");
      if (isNumbers(table, 0)) {
        out.append(" data-label=\"").append(text(table.head().get(0))).append(": \"");
      }
      out.append('>').append(text(row.get(0))).append("</th>");
      for (int i = 1; i < row.size(); i++) {
        out.append("<td role=\"cell\"").append(align(table, i)).append(" data-label=\"");
        out.append(text(table.head().get(i))).append("\">").append(text(row.get(i)));
        out.append("</td>");
      }
      out.append("</tr>\n");
    }
    out.append("</tbody></table>\n</section>\n");
  }

  /** The first column names its row, whatever it holds. */
  private static String align(StudyTables.Table table, int column) {
    return column > 0 && isNumbers(table, column) ? " class=\"n\"" : "";
  }

  private static boolean isNumbers(StudyTables.Table table, int column) {
    return table.rows().stream().allMatch(row -> row.get(column).matches("-?[\\d.,]+( %)?|never"));
  }

  /** Without its prologue, and with names of its own: ids are the page's, not the chart's. */
  private static String inline(String svg, int number) {
    return svg.substring(svg.indexOf("<svg"))
        .replaceAll("id=\"([^\"]+)\"", "id=\"c" + number + "-$1\"")
        .replaceAll("url\\(#([^)]+)\\)", "url(#c" + number + "-$1)")
        .replaceAll("xlink:href=\"#([^\"]+)\"", "xlink:href=\"#c" + number + "-$1\"");
  }

  private static String text(String plain) {
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }

  /** The charts as files: name and SVG. */
  public static Map<String, String> charts(Study study) {
    return Map.of(
        "tornado.svg", StudyChart.tornado(study, StudyTables.SWINGS),
        "break-even.svg", StudyChart.breakEven(study),
        "start.svg", StudyChart.starts(study));
  }
}
