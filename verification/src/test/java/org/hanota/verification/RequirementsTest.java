// SPDX-License-Identifier: Apache-2.0
package org.hanota.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** docs/requirements.md is complete: each citation is in it, each entry has its test or reason. */
class RequirementsTest {
  private static final Pattern CITATION =
      Pattern.compile("\\[((?:ZCL|GBCS|ZSE|DUIS|hanota)(?:[\\s*/]+[\\w.]+(?:,)?)+)\\]");

  private static final String NO_TEST = "no test: ";

  /** An entry: id, clause, its source, our sentence, and tests or the reason why there is none. */
  private record Requirement(
      String id, String clause, String document, String basis, String sentence, String test) {}

  private static List<Requirement> requirements() {
    return Project.rows(Project.read("docs/requirements.md")).stream()
        .filter(cells -> cells.size() == 6)
        .map(c -> new Requirement(c.get(0), c.get(1), c.get(2), c.get(3), c.get(4), c.get(5)))
        .toList();
  }

  /** Each clause that has a row. */
  static Set<String> known() {
    return new TreeSet<>(requirements().stream().map(Requirement::clause).toList());
  }

  /** The clauses that a source cites, also where a citation goes on in the next line. */
  static Set<String> clauses(String source) {
    Set<String> clauses = new TreeSet<>();
    for (String citation :
        CITATION.matcher(source).results().map(result -> result.group(1)).toList()) {
      List<String> words = List.of(citation.replaceAll("[\\s*/,]+", " ").split(" "));
      words.subList(1, words.size()).forEach(clause -> clauses.add(words.get(0) + " " + clause));
    }
    return clauses;
  }

  @Test
  void everyCitationInMainCodeIsARequirement() {
    Set<String> known = known();
    Set<String> missing = new TreeSet<>();
    int cited = 0;
    for (Path file : Project.mainFiles()) {
      for (String clause : clauses(Project.read(file))) {
        cited++;
        if (!known.contains(clause)) {
          missing.add(clause + " in " + Project.root().relativize(file));
        }
      }
    }
    assertThat(missing).isEmpty();
    assertThat(cited).isGreaterThan(50);
  }

  @Test
  void everyRequirementNamesATestThatExistsOrSaysWhyNot() throws Exception {
    List<String> faults = new ArrayList<>();
    Set<String> ids = new TreeSet<>();
    TestMethods tests = new TestMethods();
    for (Requirement requirement : requirements()) {
      if (!ids.add(requirement.id())) {
        faults.add(requirement.id() + " stands twice");
      }
      if (!requirement.sentence().endsWith(".")) {
        faults.add(requirement.id() + " is no sentence");
      }
      Set<String> unknown = tests.unknown(requirement.test());
      if (!unknown.isEmpty()) {
        faults.add(requirement.id() + " names no test: " + unknown);
      }
      boolean reason =
          requirement.test().startsWith(NO_TEST)
              && requirement.test().length() > NO_TEST.length() + 10;
      if (TestMethods.named(requirement.test()).isEmpty() && !reason) {
        faults.add(requirement.id() + " has neither test nor reason");
      }
    }
    assertThat(faults).isEmpty();
    assertThat(ids).hasSizeGreaterThan(50);
  }

