// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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

/** The hub's page in a browser, over a hub whose status the test tells. */
@Timeout(240)
@Tag("soak")
class HubPageTest {
  private static final String TAB = "\uE004";
  private static final String ENTER = "\uE007";
  private static final ImageId OLD = image(0x01000000);
  private static final ImageId NEW = image(0x01010000);
  private static final long SIZE = 49_282;

  private static ImageId image(long version) {
    return new ImageId(
        new ManufacturerCode(0x121D), new ImageType(0x0081), new FileVersion(version));
  }

  /** A hub that stands still until the test moves it. */
  private static final class Told implements HubControl {
    private final List<HubStatus.DeviceStatus> devices = new ArrayList<>();

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

  private static Told severalPhases() {
    Told hub = new Told();
    Phase[] phases = Phase.values();
    for (int i = 0; i < phases.length; i++) {
      hub.device(i, phases[i], phases[i] == Phase.TRANSFERRING ? 12_288 : 0);
    }
    return hub;
  }

  private static String cell(int device, int column) {
    return "document.querySelector('#devices tr[data-key=\"00DB12340000000"
        + device
        + "\"]')?.cells["
        + column
        + "].textContent";
  }

  @Test
  void itShowsWhatHappensWhileItHappensAndFetchesNothingElsewhere(@TempDir Path folder)
      throws Exception {
    Told hub = severalPhases();
    HubPage page = HubPage.serve(0, hub, new HubMetrics());
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
      assertThat(browser.run("return document.getElementById('failures').innerText").asText())
          .contains("00DB123400000009", "did not pass its checks", "device says INVALID_IMAGE");
      assertThat(browser.run("return document.getElementById('images').innerText").asText())
          .contains("display.ota", "49,282", "<img src=x>.ota", "quarantined: 3 failures in a row");

      // The same row goes on: whoever reads it keeps the place.
      browser.run("document.querySelector('#devices tr:nth-child(4)').id = 'kept'");
      hub.device(3, Phase.TRANSFERRING, 24_641);
      browser.await(cell(3, 2) + " === '50 %'");
      browser.await("/B\\/s/.test(" + cell(3, 3) + ")");
      String shot = System.getProperty("hanota.screenshot");
      if (shot != null) {
        browser.screenshot(Path.of(shot));
      }
      hub.device(3, Phase.CONFIRMED, SIZE);
      browser.await(cell(3, 1) + " === 'confirmed'");
      assertThat(browser.run("return document.getElementById('kept').dataset.key").asText())
          .isEqualTo("00DB123400000003");
      assertThat(browser.run("return document.getElementById('news').textContent").asText())
          .isEqualTo("00DB123400000003 confirmed");

      JsonNode fetched =
          browser.run("return performance.getEntriesByType('resource').map(each => each.name)");
      assertThat(fetched)
          .hasSizeGreaterThan(4)
          .allSatisfy(url -> assertThat(url.asText()).startsWith(origin));

      page.close();
      browser.await("/does not answer/.test(document.getElementById('trouble').textContent)");
    }
  }

  @Test
  void itIsUsedByKeyboardAndReadAloud(@TempDir Path folder) throws Exception {
    try (HubPage page = HubPage.serve(0, severalPhases(), new HubMetrics());
        Browser browser = Browser.start(folder)) {
      browser.open("http://localhost:" + page.port() + "/");
      browser.await(cell(9, 1) + " === 'failed'");
      assertThat(browser.spoken("header")).startsWith("banner");
      assertThat(browser.spoken("main")).startsWith("main");
      assertThat(browser.spoken("footer")).startsWith("contentinfo");
      assertThat(browser.spoken("section:nth-of-type(2)")).isEqualTo("region: Devices");
      assertThat(browser.spoken("#filter")).isEqualTo("search: Devices");
      assertThat(browser.spoken("#phase")).isEqualTo("combobox: Phase");
      assertThat(browser.spoken("#address")).isEqualTo("searchbox: Address contains");
      assertThat(browser.spoken("#trouble")).startsWith("alert");
      assertThat(browser.spoken("#news")).isEqualTo("log: News");
      assertThat(browser.spoken("#devices progress"))
          .isEqualTo("progressbar: Progress of 00DB123400000001");
      assertThat(browser.spoken("#devices th")).isEqualTo("rowheader: 00DB123400000000");

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
      assertThat(focused(browser)).isEqualTo("phase");
      browser.press("fa");
      browser.await("document.getElementById('devices').rows.length === 1");
      assertThat(browser.run("return document.getElementById('shown').value").asText())
          .isEqualTo("1 of 10 devices");
      browser.run(
          "const phase = document.getElementById('phase'); phase.value = '';"
              + " phase.dispatchEvent(new Event('input'))");
      browser.press(TAB);
      assertThat(focused(browser)).isEqualTo("address");
      browser.press("0007");
      browser.await("document.getElementById('devices').rows.length === 1");
      assertThat(focused(browser)).isEqualTo("address");
      browser.press(TAB);
      assertThat(browser.run("return document.activeElement.className").asText())
          .as("a table that is wider than the window can be scrolled with the keys")
          .isEqualTo("wide");
    }
  }

  private static String focused(Browser browser) throws Exception {
    return browser.run("return document.activeElement.id").asText();
  }
}
