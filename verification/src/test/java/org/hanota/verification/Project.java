// SPDX-License-Identifier: Apache-2.0
package org.hanota.verification;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The project's files. */
final class Project {
  private Project() {}

  /** The project's root folder. */
  static Path root() {
    String root = System.getProperty("hanota.root");
    if (root != null) {
      return Path.of(root).toAbsolutePath().normalize();
    }
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("LICENSE")) && folder.getParent() != null) {
      folder = folder.getParent();
    }
    return folder;
  }

  /** The folders of the modules, as the parent's lists name them: also those of its profiles. */
  static List<Path> modules() {
    return read("pom.xml")
        .lines()
        .map(String::strip)
        .filter(line -> line.startsWith("<module>"))
        .map(line -> line.substring("<module>".length(), line.indexOf("</")))
        .distinct()
        .map(name -> root().resolve(name))
        .toList();
  }

  /** The text of a file, by its path from the root. */
  static String read(String path) {
    return read(root().resolve(path));
  }

  /** The text of a file. */
  static String read(Path path) {
    try {
      return Files.readString(path);
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  /** Every Java file of the modules, generated ones left out. */
  static List<Path> javaFiles() {
    return Stream.concat(
            modules().stream().map(module -> module.resolve("src")),
            Stream.of(root().resolve("examples")))
        .flatMap(folder -> files(folder, ".java"))
        .filter(path -> !path.toString().contains("target"))
        .toList();
  }

  /** Every Java file of main code. */
  static List<Path> mainFiles() {
    return modules().stream()
        .flatMap(module -> files(module.resolve("src/main/java"), ".java"))
        .toList();
  }

  /** The files under a folder whose name ends so, in the order of their names. */
  static Stream<Path> files(Path folder, String end) {
    if (!Files.isDirectory(folder)) {
      return Stream.empty();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(path -> path.toString().endsWith(end)).sorted().toList().stream();
    } catch (IOException fault) {
      throw new UncheckedIOException(fault);
    }
  }

  /** The cells of every row of the Markdown tables in a text, headings and rulers left out. */
  static List<List<String>> rows(String text) {
    List<List<String>> lines =
        text.lines()
            .map(String::strip)
            .filter(line -> line.startsWith("|") && line.endsWith("|") && line.length() > 1)
            .map(line -> cells(line))
            .toList();
    return Stream.iterate(0, i -> i + 1)
        .limit(lines.size())
        .filter(i -> !isRuler(lines.get(i)))
        .filter(i -> i + 1 == lines.size() || !isRuler(lines.get(i + 1)))
        .map(lines::get)
        .toList();
  }

  private static List<String> cells(String line) {
    return Stream.of(line.substring(1, line.length() - 1).split("\\|", -1))
        .map(String::strip)
        .toList();
  }

  private static boolean isRuler(List<String> cells) {
    return cells.stream().allMatch(cell -> cell.matches(":?-+:?"));
  }
}
