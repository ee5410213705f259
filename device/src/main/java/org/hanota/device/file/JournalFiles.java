// SPDX-License-Identifier: Apache-2.0
package org.hanota.device.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hanota.api.FormatException;
import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.file.WholeFile;
import org.hanota.device.bank.Journal;
import org.hanota.keys.Sha256;

/**
 * The last two journals, in two files by turns: each has a sequence number and a hash, so that a
 * damaged one is known as such and the one before it holds.
 */
final class JournalFiles {
  /** "HNTJ". */
  private static final long MAGIC = 0x484E544AL;

  private static final int FORMAT = 1;
  private static final int HASH_OCTETS = 32;

  /** The files. */
  static final List<String> NAMES = List.of("journal-0", "journal-1");

  private static final int COPIES = NAMES.size();

  /** A journal holds at most one GBCS command, whose length is a uint16. */
  private static final int MAXIMUM_OCTETS = 1 << 17;

  private final Path folder;
  private final List<String> damage = new ArrayList<>();
  private long sequence = -1;
  private Optional<Journal> latest = Optional.empty();

  private record Copy(long sequence, Journal journal) {}

  private JournalFiles(Path folder) {
    this.folder = folder;
  }

  /**
   * Reads both files and takes the newer one that is right.
   *
   * @throws FormatException if there are files, none of which is right
   */
  static JournalFiles open(Path folder) throws IOException {
    JournalFiles files = new JournalFiles(folder);
    int present = 0;
    for (int i = 0; i < COPIES; i++) {
      Path file = files.file(i);
      if (Files.exists(file)) {
        present++;
        files.read(file, i);
      }
    }
    if (files.latest.isEmpty() && present > 0) {
      throw new FormatException(
          "journal in " + folder,
          0,
          String.join("; ", files.damage),
          "one of the two copies undamaged; the device needs service");
    }
    return files;
  }

  private void read(Path file, int place) throws IOException {
    try {
      if (Files.size(file) > MAXIMUM_OCTETS) {
        throw new FormatException(
            "length", 0, Files.size(file) + " octets", "up to " + MAXIMUM_OCTETS);
      }
      Copy copy = decode(Octets.wrap(Files.readAllBytes(file)), place);
      if (copy.sequence() > sequence) {
        sequence = copy.sequence();
        latest = Optional.of(copy.journal());
      }
    } catch (FormatException e) {
      damage.add(file.getFileName() + ": " + e.getMessage());
    }
  }

  /** The newest journal; empty in a folder without any. */
  Optional<Journal> latest() {
    return latest;
  }

  /** What was wrong with a copy, one line each. */
  List<String> damage() {
    return List.copyOf(damage);
  }

  /** Replaces the older copy. */
  void write(Journal journal) throws IOException {
    long next = sequence + 1;
    WholeFile.replace(file((int) (next % COPIES)), encode(next, journal));
    sequence = next;
    latest = Optional.of(journal);
  }

  private Path file(int place) {
    return folder.resolve(NAMES.get(place));
  }

  private static Octets encode(long sequence, Journal journal) {
    Octets payload = journal.encode();
    Octets covered =
        new OctetWriter(64)
            .uint32be(MAGIC)
            .uint8(FORMAT)
            .int64be(sequence)
            .uint32be(payload.length())
            .octets(payload)
            .toOctets();
    return covered.concat(Sha256.of(covered));
  }

  private static Copy decode(Octets octets, int place) {
    OctetReader in = new OctetReader(octets);
    expect("magic", 0, in.uint32be("magic"), MAGIC);
    expect("format", in.position(), in.uint8("format"), FORMAT);
    int at = in.position();
    long sequence = in.int64be("sequence");
    long length = in.uint32be("length");
    Octets payload = in.octets("journal", (int) Math.min(length, MAXIMUM_OCTETS));
    int end = in.position();
    Octets hash = in.octets("hash", HASH_OCTETS);
    in.end("file");
    if (!hash.equals(Sha256.of(octets.slice(0, end)))) {
      throw new FormatException("hash", end, hash.toHex(), "SHA-256 of what stands before it");
    }
    if (sequence < 0 || sequence % COPIES != place) {
      throw new FormatException(
          "sequence", at, String.valueOf(sequence), "one that belongs into file " + place);
    }
    return new Copy(sequence, Journal.decode(payload));
  }

  private static void expect(String field, int offset, long found, long allowed) {
    if (found != allowed) {
      throw new FormatException(field, offset, Long.toHexString(found), Long.toHexString(allowed));
    }
  }
}
