// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.hanota.api.Octets;

/**
 * A text as editors and shells save it: with or without a byte order mark, in UTF-8, in UTF-16 (so
 * PowerShell writes what is redirected) or in the 8 bits of an old editor.
 */
public final class SavedText {
  private static final String MARK = "\uFEFF";

  private SavedText() {}

  /** Reads a file as text, whatever it holds; at most {@code octetsMax} octets of it. */
  public static String read(Path file, int octetsMax) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return read(in, octetsMax);
    }
  }

  /** Reads a stream as text, whatever it holds; at most {@code octetsMax} octets of it. */
  public static String read(InputStream in, int octetsMax) throws IOException {
    return decode(Octets.wrap(in.readNBytes(octetsMax)));
  }

  /** The text, without its byte order mark. */
  public static String decode(Octets octets) {
    byte[] saved = octets.toByteArray();
    for (Charset charset :
        List.of(StandardCharsets.UTF_8, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      byte[] mark = MARK.getBytes(charset);
      if (saved.length >= mark.length && Arrays.equals(mark, Arrays.copyOf(saved, mark.length))) {
        return new String(saved, mark.length, saved.length - mark.length, charset);
      }
    }
    // Without a mark: what begins with an ASCII character in UTF-16 has a zero beside it.
    if (saved.length >= 2 && saved[0] == 0 && saved[1] > 0) {
      return new String(saved, StandardCharsets.UTF_16BE);
    }
    if (saved.length >= 2 && saved[0] > 0 && saved[1] == 0) {
      return new String(saved, StandardCharsets.UTF_16LE);
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(saved)).toString();
    } catch (CharacterCodingException of8Bits) {
      return new String(saved, StandardCharsets.ISO_8859_1);
    }
  }
}
