// SPDX-License-Identifier: Apache-2.0
package org.hanota.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * docs/consultation.md is made from the tests whose comment or display name has ids of its rows, as
 * {@code C07: what holds.} The name of such a test is the answer to the concern; with {@code
 * -Dhanota.update=true} the document is written anew.
 */
class ConsultationTest {
  /** A comment, if there is one, the annotations after it and the method that they stand before. */
  private static final Pattern TEST =
      Pattern.compile(
          "(?:/\\*\\*([^*]*+(?:\\*(?!/)[^*]*+)*+)\\*/\\s*+)?"
              + "((?:@[A-Z]\\w*+(?:\\((?:[^()]++|\\([^()]*+\\))*+\\))?\\s*+)++)"
              + "(?:public |private |static )*void (\\w+)\\(",
          Pattern.DOTALL);

  private static final Pattern ID = Pattern.compile("\\bC(?:0[1-9]|1\\d|2[0-6])\\b");

  /** Words that are written in capitals. */
  private static final Set<String> SHORT =
      Set.of("PPMID", "IHD", "HCALCS", "ESME", "GSME", "DCC", "WAN");

  /** A concern of a respondent, in words of ours. */
  private record Row(String id, String who, String concern) {}

  /** A test that bears the id of a row. */
  private record Answer(String test, String sentence) {}

  private static final List<Row> ROWS =
      List.of(
          new Row(
              "C01",
              "E.ON 1",
              "would a ban on local updates also hit devices installed earlier that cannot "
                  + "be updated?"),
          new Row("C02", "EDF 1, 3", "devices ship with the capability built in but switched off"),
          new Row("C03", "EDF 1", "manage versions across device types as for meters"),
          new Row("C04", "EDF 3", "a device with IHD and PPMID functions counts as a PPMID"),
          new Row("C05", "EDF 3, 7", "HCALCS carry the same risk and should be in scope"),
          new Row(
              "C06",
              "E.ON 3, TMA 3, Utilita 6",
              "DCC costs not explained (7.3-8.2 M pounds, rising to 10 M); TMA: no benefit "
                  + "outweighs it"),
          new Row(
              "C07",
              "Npower 2, 3",
              "54 M meters = 27 M PPMIDs x 3/4 x 1/2 = 10.125 M; at 20 pounds 202.5 M; more "
                  + "with visits; own cost about 500 k"),
          new Row(
              "C08", "Scottish Power 3", "a late start (spring 2019 or later) shrinks the benefit"),
          new Row(
              "C09",
              "Chameleon 2, 3",
              "more code and storage in the device; compatible devices could be deployed "
                  + "early"),
          new Row("C10", "E.ON 4", "at least two updates a year"),
          new Row(
              "C11",
              "EDF, Npower 4",
              "reasons: defects, security, specification, interoperability, new functions"),
          new Row(
              "C12",
              "Scottish Power 4, Npower 5",
              "an update of hub or meter may make a PPMID lose function; the cause may be "
                  + "the device that was *not* updated"),
          new Row(
              "C13",
              "EDF, E.ON 5",
              "either supplier may send, no lead supplier; one firmware management process "
                  + "for all devices"),
          new Row("C14", "EDF 5", "the updater rectifies; the consumer is never worse off"),
          new Row(
              "C15",
              "Npower, SSE, Utilita 5",
              "responsible supplier or upgrading party decommissions and re-commissions; "
                  + "hard to tell at dual sites"),
          new Row("C16", "Utilita 5", "a PPMID stays optional, the IHD duty stays"),
          new Row("C17", "Chameleon 5", "a bad update must be repaired by the same mechanism"),
          new Row(
              "C18",
              "E.ON 7",
              "large images: the text says the first is \"active now\", the diagram lacks "
                  + "the activation step"),
          new Row(
              "C19",
              "EDF, Utilita 7",
              "otherwise suppliers use the internet: no interoperability, none of the DCC's "
                  + "controls"),
          new Row(
              "C20",
              "SSE Networks 1, 2, 7",
              "can a meter be reached during an upgrade? capacity and priorities are "
                  + "invisible; requests fail for lack of capacity"),
          new Row(
              "C21", "Chameleon 7", "ZigBee OTA as specified, nothing added, would be simplest"),
          new Row("C22", "Utilita 7", "the network is slow"),
          new Row(
              "C23",
              "EDF 3, 6",
              "a joint risk analysis is missing: which risks these devices have, what "
                  + "mitigates them, what residual risk remains"),
          new Row(
              "C24",
              "Utilita 2, SSE Networks 2, Scottish Power 1, EDF 2",
              "who bears which cost: asset owners, suppliers' systems, the network; re-issued"
                  + " requests when capacity fails; cost of a stand-alone change against a wider"
                  + " release"),
          new Row(
              "C25",
              "EDF 3, Scottish Power 3, Utilita 5",
              "obligations differ in time: 12 months for an IHD, the Relevant Period, "
                  + "prepayment devices for longer"),
          new Row(
              "C26",
              "E.ON 3, Utilita 6, Scottish Power 5, 6",
              "use of displays may fall, alternatives may appear"));

