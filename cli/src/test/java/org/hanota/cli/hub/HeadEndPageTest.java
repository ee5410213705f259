// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.hanota.cli.campaign.ServedCampaigns;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The head end's page in a browser, over a head end that runs with so many homes. */
@Timeout(240)
@Tag("soak")
class HeadEndPageTest {
  private static final String TAB = "\uE004";
  private static final String ENTER = "\uE007";

  /** A head end with a campaign that runs; without homes there is none. */
  private static ServedCampaigns running(Path folder, int homes) throws Exception {
    ServedCampaigns served = new ServedCampaigns(folder, homes, "--insecure");
    if (homes > 0) {
      assertThat(served.planned("create", served.plan("spring")).err()).isEmpty();
      assertThat(served.campaign("start", "spring").err()).isEmpty();
    }
    return served;
  }

  private static void open(Browser browser, ServedCampaigns served, int homes) throws Exception {
    browser.open("http://localhost:" + served.port() + "/");
    browser.await("document.getElementById('capacity').rows.length === 3");
    browser.await("document.getElementById('devices').rows.length === " + homes);
    browser.await("document.querySelectorAll('#regions canvas').length === 3");
    browser.await("document.getElementById('progress-section').hidden === " + (homes == 0));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1280, false",
    "3, 1280, true",
    "300, 1280, false",
    "0, 390, true",
    "3, 390, false",
    "300, 390, true"
  })
  void nothingIsCutOffAndNoRuleOfAccessibilityIsBroken(
      int homes, int width, boolean isDark, @TempDir Path folder) throws Exception {
    try (ServedCampaigns served = running(folder, homes);
        Browser browser = Browser.start(folder)) {
      browser.screen(width, 900, isDark);
      open(browser, served, homes);
      String shot = System.getProperty("hanota.screenshot");
      if (shot != null) {
        String name = shot + "-" + homes + "-" + width + (isDark ? "-dark" : "-light");
        browser.screen(width, 3_000, isDark);
        browser.screenshot(Path.of(name + ".png"));
        browser.paper(isDark);
        browser.screenshot(Path.of(name + "-paper.png"));
        browser.screen(width, 900, isDark);
      }
      assertThat(browser.run(HubPageTest.LAYOUT_FAULTS)).isEmpty();
      assertThat(browser.accessibilityFaults(Browser.axe())).isEmpty();
    }
  }

  /** How many pixels of a chart have a colour of the page's style. */
  private static long pixels(Browser browser, String chart, String colour) throws Exception {
    return browser
        .run(
            """
            const probe = document.createElement('canvas').getContext('2d');
            probe.fillStyle = getComputedStyle(document.documentElement)
              .getPropertyValue('%s').trim();
            probe.fillRect(0, 0, 1, 1);
            const [r, g, b] = probe.getImageData(0, 0, 1, 1).data;
            const drawn = document.querySelector('#%s canvas');
            const all = drawn.getContext('2d').getImageData(0, 0, drawn.width, drawn.height).data;
            let count = 0;
            for (let i = 0; i < all.length; i += 4) {
              if (all[i] === r && all[i + 1] === g && all[i + 2] === b && all[i + 3] === 255) count++;
            }
            return count;
            """
                .formatted(colour, chart))
        .asLong();
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void chartsShowWhatIsPromisedUsedAndDoneInTheColoursOfThePageAndOfPaper(
      boolean isDark, @TempDir Path folder) throws Exception {
    try (ServedCampaigns served = running(folder, 3);
        Browser browser = Browser.start(folder)) {
      browser.screen(1280, 900, isDark);
      open(browser, served, 3);
      for (String colour : new String[] {"--blue", "--amber", "--soft"}) {
        assertThat(pixels(browser, "region-South", colour)).as(colour).isPositive();
      }
      assertThat(pixels(browser, "progress", "--blue")).isPositive();
      assertThat(browser.run("return document.getElementById('progress').ariaLabel").asText())
          .contains("Progress of spring: 3 devices have been sent their request");
      assertThat(browser.run("return document.querySelector('#region-South').ariaLabel").asText())
          .contains("South")
          .doesNotContain(" 0 promised")
          .doesNotContain(" 0 used");
      browser.paper(isDark);
      browser.await("document.documentElement.classList.contains('paper')");
      assertThat(pixels(browser, "region-South", "--blue")).as("on paper").isPositive();
      assertThat(browser.accessibilityFaults(Browser.axe())).isEmpty();
    }
  }

  @Test
  void theStopButtonStopsByKeyboardAndAScreenReaderHearsIt(@TempDir Path folder) throws Exception {
    try (ServedCampaigns served = running(folder, 3);
        Browser browser = Browser.start(folder)) {
      open(browser, served, 3);
      browser.await("document.querySelector('#campaigns .tag').textContent === 'running'");
      for (int i = 0; i < 20; i++) {
        browser.press(TAB);
        if (browser.run("return document.activeElement.className").asText().equals("stop")) {
          break;
        }
      }
      assertThat(browser.run("return document.activeElement.getAttribute('aria-label')").asText())
          .isEqualTo("Stop spring");
      browser.press(ENTER);
      browser.await("document.querySelector('#campaigns .tag').textContent === 'stopped'");
      browser.await("document.getElementById('news').textContent.includes('spring is stopped')");
      assertThat(served.campaign("status", "spring").out())
          .contains("campaign spring: stopped (stop button of the page)");
      // It is stopped: there is nothing to press any more.
      assertThat(browser.run("return document.querySelector('.stop').hidden").asBoolean()).isTrue();
      assertThat(browser.run("return document.getElementById('alerts').innerText").asText())
          .contains("spring: stopped by somebody at this machine, stop button of the page");
    }
  }
}
