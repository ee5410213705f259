// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hanota.cli.Cli;
import org.hanota.cli.explore.BrokenPage;
import org.hanota.cli.hub.Browser;
import org.hanota.testing.Shared;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The pages that simulate and explore write, in a browser. */
@Timeout(240)
@Tag("soak")
class PagesTest {
  private static final List<String> PAGES =
      List.of("run", "evidence", "found", "broken", "fleet", "sweep", "study");

  private static final int SHOT_HEIGHT = 3_600;

  /** What makes the page wider than the window, and what text is cut off. */
  private static final String LAYOUT_FAULTS =
      """
      const faults = [];
      const root = document.documentElement;
      if (root.scrollWidth > root.clientWidth) faults.push('the page is wider than the window');
      for (const each of document.querySelectorAll('h1, h2, p, th, td, li, summary, .what, .u-legend')) {
        const box = each.getBoundingClientRect();
        if (!each.checkVisibility() || box.width < 2 || each.closest('thead')) continue;
        const name = each.tagName + ' ' + each.textContent.slice(0, 40);
        if (each.scrollWidth > each.clientWidth + 1 && each.clientWidth) faults.push('cut: ' + name);
        for (const text of each.matches('th, td') ? each.childNodes : []) {
          if (text.nodeType !== Node.TEXT_NODE) continue;
          for (const word of text.data.matchAll(/\\S+/g)) {
            if (!/^[A-Za-z]{1,20}$/.test(word[0])) continue;
            const range = document.createRange();
            range.setStart(text, word.index);
            range.setEnd(text, word.index + word[0].length);
            if (range.getClientRects().length > 1) faults.push('broken: ' + word[0]);
          }
        }
        if (box.right > root.clientWidth + 1 || box.left < -1) faults.push('outside: ' + name);
      }
      return faults.slice(0, 5);
      """;

  @TempDir static Path folder;

  @BeforeAll
  static void write() throws IOException {
    write(
        "run",
        List.of("simulate", "home", "--fault", "power-cut@37%"),
        List.of(
            "--devices", "ppmid,hcalcs,esme,gsme,ihd", "--evidence", file("evidence").toString()));
    String regions = Shared.root().resolve("docs/scenarios/regions.yaml").toString();
    List<String> fleet = List.of("simulate", "fleet", "--scenario", regions);
    write("fleet", fleet, List.of("--homes", "6000"));
    write(
        "sweep",
        fleet,
        List.of("--homes", "600", "--sweep", "loss=0.01,0.2", "--sweep", "maximumDataSize=32,63"));
    write("study", List.of("study", "secmp0007"), List.of("--set", "wanHomesPerCell=20"));
    write("found", List.of("explore"), List.of());
    Files.writeString(file("broken"), BrokenPage.html());
  }

  private static void write(String page, List<String> command, List<String> options) {
    List<String> all = new ArrayList<>(command);
    all.addAll(options);
    all.addAll(List.of("--html", file(page).toString()));
    Cli.Run run = Cli.run(all.toArray(String[]::new));
    assertThat(run.exitCode()).as(run.err()).isZero();
  }

  private static Path file(String page) {
    return folder.resolve(page + ".html");
  }

  private static void open(Browser browser, String page) throws IOException, InterruptedException {
    browser.open(file(page).toUri().toString());
  }

  @ParameterizedTest
  @CsvSource({"1280, false", "1280, true", "390, false", "390, true"})
  void nothingIsCutOffAndAxeFindsNothing(int width, boolean isDark, @TempDir Path profile)
      throws Exception {
    String axe = Browser.axe();
    try (Browser browser = Browser.start(profile)) {
      browser.screen(width, SHOT_HEIGHT, isDark);
      for (String page : PAGES) {
        open(browser, page);
        shoot(browser, page + "-" + width + (isDark ? "-dark" : "-light"));
        assertThat(browser.run(LAYOUT_FAULTS)).as(page).isEmpty();
        assertThat(browser.accessibilityFaults(axe)).as(page).isEmpty();
        browser.run("document.querySelectorAll('details').forEach(each => each.open = true)");
        assertThat(browser.run(LAYOUT_FAULTS)).as(page + " with its fields").isEmpty();
        browser.run("document.querySelector('h1').style.width = '3000px'");
        assertThat(browser.run(LAYOUT_FAULTS).toString()).contains("wider than the window");
      }
    }
  }

  @Test
  void onPaperEverythingIsDarkOnWhiteAndTheChartsToo(@TempDir Path profile) throws Exception {
    try (Browser browser = Browser.start(profile)) {
      browser.screen(720, SHOT_HEIGHT, true);
      open(browser, "run");
      String dark = browser.run("return drawn[0].axes[0].stroke()").asText();
      assertThat(dark).isNotEqualTo("#000");
      browser.paper(true);
      browser.await("drawn[0].axes[0].stroke() === '#000'");
      shoot(browser, "run-print");
      assertThat(browser.run("return getComputedStyle(document.body).backgroundColor").asText())
          .isEqualTo("rgb(255, 255, 255)");
      assertThat(browser.run(LAYOUT_FAULTS)).isEmpty();
      assertThat(
              browser.run(
                  "return [...document.querySelectorAll('.sequence .who')]"
                      + ".filter(e => e.getBoundingClientRect().width < 2).length"))
          .as("rows of the sequence whose parties only the first sheet names")
          .hasToString("0");
      browser.screen(720, SHOT_HEIGHT, true);
      browser.await("drawn[0].axes[0].stroke() === '" + dark + "'");
    }
  }

  @Test
  void onPaperNoWordOfATableIsBroken(@TempDir Path profile) throws Exception {
    try (Browser browser = Browser.start(profile)) {
      for (String page : PAGES) {
        browser.screen(720, SHOT_HEIGHT, false);
        open(browser, page);
        browser.paper(false);
        // Whoever listens for paper has heard of it by the second frame.
        browser.runAsync(
            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(done))");
        shoot(browser, page + "-print");
        assertThat(browser.run(LAYOUT_FAULTS)).as(page).isEmpty();
      }
    }
  }

  @Test
  void theChartsAreDrawnAndNothingIsFetchedFromElsewhere(@TempDir Path profile) throws Exception {
    try (Browser browser = Browser.start(profile)) {
      browser.screen(1280, 900, false);
      open(browser, "run");
      assertThat(browser.run("return document.querySelectorAll('.chart canvas').length").asInt())
          .isEqualTo(3);
      assertThat(
              browser
                  .run("return [...document.querySelectorAll('.u-label')].map(e => e.textContent)")
                  .toString())
          .contains("ppmid-1", "hcalcs-1", "esme-1", "gsme-1", "ihd-1", "hub", "asked again");
      assertThat(browser.run("return performance.getEntriesByType('resource').length").asInt())
          .isZero();
      assertThat(browser.run("return drawn[0].data[1].at(-1)").asInt()).isGreaterThan(1_000);
      assertThat(
              browser.run(
                  "return fetch('http://localhost/').then(() => 'fetched', () => 'refused')"))
          .hasToString("\"refused\"");
    }
  }

  /** For those who look at it themselves. */
  private static void shoot(Browser browser, String name) throws IOException, InterruptedException {
    String shot = System.getProperty("hanota.screenshot");
    if (shot != null) {
      browser.screenshot(Path.of(shot + "-" + name + ".png"));
    }
  }
}
