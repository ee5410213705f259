// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.otaformat.OtaHeader;
import org.hanota.otaformat.ZigBeeFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No text from outside writes lines of its own or steers a terminal, in any command. */
class OutsideTextTest {
  private static final String EVIL =
      "a\u001b[2Jb\nhanota: all is well\r\u009b31mc\u202ed\u2028e.ota";

  /** Where it stands in a file. [ZCL 11.4.2.9] */
  private static final int HEADER_STRING = 20;

  @TempDir private Path folder;

  /** Characters that steer, and lines that the stranger made. */
  private static void assertClean(Cli.Run run) {
    String printed = run.out() + run.err();
    assertThat(printed).isNotEmpty();
    assertThat(printed.lines()).noneMatch(line -> line.startsWith("hanota: all is well"));
    assertThat(printed.chars().filter(c -> c != '\n' && c != '\t'))
        .as(printed)
        .noneMatch(
            c ->
                Character.getType(c) == Character.CONTROL
                    || Character.getType(c) == Character.FORMAT
                    || Character.getType(c) == Character.LINE_SEPARATOR);
  }

  @Test
  void namesOfFilesThatAreNotThereArePrintedInOneLine() {
    String path = folder.resolve(EVIL).toString();
    for (List<String> command :
        List.of(
            List.of("image", "inspect"),
            List.of("image", "verify"),
            List.of("image", "inspect", "--json"),
            List.of("image", "index"),
            List.of("gbcs", "inspect"),
            List.of("duis", "inspect"),
            List.of("duis", "verify"),
            List.of("image", "extract"),
            List.of("hub", "serve", "--insecure", "--images"),
            List.of("hub", "status", "--insecure", "--hub"),
            List.of("device", "run", "--insecure", "--image-of"),
            List.of("simulate", "home", "--image"),
            List.of("serial", "probe"),
            List.of("no-such-command"))) {
      String[] arguments = new String[command.size() + 1];
      command.toArray(arguments);
      arguments[command.size()] = path;
      assertClean(Cli.run(arguments));
    }
  }

  @Test
  void headerStringsAreShownWithTheirEscapes() throws Exception {
    Path file = folder.resolve(EVIL);
    ZigBeeFile made =
        ZigBeeFile.builder(OtaHeader.of(ImageId.of(0x121D, 0x0081, 0x0101_0000L)))
            .upgradeImage(Octets.wrap(new byte[100]))
            .build();
    byte[] octets = made.octets().octets(0, (int) made.octets().size()).toByteArray();
    byte[] headerString = "x\u001b[2J\nhanota: all is well".getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(headerString, 0, octets, HEADER_STRING, headerString.length);
    Files.write(file, octets);
    for (List<String> command :
        List.of(
            List.of("image", "inspect"),
            List.of("image", "inspect", "--json"),
            List.of("image", "verify"),
            List.of("image", "index"))) {
      String[] arguments = new String[command.size() + 1];
      command.toArray(arguments);
      arguments[command.size()] = file.toString();
      assertClean(Cli.run(arguments));
    }
  }

  @Test
  void whatIsPrintedAsALineIsOne() {
    StringWriter written = new StringWriter();
    PrintWriter out = new PrintableWriter(new PrintWriter(written), true);
    out.println("one\ntwo\tthree \u001b[0m");
    out.println((Object) "four\nfive");
    out.printf("%s and %5d%n", "six\nseven", 8);
    out.print("usage\n  of it\n");
    out.println("{\"json\":\"\u009b\u202e\"}");
    out.println("Grüße, Ελλάδα, 日本, 🙂");
    assertThat(written.toString().lines())
        .containsExactly(
            "one\\u000Atwo\tthree \\u001B[0m",
            "four\\u000Afive",
            "six\\u000Aseven and     8",
            "usage",
            "  of it",
            "{\"json\":\"\\u009B\\u202E\"}",
            "Grüße, Ελλάδα, 日本, 🙂");
  }
}
