// SPDX-License-Identifier: Apache-2.0
package org.hanota.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.hanota.cli.Hanota;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** README.md says only what is so. */
class ReadmeTest {
  private static final Pattern BLOCK = Pattern.compile("(?s)```(\\w*)\n(.*?)```");
  private static final Pattern COMMAND = Pattern.compile("(?m)^\\s*\\./hanota +(.+)$");

  @TempDir Path folder;

  private static List<String> blocks(String language) {
    return BLOCK
        .matcher(Project.read("README.md"))
        .results()
        .filter(block -> block.group(1).equals(language))
        .map(block -> block.group(2))
        .toList();
  }

  @Test
  void itHasFewerThanAHundredAndTwentyLines() {
    assertThat(Project.read("README.md").lines().count()).isLessThan(120);
  }

  @Test
  void theVendorsFifteenLinesCompile() {
    assertThat(blocks("java")).hasSize(2);
    blockCompiles(blocks("java").get(0), "DeviceNode");
    blockCompiles(blocks("java").get(1), "HubNode");
  }

  private void blockCompiles(String block, String node) {
    assertThat(block.lines().filter(line -> !line.isBlank()).count()).isLessThanOrEqualTo(15);
    String source =
        """
        import java.time.*;
        import java.util.*;
        import java.util.concurrent.*;
        import org.hanota.api.*;
        import org.hanota.api.machine.*;
        import org.hanota.api.node.*;
        import org.hanota.api.transport.*;
        import org.hanota.api.zcl.*;
        import org.hanota.device.*;
        import org.hanota.device.bank.*;
        import org.hanota.hub.*;
        import org.hanota.hub.catalogue.*;
        import org.hanota.hub.store.*;
        import org.hanota.keys.*;
        import org.hanota.otaformat.*;

        final class Vendor {
        %s
        }
        """
            .formatted(block);
    assertThat(compile(source)).isEmpty();
    assertThat(compile(source.replace(node, "NoSuchNode"))).isNotEmpty();
  }

  /** What the compiler complains about. */
  private String compile(String source) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter complaints = new StringWriter();
    JavaFileObject file =
        new SimpleJavaFileObject(URI.create("string:///Vendor.java"), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return source;
          }
        };
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      Writer out = new PrintWriter(complaints);
      boolean good =
          compiler
              .getTask(
                  out,
                  files,
                  null,
                  List.of(
                      "-proc:none",
                      "-classpath",
                      System.getProperty("java.class.path"),
                      "-d",
                      folder.toString()),
                  null,
                  List.of(file))
              .call();
      return good ? "" : "does not compile: " + complaints;
    } catch (java.io.IOException fault) {
      throw new java.io.UncheckedIOException(fault);
    }
  }

  @Test
  void everyCommandThatItNamesExists() {
    List<String> shown = new ArrayList<>();
    for (String block : blocks("sh")) {
      Matcher matcher = COMMAND.matcher(block);
      shown.addAll(matcher.results().map(MatchResult::group).toList());
    }
    assertThat(shown).isNotEmpty();
    for (String line : shown) {
      CommandLine command =
          Hanota.commandLine(
              new PrintWriter(Writer.nullWriter()), new PrintWriter(Writer.nullWriter()));
      for (String word : line.replaceFirst("#.*", "").strip().split(" +", -1)) {
        if (word.equals("./hanota")) {
          continue;
        }
        if (word.startsWith("--")) {
          assertThat(command.getCommandSpec().optionsMap()).as(line).containsKey(word);
        } else if (word.matches("[a-z][a-z0-9-]*") && !command.getSubcommands().isEmpty()) {
          assertThat(command.getSubcommands()).as(line).containsKey(word);
          command = Objects.requireNonNull(command.getSubcommands().get(word));
        }
      }
    }
    assertThat(Project.read("README.md")).contains("mvn -B verify");
  }

  @Test
  void itsModuleMapNamesEveryModule() {
    String readme = Project.read("README.md");
    for (Path module : Project.modules()) {
      assertThat(readme).contains("`" + module.getFileName() + "`");
    }
  }

  @Test
  void theOutputThatItShowsIsThatOfTheMainJob() {
    StringWriter out = new StringWriter();
    int code =
        Hanota.commandLine(new PrintWriter(out), new PrintWriter(Writer.nullWriter()))
            .execute("simulate", "home");
    assertThat(code).isZero();
    List<String> printed = out.toString().lines().map(ReadmeTest::withoutQuantities).toList();
    List<String> shown = blocks("text").get(0).lines().filter(line -> !line.equals("...")).toList();
    assertThat(shown).hasSizeGreaterThan(10);
    assertThat(printed).containsAll(shown.stream().map(ReadmeTest::withoutQuantities).toList());
  }

  /** Numbers change with any change of the protocol's pace; words and names do not. */
  private static String withoutQuantities(String line) {
    return line.stripTrailing().replaceAll("[0-9a-f]{8,}", "#").replaceAll("[0-9][0-9.,:]*", "#");
  }
}
