// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.hanota.api.Octets;
import org.hanota.gbcs.Message;
import org.hanota.testing.Shared;

/**
 * What is the same in all GBCS messages of a kind: constants, tags, and the lengths of what has a
 * length of its own. Read octet by octet, without the project's own readers. [GBCS 11.2.6]
 */
final class GbcsStructure {
  private static final int HASH = 32;

  /** The receipt of an electricity meter, of which there is no reference message. [GBCS 11.2.6] */
  static final String ESME_RECEIPT =
      "CRA 3 date 0 info 2 code 00ce raw 59 from 0f20 hash 0920 then 64 of 64";

  private final Octets octets;
  private int at;
  private final StringBuilder text = new StringBuilder();

  private GbcsStructure(Octets octets) {
    this.octets = octets;
  }

  /** The structure of a message. */
  static String of(Octets message) {
    return new GbcsStructure(message).read();
  }

  /** Collects the structures of the messages of a home. */
  static Home.Listener into(Set<String> structures) {
    return new FaultyHomeTest.Silent() {
      @Override
      public void gbcs(long virtualNanos, Message message) {
        structures.add(of(message.octets()));
      }
    };
  }

  private String read() {
    boolean hasMac = octets.at(0) == 0xDD;
    if (hasMac) {
      expect("dd000000000000");
      int length = derLength();
      text.append("MAC frame").append(length == octets.length() - at ? " " : " of wrong length ");
      expect("1100000000");
    }
    expect("df09");
    text.append("CRA ").append(next()).append(' ');
    at += 8;
    expect("08");
    at += 8;
    expect("08");
    at += 8;
    int dateTime = next();
    text.append("date ").append(dateTime).append(' ');
    at += dateTime;
    int otherInfo = next();
    text.append("info ").append(otherInfo).append(" code ").append(take(2).toHex()).append(' ');
    at += otherInfo - 2;
    int length = derLength();
    Octets content = take(length);
    text.append(content.at(0) == 0x30 || content.at(0) == 0x05 ? der(content) : raw(content));
    int left = octets.length() - at - (hasMac ? 12 : 0);
    text.append(" then ").append(left == 0 ? "nothing" : next() + " of " + (left - 1));
    return text.toString();
  }

  private static String raw(Octets content) {
    String hash =
        content.length() > HASH + 2
            ? content.slice(content.length() - HASH - 2, 2).toHex()
            : "none";
    return "raw " + content.length() + " from " + content.slice(0, 2).toHex() + " hash " + hash;
  }

  private static String der(Octets content) {
    StringBuilder out = new StringBuilder();
    int at = 0;
    while (at < content.length()) {
      int tag = content.at(at);
      GbcsStructure in = new GbcsStructure(content.from(at + 1));
      int length = in.derLength();
      at += 1 + in.at;
      Octets value = content.slice(at, length);
      out.append(
          switch (tag) {
            case 0x30 -> "{" + der(value) + "}";
            case 0x02 -> "integer ";
            case 0x05 -> "null ";
            case 0x04 -> "octets " + length + " ";
            case 0x18 -> "time " + length + " ";
            default -> "tag " + tag;
          });
      at += length;
    }
    return out.toString();
  }

  private void expect(String hex) {
    Octets found = take(hex.length() / 2);
    if (!found.toHex().equals(hex)) {
      text.append("found ").append(found.toHex()).append(" not ").append(hex).append(' ');
    }
  }

  private int next() {
    return octets.at(at++);
  }

  private Octets take(int length) {
    at += length;
    return octets.slice(at - length, length);
  }

  private int derLength() {
    int first = next();
    if (first < 0x80) {
      return first;
    }
    int length = 0;
    for (int i = 0; i < (first & 0x7F); i++) {
      length = length << 8 | next();
    }
    return length;
  }

  /** The structures of all reference messages; skips the test where they are absent. */
  static List<String> references() throws IOException {
    try (Stream<Path> firmware = Files.walk(Shared.require("vectors/rtds"));
        Stream<Path> others = Files.walk(Shared.require("vectors/rtds-more"))) {
      return Stream.concat(firmware, others)
          .filter(file -> file.toString().endsWith(".HEX"))
          .map(GbcsStructure::reference)
          .distinct()
          .toList();
    }
  }

  private static String reference(Path file) {
    try {
      return of(Octets.fromHex(Files.readString(file, StandardCharsets.US_ASCII).strip()));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
