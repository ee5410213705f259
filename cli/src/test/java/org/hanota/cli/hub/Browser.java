// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hanota.testing.Skipped;

/** A headless Chromium, steered by WebDriver. */
public final class Browser implements AutoCloseable {
  /** WebDriver's name for a reference to an element. */
  private static final String ELEMENT = "element-6066-11e4-a52e-4f735466cecf";

  private static final Pattern STARTED = Pattern.compile("successfully on port (\\d+)");
  private static final long PATIENCE_SECONDS = 60;
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Process driver;
  private final String session;

  private Browser(Process driver, int port, Path profile) throws IOException, InterruptedException {
    this.driver = driver;
    String root = "http://localhost:" + port + "/session";
    JsonNode made = post(root, capabilities(profile));
    this.session = root + "/" + made.get("sessionId").asText();
  }

  /** Starts one with a fresh profile; skips the calling test, and says so, where there is none. */
  public static Browser start(Path profile) throws IOException, InterruptedException {
    Process driver;
    try {
      driver = new ProcessBuilder("chromedriver", "--port=0").redirectErrorStream(true).start();
    } catch (IOException absent) {
      Skipped.because("chromium and chromium-driver are not installed");
      throw absent;
    }
    try {
      return new Browser(driver, port(driver), profile);
    } catch (IOException | InterruptedException | AssertionError fault) {
      driver.destroy();
      throw fault;
    }
  }

  private static int port(Process driver) throws IOException {
    BufferedReader said = driver.inputReader(StandardCharsets.UTF_8);
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      Matcher matcher = STARTED.matcher(line);
      if (matcher.find()) {
        return Integer.parseInt(matcher.group(1));
      }
    }
    throw new AssertionError("chromedriver ended without a word of its port");
  }

  /** No name but the loopback's is resolved: what the page would fetch elsewhere fails. */
  private static ObjectNode capabilities(Path profile) {
    ObjectNode root = MAPPER.createObjectNode();
    ObjectNode options =
        root.putObject("capabilities").putObject("alwaysMatch").putObject("goog:chromeOptions");
    ArrayNode arguments = options.putArray("args");
    List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--window-size=1280,1000",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost",
            "--user-data-dir=" + profile)
        .forEach(arguments::add);
    return root;
  }

  private JsonNode post(String url, ObjectNode body) throws IOException, InterruptedException {
    return send(
        HttpRequest.newBuilder(URI.create(url))
            .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
            .build());
  }

  private JsonNode send(HttpRequest request) throws IOException, InterruptedException {
    HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
    JsonNode value = MAPPER.readTree(response.body()).get("value");
    if (response.statusCode() != 200) {
      throw new AssertionError(request.uri() + ": " + value.path("message").asText());
    }
    return value;
  }

  private JsonNode get(String path) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(session + path)).build());
  }

  public void open(String url) throws IOException, InterruptedException {
    JsonNode unused = post(session + "/url", MAPPER.createObjectNode().put("url", url));
  }

  /** What the script returns. */
  public JsonNode run(String script) throws IOException, InterruptedException {
    ObjectNode body = MAPPER.createObjectNode().put("script", script);
    body.putArray("args");
    return post(session + "/execute/sync", body);
  }

  /** What the script hands to its last argument, a function. */
  public JsonNode runAsync(String script) throws IOException, InterruptedException {
    ObjectNode body = MAPPER.createObjectNode().put("script", script);
    body.putArray("args");
    return post(session + "/execute/async", body);
  }

  /** Shows the page on a screen of that size, in light or dark. */
  public void screen(int width, int height, boolean isDark)
      throws IOException, InterruptedException {
    ObjectNode metrics = MAPPER.createObjectNode().put("width", width).put("height", height);
    devtools(
        "Emulation.setDeviceMetricsOverride",
        metrics.put("deviceScaleFactor", 1).put("mobile", false));
    media("screen", isDark);
  }

  /** Shows the page as it is printed, by somebody whose screen is light or dark. */
  public void paper(boolean isDark) throws IOException, InterruptedException {
    media("print", isDark);
  }

  private void media(String name, boolean isDark) throws IOException, InterruptedException {
    ObjectNode media = MAPPER.createObjectNode().put("media", name);
    media
        .putArray("features")
        .addObject()
        .put("name", "prefers-color-scheme")
        .put("value", isDark ? "dark" : "light");
    devtools("Emulation.setEmulatedMedia", media);
  }

  /**
   * What axe-core finds wrong with the page.
   *
   * @param axe its source, or nothing if the page has it already
   */
  public JsonNode accessibilityFaults(String axe) throws IOException, InterruptedException {
    return runAsync(
        axe
            + ";const done = arguments[arguments.length - 1];"
            + "window.axe.run().then(result => done(result.violations.map(each => each.id + ': '"
            + " + each.nodes.map(node => node.html).join())), fault => done(['fault: ' + fault]))");
  }

  /** The source of axe-core; skips the calling test, and says so, where it is absent. */
  public static String axe() throws IOException {
    String packages = System.getenv("HANOTA_AXE");
    if (packages == null) {
      Skipped.because(
          "HANOTA_AXE does not name a folder with axe-core of npm, as .ci/run makes it");
      return "";
    }
    return Files.readString(Path.of(packages, "node_modules/axe-core/axe.min.js"));
  }

  private void devtools(String command, ObjectNode parameters)
      throws IOException, InterruptedException {
    ObjectNode body = MAPPER.createObjectNode().put("cmd", command).set("params", parameters);
    JsonNode unused = post(session + "/goog/cdp/execute", body);
  }

  /** Waits until the script returns true. */
  public void await(String script) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    while (!run("return " + script).asBoolean()) {
      if (System.nanoTime() - end >= 0) {
        throw new AssertionError(
            "never " + script + ", but " + run("return document.body.innerText").asText());
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  /** Presses keys, one after the other; WebDriver's private characters stand for special ones. */
  void press(String keys) throws IOException, InterruptedException {
    ObjectNode body = MAPPER.createObjectNode();
    ObjectNode keyboard = body.putArray("actions").addObject();
    keyboard.put("type", "key").put("id", "keyboard");
    ArrayNode actions = keyboard.putArray("actions");
    keys.codePoints()
        .mapToObj(Character::toString)
        .forEach(
            key -> {
              actions.addObject().put("type", "keyDown").put("value", key);
              actions.addObject().put("type", "keyUp").put("value", key);
            });
    JsonNode unused = post(session + "/actions", body);
  }

  /** The role that the browser tells a screen reader, and the name, as {@code role: name}. */
  String spoken(String selector) throws IOException, InterruptedException {
    ObjectNode query =
        MAPPER.createObjectNode().put("using", "css selector").put("value", selector);
    String element = "/element/" + post(session + "/element", query).get(ELEMENT).asText();
    return get(element + "/computedrole").asText()
        + ": "
        + get(element + "/computedlabel").asText();
  }

  public void screenshot(Path file) throws IOException, InterruptedException {
    Files.write(file, Base64.getDecoder().decode(get("/screenshot").asText()));
  }

  @Override
  public void close() {
    try {
      JsonNode unused = send(HttpRequest.newBuilder(URI.create(session)).DELETE().build());
    } catch (IOException | InterruptedException fault) {
      throw new AssertionError(fault);
    } finally {
      driver.destroy();
    }
  }
}
