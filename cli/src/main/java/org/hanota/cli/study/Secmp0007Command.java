// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.study;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.hanota.cli.Existing;
import org.hanota.cli.ExitCode;
import org.hanota.cli.OutputFile;
import org.hanota.cli.SetOption;
import org.hanota.headend.capacity.CapacityParameter;
import org.hanota.study.Study;
import org.hanota.study.StudyPage;
import org.hanota.study.StudyParameter;
import org.hanota.study.StudyTables;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The consultation's numbers; the schema of its JSON is {@code docs/schema/study.json}. */
@Command(
    name = "secmp0007",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Reproduces the arithmetic of the consultation on SECMP0007, firmware updates to displays.",
      "Varies it, too: cost and benefit per party, break-even, a later start, other paths, risks,",
      "obligations, and what the updates of a year are to the WAN. Each input is a parameter."
    },
    footer = {
      "",
      "Example:",
      "  hanota study secmp0007 --set studyDefectShare=250000 --html study.html"
    })
public final class Secmp0007Command implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private final SetOption set = new SetOption();

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Writes a page with charts, which needs nothing else.")
  private @Nullable Path html;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Writes the tables as comma-separated values.")
  private @Nullable Path csv;

  @Option(
      names = "--svg",
      paramLabel = "FOLDER",
      description = "Writes the charts as SVG files into a folder.")
  private @Nullable Path svg;

  @Mixin private final Existing.Choice choice = new Existing.Choice();

  @Option(names = "--json", description = "Prints one JSON object instead.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    set.check(List.of(StudyParameter.class, CapacityParameter.class));
    Study study = new Study(set.values(StudyParameter.class));
    Map<Path, String> charts = new TreeMap<>();
    if (svg != null) {
      Path folder = svg;
      StudyPage.charts(study).forEach((name, chart) -> charts.put(folder.resolve(name), chart));
    }
    List<Path> files = new ArrayList<>(charts.keySet());
    if (html != null) {
      files.add(html);
    }
    if (csv != null) {
      files.add(csv);
    }
    OutputFile.refuseExisting(files, choice.existing());
    List<StudyTables.Table> tables = StudyTables.of(study, set.values(CapacityParameter.class));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      json(study, tables).toPrettyString().lines().forEach(out::println);
    } else {
      StudyTables.text(tables).forEach(out::println);
    }
    if (svg != null) {
      OutputFile.makeFolder(svg);
    }
    for (Map.Entry<Path, String> chart : charts.entrySet()) {
      write(chart.getKey(), chart.getValue());
    }
    if (html != null) {
      write(html, StudyPage.of(study, tables));
    }
    if (csv != null) {
      write(csv, StudyTables.csv(tables));
    }
    return ExitCode.DONE;
  }

  private void write(Path file, String text) throws IOException {
    OutputFile.write(file, text.getBytes(StandardCharsets.UTF_8), choice.existing());
  }

  private static ObjectNode json(Study study, List<StudyTables.Table> tables) {
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    object
        .put("upgradeableDevices", study.upgradeable())
        .put("replacementPence", study.replacementOfAll())
        .put("replacementWithVisitsPence", study.replacementWithVisits())
        .put("costPence", study.cost())
        .put("benefitPence", study.benefit())
        .put("visitsAvoided", study.visitsAvoided());
    study
        .breakEven(StudyParameter.DEFECT_SHARE, StudyParameter.DEFECT_SHARE.parameter().maximum())
        .ifPresent(share -> object.put("breakEvenDefectSharePpm", share));
    ArrayNode array = object.putArray("tables");
    for (StudyTables.Table each : tables) {
      ObjectNode table =
          array
              .addObject()
              .put("id", each.id())
              .put("title", each.title())
              .put("about", each.about());
      ArrayNode head = table.putArray("head");
      each.head().forEach(head::add);
      ArrayNode rows = table.putArray("rows");
      for (List<String> row : each.rows()) {
        ArrayNode cells = rows.addArray();
        row.forEach(cells::add);
      }
    }
    return object;
  }
}
