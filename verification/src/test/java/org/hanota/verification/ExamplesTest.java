// SPDX-License-Identifier: Apache-2.0
package org.hanota.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.device.DeviceParameters;
import org.hanota.keys.P256PrivateKey;
import org.hanota.otaformat.HardwareVersionRange;
import org.hanota.otaformat.OtaHeader;
import org.hanota.otaformat.ZigBeeFile;
import org.hanota.testing.JavaCommand;
import org.hanota.testing.Skipped;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The projects in {@code examples} are built by Maven as a vendor builds them, from artifacts in a
 * local repository, and run.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class ExamplesTest {
  private static final String VERSION = "0.1.0-SNAPSHOT";
  private static final List<String> MODULES =
      List.of("api", "keys", "ota-format", "gbcs", "device", "hub");
  private static final int FIRMWARE_OCTETS = 30_000;

  /** A device stores its position at least so often. */
  private static final long JOURNAL_OCTETS = DeviceParameters.DEFAULT.journalOctets();

  private static final String MEMORY = "memory";

  @TempDir Path folder;

  private final List<Process> started = new ArrayList<>();

  @BeforeEach
  void install() throws IOException {
    Path whole = folder.resolve("repository");
    Path repository = Files.createDirectories(whole.resolve("org"));
    Path ours = cache();
    linkAll(ours, whole, "org");
    linkAll(ours.resolve("org"), repository, "hanota");
    Path group = Files.createDirectories(repository.resolve("hanota"));
    place(group, "hanota-parent", "pom.xml");
    for (String module : MODULES) {
      Path artifact = place(group, "hanota-" + module, module + "/pom.xml");
      jar(Project.root().resolve(module + "/target/classes"), artifact);
    }
  }

  /** The local repository that this build runs with, seen from a library of its class path. */
  private static Path cache() {
    String library = location(Assertions.class);
    int group = library.indexOf("/org/assertj/");
    if (group < 0) {
      Skipped.because("AssertJ comes from " + library + ", no local repository");
    }
    return Path.of(library.substring(0, group));
  }

  private static String location(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation().getPath();
  }

  private static void linkAll(Path from, Path to, String but) throws IOException {
    try (Stream<Path> entries = Files.list(from)) {
      for (Path entry : entries.filter(e -> !e.endsWith(but)).toList()) {
        Files.createSymbolicLink(to.resolve(entry.getFileName()), entry);
      }
    }
  }

  /** Lays a POM where a local repository has it, and answers its path without the ending. */
  private static Path place(Path group, String artifact, String pom) throws IOException {
    Path version = Files.createDirectories(group.resolve(artifact).resolve(VERSION));
    Path name = version.resolve(artifact + "-" + VERSION);
    Files.copy(Project.root().resolve(pom), Path.of(name + ".pom"));
    return name;
  }

  private static void jar(Path classes, Path name) throws IOException {
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(Path.of(name + ".jar")));
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        jar.putNextEntry(new JarEntry(classes.relativize(file).toString()));
        Files.copy(file, jar);
      }
    }
  }

  @AfterEach
  void end() throws IOException {
    started.forEach(Process::destroyForcibly);
    for (Path level : List.of(Path.of("repository"), Path.of("repository", "org"))) {
      try (Stream<Path> links = Files.list(folder.resolve(level))) {
        for (Path link : links.filter(Files::isSymbolicLink).toList()) {
          Files.delete(link);
        }
      }
    }
  }

  /** Builds a copy of an example and answers where its classes are. */
  private Path built(String example) throws Exception {
    Path copy = folder.resolve(example);
    Path project = Project.root().resolve("examples").resolve(example);
    try (Stream<Path> files = Files.walk(project)) {
      for (Path file : files.filter(f -> !f.toString().contains("target")).toList()) {
        Files.copy(file, copy.resolve(project.relativize(file).toString()));
      }
    }
    List<String> command =
        List.of("mvn", "-B", "-q", "-Dmaven.repo.local=" + folder.resolve("repository"), "compile");
    ProcessBuilder builder = new ProcessBuilder(command).directory(copy.toFile());
    builder.environment().put("JAVA_HOME", JavaCommand.home().toString());
    builder.environment().remove("MAVEN_OPTS");
    Process maven;
    try {
      maven = builder.redirectErrorStream(true).start();
    } catch (IOException absent) {
      Skipped.because("no Maven on the path: " + absent.getMessage());
      throw new AssertionError(absent);
    }
    String output = new String(maven.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(maven.waitFor()).as(output).isZero();
    return copy.resolve("target/classes");
  }

  private Process run(Path classes, String main, String... arguments) throws IOException {
    String path = classes + File.pathSeparator + JavaCommand.classPath();
    Process process =
        JavaCommand.of(List.of(), path, "example." + main, List.of(arguments))
            .redirectErrorStream(true)
            .start();
    started.add(process);
    return process;
  }

  /** The first line with these words; the lines before it are shown where it never comes. */
  private static String line(BufferedReader output, String words) throws IOException {
    List<String> before = new ArrayList<>();
    for (String line = output.readLine(); line != null; line = output.readLine()) {
      before.add(line);
      if (line.contains(words)) {
        return line;
      }
    }
    throw new AssertionError("never said: " + words + "; said: " + String.join("\n", before));
  }

  @Test
  void theFileFormatAloneSignsAndVerifiesAnImage() throws Exception {
    Process process = run(built("ota-format-alone"), "SignAndVerify");
    line(process.inputReader(), "Verified[image=1234-0001-00020000, 138 octets");
  }

  @Test
  void theFileFormatAloneTakesTenLinesAndOneDependency() throws Exception {
    Path project = Project.root().resolve("examples/ota-format-alone");
    List<String> lines =
        Files.readAllLines(project.resolve("src/main/java/example/SignAndVerify.java"));
    int main = lines.stream().filter(l -> l.contains("void main")).mapToInt(lines::indexOf).sum();
    assertThat(lines.subList(main + 1, lines.indexOf("  }"))).hasSizeLessThanOrEqualTo(10);
    assertThat(Files.readString(project.resolve("pom.xml")).split("<dependency>", -1)).hasSize(2);
  }

  @Test
  void aDeviceWithItsOwnRadioAndMemoryTakesAnImageFromAHubWithItsOwnRadioAndImages()
      throws Exception {
    P256PrivateKey maker = P256PrivateKey.fromSeed(Octets.fromHex("0011"));
    Octets image = image(maker);
    Path images = Files.createDirectories(folder.resolve("images"));
    Files.write(images.resolve("display.ota"), image.toByteArray());
    Files.write(images.resolve("rubbish.ota"), new byte[100]);
    Process hub =
        run(built("own-hub"), "OwnHub", "0", images.toString(), folder.resolve("s").toString());
    BufferedReader said = hub.inputReader();
    assertThat(line(said, "is not served")).contains("rubbish.ota");
    String port = line(said, "serves on port ").replaceAll("\\D", "");
    Path device = built("own-device");
    String key = maker.publicKey().octets().toHex();
    String memory = folder.resolve(MEMORY).toString();
    Process first = run(device, "OwnDevice", "127.0.0.1", port, key, memory);
    BufferedReader before = first.inputReader();
    while (offset(line(before, "Transferring")) <= JOURNAL_OCTETS) {
      // Goes on until the journal has a position.
    }
    first.destroyForcibly().waitFor();
    // Killed in mid-transfer, it goes on where it was.
    Process second = run(device, "OwnDevice", "127.0.0.1", port, key, memory);
    BufferedReader told = second.inputReader();
    assertThat(line(told, "Started")).doesNotContain("fileOffset=0");
    line(told, "Confirmed");
    byte[] slot = Files.readAllBytes(folder.resolve(MEMORY).resolve("slot-b"));
    assertThat(Arrays.copyOf(slot, image.length())).isEqualTo(image.toByteArray());
  }

  private static long offset(String line) {
    return Long.parseLong(line.replaceAll(".*fileOffset=(\\d+).*", "$1"));
  }

  private static Octets image(P256PrivateKey maker) {
    OtaHeader header =
        OtaHeader.of(ImageId.of(0x121D, 0x0081, 0x01010000))
            .withHardwareVersions(HardwareVersionRange.of(0x0100, 0x0100));
    byte[] firmware = new byte[FIRMWARE_OCTETS];
    for (int i = 0; i < firmware.length; i++) {
      firmware[i] = (byte) ((i * 31) >> 3);
    }
    ZigBeeFile file =
        ZigBeeFile.builder(header)
            .upgradeImage(Octets.wrap(firmware))
            .signAsManufacturer(maker)
            .build();
    return file.octets().octets(0, (int) file.octets().size());
  }
}
