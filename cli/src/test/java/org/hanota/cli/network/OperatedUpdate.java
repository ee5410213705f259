// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hanota.api.Octets;
import org.hanota.cli.Background;
import org.hanota.cli.Cli;
import org.hanota.cli.ExitCode;
import org.hanota.cli.SmallImage;
import org.jspecify.annotations.Nullable;

/** A device with an image of its own, and an operator who says something of it. */
final class OperatedUpdate implements AutoCloseable {
  private static final int OCTETS = 16_000;
  private static final String DATE = "2099-01-31T02:00:00Z";

  private final OperatedHub hub;
  private final int number;
  private final boolean waitsForDate;
  private final List<String> toSay;
  private final String device;
  private final Path file;
  private final Octets image;
  private final List<Background> devices = new ArrayList<>();
  private boolean looked;
  private String answer = "accepted";
  private String status = "";
  private String runs = "";
  private String startedAgain = "";

  OperatedUpdate(OperatedHub hub, int number, String update, List<String> said) throws IOException {
    this.hub = hub;
    this.number = number;
    this.waitsForDate = update.equals("waits for a date");
    assertThat(waitsForDate || update.equals("in mid-transfer")).as(update).isTrue();
    this.toSay = new ArrayList<>(said);
    this.device = "00DB12340000%02d00".formatted(number);
    this.image =
        said.contains("quarantine")
            ? SmallImage.withWrongIntegrityCode(number, OCTETS, number)
            : SmallImage.of(number, OCTETS, number);
    this.file = hub.images().resolve("row-%02d.ota".formatted(number));
    fileIn();
  }

  /** Keeps its transfer slow for as long as something has to be said in its middle. */
  List<String> limit() {
    return List.of("--longest-block", "1002-%04X=%d".formatted(number, waitsForDate ? 4 : 2));
  }

  void fileIn() throws IOException {
    Files.write(file, image.toByteArray());
  }

  /** Brings it to where the row begins. */
  void prepare() throws Exception {
    devices.add(devices(device, 1, "--ignore-integrity-code", "the row wants it so"));
    OperatedHub.await(this + " is in mid-transfer", () -> hub.phase(device).equals("transferring"));
    if (waitsForDate) {
      accepted(hub.command("start", "--device", device, "--image", name(), "--at", DATE));
      OperatedHub.await(this + " waits", () -> hub.phase(device).equals("waiting"));
    }
  }

  private Background devices(String first, int count, String... more) {
    List<String> all = new ArrayList<>(List.of("device", "run", "--hub", hub.address()));
    all.addAll(List.of("--insecure", "--image-of", file.toString(), "--first", first));
    all.addAll(List.of("--query-interval", String.valueOf(OperatedHub.QUERY_INTERVAL_S)));
    all.addAll(List.of("--count", String.valueOf(count)));
    all.addAll(List.of(more));
    return Background.run(all.toArray(String[]::new));
  }

  private String name() {
    return String.valueOf(file.getFileName());
  }

  private static void accepted(Cli.Run run) {
    assertThat(run.exitCode()).as(run.err()).isEqualTo(ExitCode.DONE);
  }

  /** The hub has been started anew. */
  void restarted() {
    if (restartIsNext()) {
      toSay.remove(0);
    }
  }

  /** Says all up to the next restart of the hub. */
  void say() throws IOException {
    while (!toSay.isEmpty() && !restartIsNext()) {
      String word = toSay.remove(0);
      switch (word) {
        case "file out" -> Files.delete(file);
        case "file in" -> fileIn();
        case "quarantine" -> quarantine();
        case "abort", "pause", "resume" -> answer = answer(hub.command(word, "--device", device));
        case "image abort", "image pause", "image resume" ->
            answer = answer(hub.command(word.substring("image ".length()), "--image", name()));
        case "nothing" -> {}
        default -> throw new AssertionError(word);
      }
      if (word.equals("resume") && answer.equals("accepted")) {
        OperatedHub.await(this + " runs", () -> hub.phase(device).equals("confirmed"));
      }
    }
  }

  private void quarantine() {
    devices.add(devices("00DB12340000%02d10".formatted(number), 3));
    OperatedHub.await(
        this + " is quarantined",
        () -> hub.lines().stream().anyMatch(line -> line.contains(name() + " is quarantined")));
  }

  /** Whether it waits for that. */
  boolean restartIsNext() {
    return !toSay.isEmpty() && toSay.get(0).equals("restart");
  }

  private static String answer(Cli.Run run) {
    return run.exitCode() == ExitCode.DONE
        ? "accepted"
        : run.err().strip().replaceFirst("^.*?refused: ", "refused: ");
  }

  /** Waits until it is as it should be once all is said, if it ever is. */
  void settle(String expected) {
    if (toSay.isEmpty() && !looked) {
      boolean unused = OperatedHub.comesTrue(() -> hubStatus().equals(expected));
    }
  }

  private String hubStatus() {
    JsonNode known = hub.device(device);
    String cause = known.path("failure").path("cause").asText();
    return (known.path("phase").asText() + " " + cause).strip();
  }

  /** Notes how it is once all is said. */
  void look() {
    if (toSay.isEmpty() && !looked) {
      looked = true;
      status = hubStatus();
      runs = hasConfirmed() ? "new" : "old";
    }
  }

  private boolean hasConfirmed() {
    return devices.get(0).printed().contains("  confirmed");
  }

  void startAgain() {
    startedAgain = answer(hub.command("start", "--device", device, "--image", name()));
  }

  /** Waits for what the start brings. */
  void lookAgain() {
    if (startedAgain.equals("accepted")) {
      OperatedHub.await(this + " runs in the end", this::hasConfirmed);
      startedAgain = "new";
    }
  }

  String answer() {
    return answer;
  }

  String status() {
    return status;
  }

  String runs() {
    return runs;
  }

  String startedAgain() {
    return startedAgain;
  }

  @Override
  public String toString() {
    return "the update of row " + number + " " + printed().orElse("");
  }

  private Optional<String> printed() {
    @Nullable Background first = devices.isEmpty() ? null : devices.get(0);
    return Optional.ofNullable(first).map(Background::printed);
  }

  @Override
  public void close() {
    devices.forEach(Background::close);
  }
}