  @Test
  void aRuleOfOursBearsAnIdOfOursAndAStandardsClauseItsDocument() {
    Set<String> documents =
        new TreeSet<>(
            Project.rows(Project.read("docs/requirements.md")).stream()
                .filter(cells -> cells.size() == 3)
                .map(cells -> cells.get(0))
                .toList());
    List<String> faults = new ArrayList<>();
    for (Requirement requirement : requirements()) {
      boolean ours = requirement.basis().equals("ours");
      boolean asOurs =
          requirement.id().matches("H\\d{2,3}")
              && requirement.clause().equals("hanota " + requirement.id())
              && requirement.document().equals("hanota");
      boolean asStandards =
          requirement.id().matches("[ZSGD]\\d\\d")
              && Set.of("text", "practice").contains(requirement.basis())
              && requirement.clause().matches("(ZCL|ZSE|GBCS|DUIS) [\\w.]+")
              && requirement.document().startsWith(requirement.clause().replaceAll(" .*", " "))
              && documents.contains(requirement.document());
      if (ours ? !asOurs : !asStandards) {
        faults.add(requirement.id() + " with basis " + requirement.basis());
      }
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void everyRequirementHasATestThatRunsWithoutTheSharedFolder() throws Exception {
    List<String> faults = new ArrayList<>();
    TestMethods tests = new TestMethods();
    for (Requirement requirement : requirements()) {
      List<String> named = TestMethods.named(requirement.test());
      if (!named.isEmpty() && named.stream().allMatch(tests::readsSharedFolder)) {
        faults.add(requirement.id() + ": " + named);
      }
    }
    assertThat(
            tests.readsSharedFolder(
                "StrictReadingTest#thirtyOfTheFortyOneRealImagesPassAndAreWrittenAsTheyWereRead"))
        .isTrue();
    assertThat(tests.readsSharedFolder("GoldenFramesTest#aMessageHasExactlyTheseOctets")).isFalse();
    assertThat(faults).isEmpty();
  }

  @Test
  void requirementsWithoutATestAreListed() {
    List<Requirement> open =
        requirements().stream().filter(r -> r.test().startsWith(NO_TEST)).toList();
    open.forEach(r -> System.out.println("requirement without test: " + r.id() + ", " + r.test()));
    assertThat(open.size() * 2).isLessThan(requirements().size());
  }

  @Test
  void aCitationOverTwoLinesAndOneOfTwoClausesAreRead() {
    String source = "/** One. [ZCL\n   * 11.4.8] Two. [GBCS 11.5, 11.9] [FIPS 197] [hanota H01] */";
    assertThat(clauses(source))
        .containsExactly("GBCS 11.5", "GBCS 11.9", "ZCL 11.4.8", "hanota H01");
  }

  @Test
  void aTestThatDoesNotExistIsFound() throws Exception {
    TestMethods tests = new TestMethods();
    assertThat(
            tests.unknown(
                "RequirementsTest#aTestThatDoesNotExistIsFound RequirementsTest#clauses"
                    + " RequirementsTest#never NoSuchTest#never"))
        .containsExactlyInAnyOrder(
            "RequirementsTest#clauses", "RequirementsTest#never", "NoSuchTest#never");
  }

  @Test
  void everyDemandOfUsersIsAnsweredByATestOrAReason() throws Exception {
    List<String> faults = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    int named = 0;
    TestMethods tests = new TestMethods();
    for (List<String> row : Project.rows(Project.read("docs/user-demands.md"))) {
      if (row.get(0).matches("\\d+")) {
        numbers.add(Integer.valueOf(row.get(0)));
        String answer = String.join(" ", row.subList(1, row.size()));
        if (answer.isBlank()) {
          faults.add(row.get(0) + " has no answer");
        }
        named += TestMethods.named(answer).size();
        for (String name : tests.unknown(answer)) {
          faults.add(row.get(0) + " names no test: " + name);
        }
      }
    }
    assertThat(faults).isEmpty();
    List<Integer> expected = new ArrayList<>();
    for (int i = 1; i <= 69; i++) {
      expected.add(i);
    }
    assertThat(numbers).isEqualTo(expected);
    assertThat(named).isGreaterThan(40);
  }

  @Test
  void everyFaultOfTheFirstBuildIsHeldByTests() throws Exception {
    List<String> faults = new ArrayList<>();
    List<Integer> numbers = new ArrayList<>();
    TestMethods tests = new TestMethods();
    for (List<String> row : Project.rows(Project.read("docs/first-build.md"))) {
      String held = row.get(row.size() - 1);
      if (row.get(0).matches("\\d+")) {
        numbers.add(Integer.valueOf(row.get(0)));
        if (TestMethods.named(held).isEmpty()) {
          faults.add(row.get(0) + " names no test");
        }
      }
      tests.unknown(held).forEach(name -> faults.add(row.get(0) + " names no test: " + name));
    }
    assertThat(faults).isEmpty();
    assertThat(numbers).isEqualTo(IntStream.rangeClosed(0, 21).boxed().toList());
  }

  @Test
  void everyAttackNamesTestsThatBearItsNumber() throws Exception {
    List<String> faults = new ArrayList<>();
    Set<String> numbers = new TreeSet<>();
    TestMethods tests = new TestMethods();
    for (List<String> row : Project.rows(Project.read("docs/attacks.md"))) {
      if (row.get(0).matches("\\d+")) {
        numbers.add(row.get(0));
        List<String> named = TestMethods.named(row.get(3));
        if (named.isEmpty()) {
          faults.add(row.get(0) + " names no test");
        }
        for (String name : named) {
          if (tests
              .displayName(name)
              .filter(shown -> shown.startsWith("attack " + row.get(0) + ": "))
              .isEmpty()) {
            faults.add(row.get(0) + ": " + name + " does not bear its number");
          }
        }
      }
    }
    assertThat(faults).isEmpty();
    assertThat(numbers).contains("1", "8", "9", "10", "13", "15", "27");
  }

  @Test
  void everyLinkOfTheDocumentsLeadsToAFile() {
    Pattern link = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");
    List<String> broken = new ArrayList<>();
    List<Path> documents =
        new ArrayList<>(Project.files(Project.root().resolve("docs"), ".md").toList());
    for (String name : List.of("README.md", "CONTRIBUTING.md", "CHANGELOG.md")) {
      documents.add(Project.root().resolve(name));
    }
    for (Path document : documents) {
      for (MatchResult found : link.matcher(Project.read(document)).results().toList()) {
        if (!document.resolveSibling(found.group(1)).toFile().exists()) {
          broken.add(Project.root().relativize(document) + ": " + found.group(1));
        }
      }
    }
    assertThat(broken).isEmpty();
  }
}
