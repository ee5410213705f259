// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What a sequence folds, leaves out and escapes. */
class SequenceTest {
  private static final List<String> PARTIES = List.of("hub", "esme-1", "<b>;#1");

  private static void blocks(Sequence sequence, String device, int from, int count) {
    for (int i = from; i < from + count; i++) {
      sequence.message(device, 2L * i, device, "hub", "Image Block Request", 48L * i, true);
      sequence.message(device, 2L * i + 1, "hub", device, "Image Block Response", 48L * i, i != 7);
    }
  }

  @Test
  void aTransferTakesTwoRowsAlsoBesideAnother() {
    Sequence sequence = new Sequence();
    for (int i = 0; i < 1_000; i++) {
      blocks(sequence, "esme-1", i, 1);
      blocks(sequence, "<b>;#1", i, 1);
    }
    assertThat(sequence.first()).hasSize(4);
    assertThat(sequence.first().get(0).text())
        .isEqualTo("Image Block Request × 1,000, at octet 0 to 47,952");
    assertThat(sequence.first().get(1).text())
        .isEqualTo("Image Block Response × 1,000, at octet 0 to 47,952, 1 lost");
    assertThat(sequence.first().get(1).untilNanos()).isEqualTo(1_999);
    assertThat(sequence.first().get(1).isFault()).isFalse();
  }

  @Test
  void whatHappensAtADeviceBeginsNewRows() {
    Sequence sequence = new Sequence();
    blocks(sequence, "esme-1", 0, 5);
    sequence.event("esme-1", 20, "loses its power", true);
    blocks(sequence, "esme-1", 7, 1);
    assertThat(sequence.first())
        .extracting(Sequence.Row::text)
        .containsExactly(
            "Image Block Request × 5, at octet 0 to 192",
            "Image Block Response × 5, at octet 0 to 192",
            "loses its power",
            "Image Block Request, at octet 336",
            "Image Block Response, at octet 336, lost");
    assertThat(sequence.first().get(4).isFault()).isTrue();
  }

  @Test
  void ofVeryManyRowsTheMiddleIsLeftOutAndCounted() {
    Sequence sequence = new Sequence();
    for (int i = 0; i < 10_000; i++) {
      sequence.event("esme-1", i, "rests " + i, false);
    }
    assertThat(sequence.first().size() + sequence.last().size()).isEqualTo(1_500);
    assertThat(sequence.leftOut()).isEqualTo(8_500);
    assertThat(sequence.last().get(499).text()).isEqualTo("rests 9999");
    assertThat(SequenceHtml.of(sequence, PARTIES)).contains("8,500 rows are left out here");
    String diagram = Mermaid.of(sequence, PARTIES);
    assertThat(diagram.length()).isLessThan(50_000);
    long lines = diagram.lines().filter(line -> line.contains(": 0:00:00.000 rests")).count();
    assertThat(diagram)
        .contains("rests 0\n", "rests 9999\n")
        .contains(String.format(Locale.ROOT, "%,d rows are left out", 10_000 - lines));
  }

  @Test
  void whatHtmlOrMermaidReadsAsSyntaxIsText() {
    Sequence sequence = new Sequence();
    sequence.message("esme-1", 0, "hub", "<b>;#1", "a <script>\n; #x", -1, true);
    assertThat(SequenceHtml.of(sequence, PARTIES))
        .contains("a &lt;script&gt;")
        .doesNotContain("<script>");
    assertThat(Mermaid.of(sequence, PARTIES))
        .contains("participant p2 as #lt;b#gt;#59;#35;1\n")
        .contains("  p0->>p2: 0:00:00.000 a #lt;script#gt; #59; #35;x\n");
  }

  @Test
  void spansBecomeLongerAndLoseNothing() {
    Buckets buckets = new Buckets();
    for (int i = 0; i < 5_000; i++) {
      buckets.add(i * 1_000_000_000L, 3);
    }
    long sum = 0;
    for (int i = 0; i < buckets.used(); i++) {
      sum += buckets.at(i);
    }
    assertThat(sum).isEqualTo(15_000);
    assertThat(buckets.widthNanos()).isEqualTo(12_800_000_000L);
    assertThat(buckets.used()).isEqualTo(5_000 * 10 / 128 + 1);
  }

  @Test
  void aNameOfALineEndsNoScriptAndTheLibraryIsWithin() {
    Charts charts = new Charts();
    assertThat(charts.html()).isEmpty();
    charts.add("t", "u", "s", 1, List.of(new Charts.Line("</script>", 0, List.of(1.0, 2.5))));
    assertThat(charts.html())
        .contains("\"columns\":[[1,2],[1,2.5]]", "\\u003c/script>")
        .contains("https://github.com/leeoniya/uPlot (v1.6.30)", "new uPlot(");
  }
}
