// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.ImageId;
import org.hanota.api.ImageType;
import org.hanota.api.ManufacturerCode;
import org.hanota.api.Octets;
import org.hanota.api.ParameterValues;
import org.hanota.api.control.CatalogueImage;
import org.hanota.api.control.HubControl;
import org.hanota.api.control.HubStatus;
import org.hanota.api.control.Offer;
import org.hanota.api.control.Phase;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.UpdateEvent;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The hub's page in a browser, over a hub whose status the test tells. */
@Timeout(240)
@Tag("soak")
class HubPageTest {
  private static HubPage page(HubControl hub) throws IOException {
    return HubPage.serve(0, hub, new HubMetrics(), ParameterValues.defaults(ServeParameter.class));
  }

  private static final String TAB = "\uE004";
  private static final String ENTER = "\uE007";
  private static final ImageId OLD = image(0x01000000);
  private static final ImageId NEW = image(0x01010000);
  private static final long SIZE = 49_282;
  private static final long UPGRADE_UTC_MILLIS = 1_801_450_800_000L;

  private static ImageId image(long version) {
    return new ImageId(
        new ManufacturerCode(0x121D), new ImageType(0x0081), new FileVersion(version));
  }

  /** A hub that stands still until the test moves it. */
  private static final class Told implements HubControl {
    private final List<HubStatus.DeviceStatus> devices = new ArrayList<>();
    private volatile OptionalLong doubtedUtcMillis = OptionalLong.empty();

    synchronized void device(int number, Phase phase, long fileOffset) {
      Optional<HubStatus.LastFailure> failure =
          phase == Phase.FAILED
              ? Optional.of(
                  new HubStatus.LastFailure(
                      UpdateEvent.Failure.INVALID_IMAGE, "the device says INVALID_IMAGE"))
              : Optional.empty();
      HubStatus.DeviceStatus made =
          new HubStatus.DeviceStatus(
              new Peer(new Eui64(0x00DB123400000000L + number), 1),
              Optional.of(phase == Phase.CONFIRMED ? NEW : OLD),
              Optional.empty(),
              phase,
              phase == Phase.IDLE ? Optional.empty() : Optional.of(NEW),
              fileOffset,
              phase == Phase.IDLE || phase == Phase.CONFIRMED ? 0 : SIZE,
              phase == Phase.TRANSFERRING ? OptionalLong.of(42_000) : OptionalLong.empty(),
              phase == Phase.WAITING ? OptionalLong.of(UPGRADE_UTC_MILLIS) : OptionalLong.empty(),
              fileOffset / 48,
              failure);
      devices.removeIf(device -> device.device().equals(made.device()));
      devices.add(made);
      devices.sort((a, b) -> a.device().address().compareTo(b.device().address()));
    }

    @Override
    public synchronized HubStatus status(HubStatus.Page page) {
      int under = (int) devices.stream().filter(each -> each.phase() == Phase.TRANSFERRING).count();
      return new HubStatus(
          new Eui64(0x00DB123456780001L),
          devices,
          Optional.empty(),
          devices.size(),
          under,
          1,
          64,
          Optional.empty(),
          doubtedUtcMillis,
          Optional.empty());
    }

    @Override
    public List<CatalogueImage> catalogue() {
      return List.of(
          entry("display.ota", NEW, Optional.empty()),
          entry("<img src=x>.ota", image(2), Optional.of("3 failures in a row")));
    }

    private static CatalogueImage entry(String name, ImageId image, Optional<String> quarantined) {
      return new CatalogueImage(
          name,
          image,
          SIZE,
          Octets.wrap(new byte[] {(byte) name.length(), 2, 3, 4, 5, 6, 7, 8, 9}),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          quarantined,
          Optional.empty());
    }

    @Override
    public Answer start(Offer offer) {
      return new Answer.Refused("a test");
    }

    @Override
    public Answer pause(Eui64 device) {
      return new Answer.Refused("a test");
    }

    @Override
    public Answer resume(Eui64 device) {
      return new Answer.Refused("a test");
    }

    @Override
    public Answer abort(Eui64 device, String order) {
      return new Answer.Refused("a test");
    }

    @Override
    public Answer pause(ImageId image, String order) {
      return new Answer.Refused("a test");
    }

    @Override
    public Answer resume(ImageId image) {
      return new Answer.Refused("a test");
    }

    @Override
    public Answer abort(ImageId image, String order) {
      return new Answer.Refused("a test");
    }

