// SPDX-License-Identifier: Apache-2.0
package org.hanota.study;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.hanota.api.Parameter;
import org.hanota.api.ParameterValues;
import org.hanota.headend.capacity.CapacityParameter;

/** What a study says, as tables: for a terminal, for a spreadsheet and for the page. */
public final class StudyTables {
  /** Inputs that the tornado and its table name. */
  static final int SWINGS = 12;

  private static final double MILLION = 1e6;

  private StudyTables() {}

  /**
   * One table.
   *
   * @param id the consultation's row that it answers
   * @param about what it says, a sentence
   */
  public record Table(
      String id, String title, String about, List<String> head, List<List<String>> rows) {}

  /** All of them, in the order in which they are read. */
  public static List<Table> of(Study study, ParameterValues<CapacityParameter> wan) {
    List<Table> tables = new ArrayList<>();
    tables.add(arithmetic(study));
    tables.add(result(study));
    tables.add(breakEven(study));
    tables.add(starts(study));
    tables.add(use(study));
    tables.add(tornado(study));
    tables.addAll(WanTables.of(study, wan));
    tables.add(paths());
    tables.add(risks());
    tables.add(obligations(study));
    tables.add(inputs(study));
    return tables;
  }

  private static String number(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  private static String percent(long ppm) {
    return String.format(Locale.ROOT, "%.2f %%", ppm / 1e4);
  }

  private static Table arithmetic(Study study) {
    return new Table(
        "C07",
        "The consultation's arithmetic",
        "Npower's arithmetic, with visits added. With the inputs that Npower names, its numbers come"
            + " out to the digit.",
        List.of("step", "number", "unit"),
        List.of(
            List.of("meters", number(study.inputs().get(StudyParameter.METERS)), "meters"),
            List.of(
                "PPMIDs, one for "
                    + number(study.inputs().get(StudyParameter.METERS_PER_DISPLAY))
                    + " meters",
                number(study.displays()),
                "devices"),
            List.of(
                "times "
                    + fraction(study, StudyParameter.SHARE_LATE)
                    + " times "
                    + fraction(study, StudyParameter.SHARE_UPGRADEABLE),
                number(study.upgradeable()),
                "devices"),
            List.of(
                "at " + Money.pounds(study.inputs().get(StudyParameter.UNIT_COST)) + " pounds",
                Money.millions(study.replacementOfAll()),
                "million pounds"),
            List.of(
                "with visits to "
                    + percent(study.inputs().get(StudyParameter.VISIT_SHARE))
                    + ", "
                    + Money.pounds(study.inputs().get(StudyParameter.VISIT_COST))
                    + " pounds each",
                Money.millions(study.replacementWithVisits()),
                "million pounds")));
  }

  /** A share as the fraction that Npower wrote. */
  private static String fraction(Study study, StudyParameter share) {
    long ppm = study.inputs().get(share);
    long common = BigInteger.valueOf(ppm).gcd(BigInteger.valueOf((long) MILLION)).longValue();
    return ppm / common + "/" + (long) MILLION / common;
  }

  private static Table result(Study study) {
    List<List<String>> rows = new ArrayList<>();
    for (Study.Party each : study.parties()) {
      rows.add(
          List.of(
              each.name(),
              Money.rounded(each.costPence()),
              Money.rounded(each.benefitPence()),
              Money.rounded(each.benefitPence() - each.costPence()),
              each.of()));
    }
    rows.add(
        List.of(
            "all",
            Money.rounded(study.cost()),
            Money.rounded(study.benefit()),
            Money.rounded(study.net()),
            number(study.mended())
                + " devices mended, "
                + number(study.visitsAvoided())
                + " visits avoided"));
    return new Table(
        "C24",
        "Cost and benefit per party",
        "Million pounds over the horizon; requests that are issued again are among the costs.",
        List.of("party", "cost", "benefit", "net", "of"),
        rows);
  }

  private static Table breakEven(Study study) {
    List<List<String>> rows = new ArrayList<>();
    for (StudyParameter figure :
        List.of(
            StudyParameter.DCC_COST_LOW,
            StudyParameter.DCC_COST_LOW_OTHER,
            StudyParameter.DCC_COST_HIGH,
            StudyParameter.DCC_COST_RISEN)) {
      Study each = study.with(StudyParameter.DCC_COST_HIGH, study.inputs().get(figure));
      OptionalLong defects = each.breakEven(StudyParameter.DEFECT_SHARE, 1_000_000);
      OptionalLong visits = each.breakEven(StudyParameter.VISIT_COST, 1_000_000);
      rows.add(
          List.of(
              Money.millions(study.inputs().get(figure)),
              Money.rounded(each.net()),
              defects.isPresent() ? percent(defects.getAsLong()) : "never",
              visits.isPresent() ? Money.pounds(visits.getAsLong()) : "never"));
    }
    return new Table(
        "C06",
        "Break-even for each quoted cost of the DCC",
        "The share of devices that must otherwise become useless, or the price of a visit, from"
            + " which the change repays itself.",
        List.of("DCC cost, million pounds", "net now", "share of defects", "visit, pounds"),
        rows);
  }

  private static Table starts(Study study) {
    List<List<String>> rows = new ArrayList<>();
    for (int year = Study.FIRST_YEAR; year < Study.FIRST_YEAR + 10; year++) {
      Study each = study.with(StudyParameter.START_YEAR, year);
      long meters = study.inputs().get(StudyParameter.METERS);
      rows.add(
          List.of(
              "" + year,
              number(RollOut.installed(year, meters)),
              number(study.inUse(year)),
              Money.rounded(each.benefit())));
    }
    return new Table(
        "C08",
        "A later start",
        "Meters of the roll-out at the end of the year, devices that can be updated and are used,"
            + " and the benefit in million pounds if updates begin then.",
        List.of("start", "meters", "devices in use", "benefit"),
        rows);
  }

  private static Table use(Study study) {
    List<List<String>> rows = new ArrayList<>();
    for (int year = 0; year <= 10; year++) {
      rows.add(List.of("" + (Study.FIRST_YEAR + year), percent(study.usePpm(year))));
    }
    return new Table(
        "C26",
        "Homes that still use their display",
        "Use may fall, alternatives may appear: only devices in use count.",
        List.of("year", "share"),
        rows);
  }

  private static Table tornado(Study study) {
    List<List<String>> rows = new ArrayList<>();
    List<Study.Swing> swings = study.tornado();
    for (Study.Swing each : swings.subList(0, Math.min(SWINGS, swings.size()))) {
      Parameter row = each.row().parameter();
      rows.add(
          List.of(
              words(row),
              range(row.unit(), each.low(), each.high()),
              Money.rounded(each.netAtLow()),
              Money.rounded(each.netAtHigh())));
    }
    return new Table(
        "C06",
        "What moves the result most",
        "Benefit less cost in million pounds when one input is halved or doubled.",
        List.of("input", "from halved to doubled", "net if halved", "net if doubled"),
        rows);
  }

  /** An input's name as words: {@code studyDccCostHigh} is DCC cost high. */
  static String words(Parameter row) {
    return row.name()
        .substring("study".length())
        .replaceAll("(?<=[a-z])(?=[A-Z])", " ")
        .toLowerCase(Locale.ROOT)
        .replace("dcc", "DCC");
  }

  /** Both ends in the units that a reader has: pounds, not pence; per cent, not millionths. */
  private static String range(String unit, long low, long high) {
    return switch (unit) {
      case "pence" -> pounds(low) + " to " + pounds(high);
      case "ppm" -> percent(low) + " to " + percent(high);
      default -> number(low) + " to " + number(high) + " " + unit;
    };
  }

  private static String pounds(long pence) {
    return "£" + number(pence / 100) + (pence % 100 == 0 ? "" : ".%02d".formatted(pence % 100));
  }

  private static Table paths() {
    List<List<String>> rows = new ArrayList<>();
    for (Register.Path each : Register.paths()) {
      rows.add(
          List.of(
              each.name(),
              each.cost(),
              each.loses().isEmpty() ? "nothing" : String.join("; ", each.loses())));
    }
    return new Table(
        "C19",
        "Other paths, and the guarantees that they lose",
        "Without the DCC's path suppliers use others.",
        List.of("path", "cost", "loses"),
        rows);
  }

  private static Table risks() {
    return new Table(
        "C23",
        "Risk register",
        "By device type: what may happen, what holds against it, what is left, and the test that"
            + " shows it.",
        List.of("device", "risk", "mitigation", "residual risk", "shown by"),
        Register.risks().stream()
            .map(
                each ->
                    List.of(
                        each.device(),
                        each.risk(),
                        each.mitigation(),
                        each.residual(),
                        each.shown()))
            .toList());
  }

  private static Table obligations(Study study) {
    return new Table(
        "C25",
        "Obligations",
        "How long a device must be provided for.",
        List.of("device", "months", "why", "mark"),
        Register.obligations().stream()
            .map(
                each ->
                    List.of(
                        each.device(),
                        "" + study.inputs().get(each.months()),
                        each.why(),
                        each.months().parameter().mark().toString()))
            .toList());
  }

  private static String input(String unit, long value) {
    return switch (unit) {
      case "ppm" -> String.format(Locale.ROOT, "%.4f", value / MILLION);
      case "year" -> Long.toString(value);
      default -> number(value);
    };
  }

  private static Table inputs(Study study) {
    List<List<String>> rows = new ArrayList<>();
    for (StudyParameter each : StudyParameter.values()) {
      Parameter row = each.parameter();
      String found = input(row.unit(), study.inputs().get(each));
      rows.add(
          List.of(
              row.name(),
              found,
              row.unit().equals("ppm") ? "of all" : row.unit(),
              row.mark().toString(),
              row.meaning(),
              row.reason()));
    }
    return new Table(
        "C09",
        "Inputs",
        "Every number that goes in, with its mark (C a source states it, I inferred, U unknown and"
            + " a choice of ours) and its source; code and storage of a device are among them.",
        List.of("input", "value", "unit", "mark", "what it is", "source or reason"),
        rows);
  }

  /** As text for a terminal. */
  public static List<String> text(List<Table> tables) {
    List<String> lines = new ArrayList<>();
    for (Table table : tables) {
      if (!lines.isEmpty()) {
        lines.add("");
      }
      lines.add(table.title() + " (" + table.id() + ")");
      lines.add(table.about());
      int[] widths = new int[table.head().size()];
      List<List<String>> all = new ArrayList<>();
      all.add(table.head());
      all.addAll(table.rows());
      for (List<String> row : all) {
        for (int i = 0; i < widths.length; i++) {
          widths[i] = Math.max(widths[i], row.get(i).length());
        }
      }
      for (List<String> row : all) {
        StringBuilder line = new StringBuilder("  ");
        for (int i = 0; i < widths.length; i++) {
          line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
        }
        lines.add(line.toString().stripTrailing());
      }
    }
    return lines;
  }

  /** As comma-separated values, one table after the other. */
  public static String csv(List<Table> tables) {
    StringBuilder out = new StringBuilder();
    for (Table table : tables) {
      if (out.length() > 0) {
        out.append("\r\n");
      }
      line(out, List.of(table.id(), table.title()));
      line(out, table.head());
      table.rows().forEach(row -> line(out, row));
    }
    return out.toString();
  }

  private static void line(StringBuilder out, List<String> cells) {
    out.append(
            String.join(
                ",", cells.stream().map(each -> '"' + each.replace("\"", "\"\"") + '"').toList()))
        .append("\r\n");
  }
}
