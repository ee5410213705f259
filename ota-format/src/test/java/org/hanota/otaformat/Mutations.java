// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.hanota.api.Octets;

/** Damages files in the ways that files get damaged, and in the ways that attackers choose. */
final class Mutations {
  private static final int[] LENGTHS = {
    0, 1, 0x30, 0x40, 0xFF, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFF
  };

  private final Random random;
  private final List<Octets> originals;

  Mutations(long seed, List<Octets> originals) {
    this.random = new Random(seed);
    this.originals = originals;
  }

  Octets next() {
    byte[] file = originals.get(random.nextInt(originals.size())).toByteArray();
    for (int changes = 1 + random.nextInt(4); changes > 0 && file.length > 8; changes--) {
      file = change(file);
    }
    return Octets.wrap(file);
  }

  private byte[] change(byte[] file) {
    int at = random.nextInt(random.nextBoolean() ? Math.min(file.length, 80) : file.length);
    switch (random.nextInt(7)) {
      case 0, 1 -> file[at] ^= (byte) (1 << random.nextInt(8));
      case 2 -> file[at] = (byte) random.nextInt(256);
      case 3 -> {
        int value = LENGTHS[random.nextInt(LENGTHS.length)];
        for (int i = 0; i < 4 && at + i < file.length; i++) {
          file[at + i] = (byte) (value >> (8 * i));
        }
      }
      case 4 -> {
        return Arrays.copyOf(file, at);
      }
      case 5 -> {
        return Arrays.copyOf(file, file.length + random.nextInt(64));
      }
      default -> {
        byte[] longer = new byte[file.length + 1 + random.nextInt(8)];
        System.arraycopy(file, 0, longer, 0, at);
        System.arraycopy(file, at, longer, longer.length - file.length + at, file.length - at);
        return longer;
      }
    }
    return file;
  }
}