    @Override
    public AutoCloseable progress(Consumer<UpdateEvent> listener) {
      return () -> {};
    }
  }

  private static Told several(int count) {
    Told hub = new Told();
    Phase[] phases = Phase.values();
    for (int i = 0; i < count; i++) {
      Phase phase = phases[i % phases.length];
      hub.device(i, phase, phase == Phase.TRANSFERRING ? 12_288 : 0);
    }
    return hub;
  }

  private static Told severalPhases() {
    return several(Phase.values().length);
  }

  private static String row(int device) {
    return "document.querySelector('#devices tr[data-key^=\"%016X\"]')"
        .formatted(0x00DB123400000000L + device);
  }

  private static String cell(int device, int column) {
    return row(device) + "?.cells[" + column + "].textContent";
  }

  private static String shown(Browser browser, String id) throws Exception {
    return browser.run("return document.getElementById('" + id + "').innerText").asText();
  }

  @Test
  void itShowsWhatHappensWhileItHappensAndFetchesNothingElsewhere(@TempDir Path folder)
      throws Exception {
    Told hub = severalPhases();
    HubPage page = page(hub);
    try (page;
        Browser browser = Browser.start(folder)) {
      String origin = "http://localhost:" + page.port() + "/";
      browser.open(origin);
      browser.await(cell(3, 1) + " === 'transferring'");
      assertThat(browser.run("return " + cell(3, 2)).asText()).isEqualTo("24 %");
      assertThat(browser.run("return document.querySelectorAll('progress:indeterminate').length"))
          .hasToString("0");
      assertThat(browser.run("return " + cell(3, 4)).asText()).isEqualTo("42 s");
      assertThat(browser.run("return " + cell(3, 6)).asText()).isEqualTo("121D-0081-01010000");
      assertThat(browser.run("return " + cell(6, 1)).asText()).isEqualTo("waiting");
      assertThat(browser.run("return " + cell(6, 2)).asText()).isEqualTo("received");
      assertThat(browser.run("return " + cell(6, 7)).asText())
          .isEqualTo("runs it at 2027-02-01 03:00 UTC");
      assertThat(browser.run("return " + cell(9, 7)).asText())
          .isEqualTo("The image did not pass its checks: the device says INVALID_IMAGE");
      assertThat(shown(browser, "failures"))
          .isEqualTo("1The image did not pass its checks: the device says INVALID_IMAGE");
      assertThat(shown(browser, "whole")).matches("\\d+ %, 2 of 9 updates have ended");
      assertThat(shown(browser, "images"))
          .contains("display.ota", "49,282", "<img src=x>.ota", "quarantined: 3 failures in a row");

      // The same row goes on: whoever reads it keeps the place.
      browser.run(row(3) + ".id = 'kept'");
      hub.device(3, Phase.TRANSFERRING, 24_641);
      browser.await(cell(3, 2) + " === '50 %'");
      browser.await("/B\\/s/.test(" + cell(3, 3) + ")");
      hub.device(3, Phase.CONFIRMED, SIZE);
      browser.await(cell(3, 1) + " === 'confirmed'");
      assertThat(browser.run("return document.getElementById('kept').dataset.key").asText())
          .startsWith("00DB123400000003");
      assertThat(browser.run("return document.getElementById('news').textContent").asText())
          .isEqualTo("00DB123400000003 confirmed");

      JsonNode fetched =
          browser.run("return performance.getEntriesByType('resource').map(each => each.name)");
      assertThat(fetched)
          .hasSizeGreaterThan(4)
          .allSatisfy(url -> assertThat(url.asText()).startsWith(origin));

      hub.doubtedUtcMillis = OptionalLong.of(1_900_000_000_000L);
      browser.await(
          "/clock shows 2030-03-17.*doubted/.test(document.getElementById('trouble').textContent)");
      hub.doubtedUtcMillis = OptionalLong.empty();
      browser.await("document.getElementById('trouble').textContent === ''");

      page.close();
      browser.await("/does not answer/.test(document.getElementById('trouble').textContent)");
    }
  }