  private static Map<String, List<Answer>> answers() {
    Map<String, List<Answer>> answers = new TreeMap<>();
    for (Path file : Project.javaFiles()) {
      if (file.toString().endsWith("Test.java") && !file.endsWith("ConsultationTest.java")) {
        String name = String.valueOf(file.getFileName()).replace(".java", "");
        found(Project.read(file))
            .forEach(
                (method, ids) ->
                    ids.forEach(
                        id ->
                            answers
                                .computeIfAbsent(id, none -> new ArrayList<>())
                                .add(new Answer(name + "#" + method, sentence(method)))));
      }
    }
    return answers;
  }

  /** What people read of a test in a report. */
  private static final Pattern DISPLAY_NAME = Pattern.compile("@DisplayName\\(\\s*\"([^\"]*)\"");

  /** The tests of a source whose comment or display name has ids, with these ids. */
  private static Map<String, List<String>> found(String source) {
    Map<String, List<String>> found = new TreeMap<>();
    Matcher test = TEST.matcher(source);
    while (test.find()) {
      Matcher named = DISPLAY_NAME.matcher(test.group(2));
      String said =
          Objects.toString(test.group(1), "") + " " + (named.find() ? named.group(1) : "");
      List<String> ids = ID.matcher(said).results().map(MatchResult::group).distinct().toList();
      if (!ids.isEmpty() && test.group(2).contains("Test")) {
        found.put(test.group(3), ids);
      }
    }
    return found;
  }

  /** The name of a test as a sentence. */
  private static String sentence(String method) {
    String words = method.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ");
    StringBuilder out = new StringBuilder();
    for (String word : words.split(" ", -1)) {
      String upper = word.toUpperCase(Locale.ROOT);
      boolean isName = (word.length() > 1 && word.equals(upper)) || SHORT.contains(upper);
      out.append(out.length() == 0 ? "" : " ")
          .append(isName ? upper : word.toLowerCase(Locale.ROOT));
    }
    return out.substring(0, 1).toUpperCase(Locale.ROOT) + out.substring(1) + ".";
  }

  private static String document() {
    StringBuilder out =
        new StringBuilder(
            """
            # The consultation, answered by running it

            Made by `ConsultationTest` from the tests that bear the ids. What nine respondents (E.ON, EDF Energy, Npower, Scottish Power, SSE Energy
            Supply, Utilita, SSE Networks, Chameleon Technology, TMA Data Management) were concerned about when firmware updates to displays were
            proposed (SECMP0007, 2018), in words of ours, and what happens here, each sentence the name of a test that fails where it does not hold.
            The numbers of C06 to C10, C19 and C22 to C26 are those of `hanota study secmp0007`.

            | id | who, question | concern | what happens | tests |
            |---|---|---|---|---|
            """);
    Map<String, List<Answer>> answers = answers();
    for (Row row : ROWS) {
      List<Answer> found = answers.getOrDefault(row.id(), List.of());
      out.append("| ").append(row.id()).append(" | ").append(row.who()).append(" | ");
      out.append(row.concern()).append(" | ");
      out.append(
          found.isEmpty()
              ? "no test bears it yet"
              : String.join(" ", found.stream().map(Answer::sentence).toList()));
      out.append(" | ");
      out.append(String.join(", ", found.stream().map(each -> "`" + each.test() + "`").toList()));
      out.append(" |\n");
    }
    return out.toString();
  }

  @Test
  void theDocumentIsThatOfTheTests() throws IOException {
    Path path = Project.root().resolve("docs/consultation.md");
    String wanted = document();
    if (Boolean.getBoolean("hanota.update")) {
      Files.writeString(path, wanted);
    }
    assertThat(Files.exists(path) ? Project.read(path) : "")
        .as(path + " is stale: -Dhanota.update=true writes it anew")
        .isEqualTo(wanted);
  }

  @Test
  void eachRowHasATest() {
    Map<String, List<Answer>> answers = answers();
    assertThat(ROWS.stream().map(Row::id)).allMatch(answers::containsKey);
    assertThat(ROWS).hasSize(26);
  }

  @Test
  void aTestThatBearsAnIdIsFoundAndACommentOfSomethingElseIsNot() {
    String source =
        """
        /** C07, C08: sums. */
        @Test
        void sumsAreRight() {}

        /** C09 is told of here, in no test. */
        private static void help() {}

        /** C10: with values. */
        @ParameterizedTest
        @CsvSource({"1, (2)", "3, 4"})
        void valuesAreRight(int one, int two) {}

        @Test
        @DisplayName("attack 16: C12: by its name")
        void thatIsRightToo() {}

        /** About something else. */
        @Test
        void noneOfThese() {}
        """;
    assertThat(found(source).toString())
        .isEqualTo("{sumsAreRight=[C07, C08], thatIsRightToo=[C12], valuesAreRight=[C10]}");
  }
}
