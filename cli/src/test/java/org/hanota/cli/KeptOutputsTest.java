// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hanota.device.DeviceType;
import org.hanota.sim.SampleImages;
import org.hanota.testing.Shared;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Nobody deletes, truncates or overwrites what it did not make (Trust 1). */
class KeptOutputsTest {
  private static final String SOMEBODYS = "somebody's";

  /** What names an output; {@code --store} and {@code device run --bank-dir} are also state. */
  private static final Set<String> OUTPUTS =
      Set.of(
          "--out",
          "--capture",
          "--bank-dir",
          "--trace",
          "--backup",
          "--pcap",
          "--evidence",
          "--html",
          "--mermaid",
          "--csv",
          "--jsonl");

  /** Named on purpose: what they made before is opened again, or they are wanted each time. */
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "serial clear --backup",
              "ClearCommandTest: refused always, there is no way to replace it",
          "hub serve --store", "ServeFoldersTest",
          "device run --csv", "WornLinkTest",
          "duis sign --out", "docs.SignedOutputTest",
          "headend run --out", "RunFolderTest",
          "headend receive --out", "headend.UserServiceTest: it goes on behind what is there");

  /**
   * A call that writes.
   *
   * @param name of command and option
   * @param output the file that it writes
   * @param ends by itself, so that it can be run with {@code --force}
   */
  private record Writing(String name, Path output, boolean ends, List<String> words) {
    String[] call(String... more) {
      return Stream.concat(words.stream(), Stream.of(more)).toArray(String[]::new);
    }
  }

  @TempDir Path folder;
  private Path image = Path.of("");

  @BeforeEach
  void image() throws IOException {
    image =
        Files.write(
            at("in.ota"), SampleImages.plan(1, "ihd", DeviceType.IHD, 2_000).image().toByteArray());
  }

  private Path at(String name) {
    return folder.resolve(name);
  }

  private Writing writing(boolean ends, String output, String name, String... words) {
    return new Writing(name, at(output), ends, List.of(words));
  }

  private List<Writing> writings() throws IOException {
    String in = image.toString();
    String out = at("out").toString();
    String here = folder.toString();
    String key = at("maker").toString();
    assertThat(Cli.run("image", "keygen", "--suite", "p256", "-o", key).exitCode()).isZero();
    Path parts = at("parts");
    Cli.Run split =
        Cli.run("image", "split", "--maximum-octets", "1500", "-o", parts.toString(), in);
    assertThat(split.exitCode()).as(split.err()).isZero();
    List<String> made;
    try (Stream<Path> files = Files.list(parts)) {
      made = files.map(Path::toString).sorted().toList();
    }
    String part = "again/" + Path.of(made.get(made.size() - 1)).getFileName();
    String[] join =
        Stream.concat(Stream.of("image", "join", "-o", out), made.stream()).toArray(String[]::new);
    List<Writing> all = new ArrayList<>(simulations());
    List<Writing> others =
        List.of(
            writing(
                true,
                "out",
                "image create --out",
                "image",
                "create",
                "-o",
                out,
                "--manufacturer-code",
                "0x1234",
                "--image-type",
                "1",
                "--file-version",
                "2",
                "--as-is",
                in),
            writing(
                true, "out", "image extract --out", "image", "extract", "--whole", "-o", out, in),
            writing(true, "out", "image trim --out", "image", "trim", "-o", out, in),
            writing(true, "out", "image join --out", join),
            writing(
                true,
                "out",
                "image sign --out",
                "image",
                "sign",
                "--manufacturer-key",
                key + ".key",
                "-o",
                out,
                in),
            writing(
                true,
                part,
                "image split --out",
                "image",
                "split",
                "--maximum-octets",
                "1500",
                "-o",
                Files.createDirectories(at("again")).toString(),
                in),
            writing(
                true,
                "out.key",
                "image keygen --out",
                "image",
                "keygen",
                "--suite",
                "p256",
                "-o",
                out),
            emulation("znp --bank-dir", "00124B0000E31D01.ota", "--bank-dir", here),
            emulation("znp --capture", "out", "--capture", out),
            emulation("ezsp --bank-dir", "00124B0000E31D01.ota", "--bank-dir", here),
            emulation("ezsp --capture", "out", "--capture", out),
            writing(
                false,
                "00DB123400000001.ota",
                "device run --bank-dir",
                "device",
                "run",
                "--insecure",
                "--image-of",
                in,
                "--bank-dir",
                here,
                "--first",
                "00DB123400000001"),
            writing(
                false,
                "out",
                "hub serve --capture",
                "hub",
                "serve",
                "--insecure",
                "--images",
                Files.createDirectories(at("images")).toString(),
                "--serial",
                "tcp://127.0.0.1:1",
                "--capture",
                out));
    all.addAll(others);
    return all;
  }

  private List<Writing> simulations() throws IOException {
    Cli.Run printed = Cli.run("simulate", "home", "--devices", "ihd", "--print-scenario");
    String yaml = Files.writeString(at("home.yaml"), printed.out()).toString();
    List<Writing> all = new ArrayList<>();
    List<String> explore = List.of("explore", "--faults", "0");
    all.add(simulation("explore --html", "out", explore, at("out").toString()));
    String house = Shared.root().resolve("docs/scenarios/one-house.yaml").toString();
    List<String> fleet = List.of("simulate", "fleet", "--scenario", house);
    for (String option : List.of("--csv", "--jsonl", "--html", "--mermaid")) {
      all.add(simulation("simulate fleet " + option, "out", fleet, at("out").toString()));
    }
    String keys = at("gbcs").toString();
    if (!Files.exists(at("gbcs"))) {
      Cli.Run gbcs = Cli.run("pki", "gbcs", "--dir", keys, "--device", "00DB123400000000");
      assertThat(gbcs.exitCode()).as(gbcs.err()).isZero();
    }
    List<String> request =
        List.of(
            "duis",
            "request",
            "--service",
            "11.2",
            "--device",
            "00DB123400000000",
            "--xml-keys",
            keys + "/supplier-xml");
    all.add(simulation("duis request --out", "out", request, at("out").toString()));
    List<String> study = List.of("study", "secmp0007", "--set", "wanHomesPerCell=20");
    for (String option : List.of("--csv", "--html")) {
      all.add(simulation("study secmp0007 " + option, "out", study, at("out").toString()));
    }
    for (List<String> call :
        List.of(
            List.of("simulate", "home", "--devices", "ihd"),
            List.of("simulate", "--scenario", yaml))) {
      String name = call.get(1).equals("home") ? "simulate home " : "simulate ";
      all.add(simulation(name + "--bank-dir", "ihd-1.ota", call, folder.toString()));
      for (String option :
          List.of("--trace", "--pcap", "--evidence", "--html", "--mermaid", "--csv")) {
        all.add(simulation(name + option, "out", call, at("out").toString()));
      }
    }
    return all;
  }

  private Writing simulation(String name, String output, List<String> call, String argument) {
    String option = name.substring(name.lastIndexOf(' ') + 1);
    return writing(
        true,
        output,
        name,
        Stream.concat(call.stream(), Stream.of(option, argument)).toArray(String[]::new));
  }

  private Writing emulation(String name, String output, String... options) {
    return writing(
        false,
        output,
        "emulate " + name,
        Stream.concat(
                Stream.of(
                    "emulate",
                    name.substring(0, name.indexOf(' ')),
                    "--image-of",
                    image.toString(),
                    "--listen",
                    "127.0.0.1:0"),
                Stream.of(options))
            .toArray(String[]::new));
  }

  @Test
  void whatIsThereIsKeptUnlessItIsToBeReplaced() throws IOException {
    for (Writing writing : writings()) {
      Files.writeString(writing.output(), SOMEBODYS);
      Cli.Run run = Cli.run(writing.call());
      assertThat(run.err())
          .as(writing.name())
          .isEqualToIgnoringNewLines(
              "hanota: "
                  + writing.output()
                  + ": is there already; name another file, or replace it with --force");
      assertThat(run.exitCode()).as(writing.name()).isEqualTo(ExitCode.WRONG);
      assertThat(writing.output()).as(writing.name()).hasContent(SOMEBODYS);
      if (writing.ends()) {
        run = Cli.run(writing.call("--force"));
        assertThat(run.exitCode()).as(writing.name() + run.err()).isZero();
        assertThat(Files.readString(writing.output(), StandardCharsets.ISO_8859_1))
            .as(writing.name())
            .isNotEqualTo(SOMEBODYS);
      }
      Files.delete(writing.output());
    }
  }

  @Test
  void eachOptionThatNamesAnOutputIsWalked() throws IOException {
    Set<String> found = new TreeSet<>();
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    collect(Hanota.commandLine(nowhere, nowhere), "", found);
    found.removeAll(ELSEWHERE.keySet());
    assertThat(found)
        .containsExactlyInAnyOrderElementsOf(writings().stream().map(Writing::name).toList());
  }

  private static void collect(CommandLine command, String path, Set<String> found) {
    command.getCommandSpec().options().stream()
        .map(CommandLine.Model.OptionSpec::longestName)
        .filter(OUTPUTS::contains)
        .forEach(option -> found.add(path + " " + option));
    command
        .getSubcommands()
        .forEach((name, sub) -> collect(sub, path.isEmpty() ? name : path + " " + name, found));
  }
}