  @Test
  void manyDevicesArePagedAndOrderedAndFoundByPhaseCauseAndAddress(@TempDir Path folder)
      throws Exception {
    try (HubPage page = page(several(300));
        Browser browser = Browser.start(folder)) {
      browser.open("http://localhost:" + page.port() + "/");
      browser.await("document.getElementById('shown').value === '300 devices'");
      assertThat(shown(browser, "page")).isEqualTo("Page 1 of 6");
      assertThat(firstRow(browser)).as("failures first").isEqualTo("00DB123400000009 failed");
      click(browser, "#next");
      assertThat(shown(browser, "page")).isEqualTo("Page 2 of 6");
      assertThat(firstRow(browser)).contains("transferring");

      click(browser, "#devices-table thead th:first-child button");
      assertThat(firstRow(browser)).startsWith("00DB123400000032");
      click(browser, "#devices-table thead th:first-child button");
      click(browser, "#previous");
      assertThat(firstRow(browser)).startsWith("00DB12340000012B");

      click(browser, "#phases li:nth-child(9) button");
      assertThat(browser.run("return document.getElementById('shown').value").asText())
          .isEqualTo("30 of 300 devices");
      assertThat(firstRow(browser)).contains("confirmed");
      assertThat(browser.spoken("#phases li:nth-child(9) button"))
          .isEqualTo("button: 30 confirmed");
      click(browser, "#failures button");
      assertThat(firstRow(browser)).contains("failed");
      assertThat(browser.run("return document.querySelectorAll('[aria-pressed=true]').length"))
          .hasToString("1");
      click(browser, "#all");
      assertThat(focused(browser)).isEqualTo("address");
      browser.press("12b");
      browser.await("document.getElementById('devices').rows.length === 1");
      assertThat(firstRow(browser)).startsWith("00DB12340000012B");
    }
  }

  private static String firstRow(Browser browser) throws Exception {
    return browser
        .run(
            "const row = document.getElementById('devices').rows[0];"
                + "return row.cells[0].textContent + ' ' + row.cells[1].textContent")
        .asText();
  }

  private static void click(Browser browser, String selector) throws Exception {
    browser.run("document.querySelector('" + selector + "').click()");
  }

  /**
   * What is cut off, what lies over something else, and what is left of the window's right edge.
   */
  static final String LAYOUT_FAULTS =
      """
      const faults = [];
      const root = document.documentElement;
      if (root.scrollWidth > root.clientWidth) faults.push('the page is wider than the window');
      const boxes = [...document.querySelectorAll(
          'h1, h2, #summary, #whole > *, #phases button, #failures button, label, output, nav > *,'
          + ' thead button, tbody th, tbody td')]
        .filter(each => each.checkVisibility() && !each.closest('thead[style], .spoken'))
        .filter(each => each.getBoundingClientRect().width > 2)
        .map(each => ({ each, box: each.getBoundingClientRect() }));
      const name = ({ each }) => each.tagName + ' ' + each.textContent.slice(0, 40);
      for (const one of boxes) {
        if (one.each.closest('thead') && getComputedStyle(one.each.closest('thead')).position === 'absolute') continue;
        if (one.each.scrollWidth > one.each.clientWidth + 1 && one.each.clientWidth) faults.push('cut: ' + name(one));
        if (one.box.right > root.clientWidth + 1 || one.box.left < -1) faults.push('outside: ' + name(one));
        for (const other of boxes) {
          if (other === one || one.each.contains(other.each) || other.each.contains(one.each)) continue;
          if (other.each.closest('thead') && getComputedStyle(other.each.closest('thead')).position === 'absolute') continue;
          const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
          const high = Math.min(one.box.bottom, other.box.bottom) - Math.max(one.box.top, other.box.top);
          if (wide > 1 && high > 1) faults.push(name(one) + ' lies over ' + name(other));
        }
      }
      return faults;
      """;

  @ParameterizedTest
  @CsvSource({
    "0, 1280, false", "3, 1280, true", "300, 1280, false", "300, 1280, true",
    "0, 390, true", "3, 390, false", "300, 390, false", "300, 390, true"
  })
  void nothingIsCutOffOrLiesOverAnotherThing(
      int devices, int width, boolean isDark, @TempDir Path folder) throws Exception {
    try (HubPage page = page(several(devices));
        Browser browser = Browser.start(folder)) {
      browser.screen(width, 900, isDark);
      browser.open("http://localhost:" + page.port() + "/");
      browser.await("document.getElementById('devices').rows.length === " + Math.min(50, devices));
      String shot = System.getProperty("hanota.screenshot");
      if (shot != null) {
        browser.screenshot(
            Path.of(shot + "-" + devices + "-" + width + (isDark ? "-dark" : "-light") + ".png"));
      }
      assertThat(browser.run(LAYOUT_FAULTS)).isEmpty();
      // Where no tile is shown, as without devices on a phone, the overview says why.
      assertThat(
              browser
                  .run("return document.getElementById('no-overview').offsetHeight > 0")
                  .asBoolean())
          .isEqualTo(devices == 0);
      // What the check is worth: a line that does not fit, and one that is laid over another.
      browser.run(
          "const h1 = document.querySelector('h1'); h1.style.whiteSpace = 'nowrap'; h1.style.width"
              + " = '3000px'; document.querySelector('h2').style.marginTop = '-3em'");
      assertThat(browser.run(LAYOUT_FAULTS).toString())
          .contains("wider than the window", "lies over");
    }
  }

