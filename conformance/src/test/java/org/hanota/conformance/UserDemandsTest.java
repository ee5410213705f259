// SPDX-License-Identifier: Apache-2.0
package org.hanota.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hanota.testing.Shared;
import org.junit.jupiter.api.Test;

/** Every demand of users is in the document, and every test that it names is there. */
class UserDemandsTest {
  private static final int DEMANDS = 45;
  private static final Pattern ROW = Pattern.compile("\\| (\\d+) \\| .+ \\| (.+) \\|");
  private static final Pattern TEST = Pattern.compile("`(\\w+)#(\\w+)`");

  private static List<String> rows() throws IOException {
    return Files.readAllLines(Shared.root().resolve("docs/user-demands.md")).stream()
        .filter(line -> ROW.matcher(line).matches())
        .toList();
  }

  @Test
  void everyDemandHasItsRow() throws IOException {
    List<Integer> numbers = new ArrayList<>();
    for (String row : rows()) {
      Matcher matcher = ROW.matcher(row);
      assertThat(matcher.matches()).isTrue();
      numbers.add(Integer.valueOf(matcher.group(1)));
    }
    assertThat(new TreeSet<>(numbers)).hasSize(DEMANDS).first().isEqualTo(1);
    assertThat(numbers).hasSize(DEMANDS).isSorted();
  }

  /** The tests of other modules are not on this module's path, so their sources are searched. */
  @Test
  void everyTestThatIsNamedIsThere() throws IOException {
    int named = 0;
    for (String row : rows()) {
      Matcher matcher = TEST.matcher(row);
      while (matcher.find()) {
        assertThat(source(matcher.group(1))).as(row).contains(" " + matcher.group(2) + "(");
        named++;
      }
    }
    assertThat(named).isGreaterThan(30);
  }

  private static String source(String test) throws IOException {
    try (Stream<Path> modules = Files.list(Shared.root())) {
      for (Path module : modules.filter(Files::isDirectory).sorted().toList()) {
        Path tests = module.resolve("src/test/java");
        if (Files.isDirectory(tests)) {
          try (Stream<Path> files = Files.walk(tests)) {
            List<Path> found = files.filter(file -> file.endsWith(test + ".java")).toList();
            if (!found.isEmpty()) {
              return Files.readString(found.get(0));
            }
          }
        }
      }
    }
    throw new AssertionError("no test class " + test);
  }
}