  @ParameterizedTest
  @CsvSource({"1280, false", "1280, true", "390, false", "390, true"})
  void aCheckerOfAccessibilityFindsNothing(int width, boolean isDark, @TempDir Path folder)
      throws Exception {
    String axe = Browser.axe();
    try (HubPage page = page(severalPhases());
        Browser browser = Browser.start(folder)) {
      browser.screen(width, 900, isDark);
      browser.open("http://localhost:" + page.port() + "/");
      browser.await(cell(9, 1) + " === 'failed'");
      assertThat(browser.accessibilityFaults(axe)).isEmpty();
      browser.run(
          "const input = document.getElementById('address');"
              + " input.closest('label').replaceWith(input)");
      assertThat(browser.accessibilityFaults("").toString()).contains("label: ");
    }
  }

  @Test
  void itIsUsedByKeyboardAndReadAloud(@TempDir Path folder) throws Exception {
    try (HubPage page = page(severalPhases());
        Browser browser = Browser.start(folder)) {
      browser.open("http://localhost:" + page.port() + "/");
      browser.await(cell(9, 1) + " === 'failed'");
      assertThat(browser.spoken("header")).startsWith("banner");
      assertThat(browser.spoken("main")).startsWith("main");
      assertThat(browser.spoken("footer")).startsWith("contentinfo");
      assertThat(browser.spoken("section:nth-of-type(4)")).isEqualTo("region: Devices");
      assertThat(browser.spoken("#filter")).isEqualTo("search: Devices");
      assertThat(browser.spoken("#address")).isEqualTo("searchbox: Address contains");
      assertThat(browser.spoken("#trouble")).startsWith("alert");
      assertThat(browser.spoken("#news")).isEqualTo("log: News");
      assertThat(browser.spoken("#whole progress"))
          .isEqualTo("progressbar: 47 %, 2 of 9 updates have ended");
      assertThat(browser.spoken("#devices progress"))
          .isEqualTo("progressbar: Progress of 00DB123400000003");
      assertThat(browser.spoken("#devices-table")).isEqualTo("table: Devices");
      assertThat(browser.spoken("#devices-table thead th:nth-child(2)"))
          .isEqualTo("columnheader: Phase");
      assertThat(browser.spoken("#devices th")).isEqualTo("rowheader: 00DB123400000009");

      browser.press(TAB);
      assertThat(browser.run("return document.activeElement.textContent").asText())
          .isEqualTo("Skip to the devices");
      assertThat(
              browser
                  .run("return document.activeElement.getBoundingClientRect().height > 20")
                  .asBoolean())
          .as("the skip link shows itself")
          .isTrue();
      browser.press(ENTER);
      assertThat(focused(browser)).isEqualTo("devices-title");
      browser.press(TAB);
      assertThat(focused(browser)).isEqualTo("address");
      browser.press("0007");
      browser.await("document.getElementById('devices').rows.length === 1");
      assertThat(focused(browser)).isEqualTo("address");
      browser.press(TAB);
      assertThat(focused(browser)).isEqualTo("all");
      browser.press(ENTER);
      browser.await("document.getElementById('devices').rows.length === 10");
      browser.press(TAB);
      assertThat(browser.run("return document.activeElement.textContent").asText())
          .isEqualTo("Device");
      browser.press(ENTER);
      assertThat(firstRow(browser)).isEqualTo("00DB123400000000 idle");
      assertThat(
              browser
                  .run("return document.activeElement.parentElement.getAttribute('aria-sort')")
                  .asText())
          .isEqualTo("ascending");
    }
  }

  private static String focused(Browser browser) throws Exception {
    return browser.run("return document.activeElement.id").asText();
  }
}
