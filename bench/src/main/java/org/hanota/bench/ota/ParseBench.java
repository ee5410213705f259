// SPDX-License-Identifier: Apache-2.0
package org.hanota.bench.ota;

import com.zsmartsystems.zigbee.app.otaserver.ZigBeeOtaFile;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.bench.SideBySide;
import org.hanota.otaformat.Element;
import org.hanota.otaformat.ElementTag;
import org.hanota.otaformat.OtaHeader;
import org.hanota.otaformat.ZigBeeFile;

/** P1: a strict parse in memory, 1 MiB in one element and in a thousand. */
public final class ParseBench {
  private static final int MIB = 1 << 20;
  private static final int ELEMENTS = 1000;

  private ParseBench() {}

  /** Prints both numbers and their ratio, for one element and for a thousand. */
  public static void main(String[] arguments) {
    run(System.out);
  }

  /** Measures and prints. */
  public static List<SideBySide.Result> run(PrintStream out) {
    List<SideBySide.Result> results = new ArrayList<>();
    results.add(compare("1 MiB, one element, strict parse (want 1)", file(1)));
    results.add(compare("1 MiB, 1,000 elements, strict parse (want 10)", file(ELEMENTS)));
    results.forEach(out::println);
    return results;
  }

  private static SideBySide.Result compare(String what, byte[] file) {
    Octets octets = Octets.wrap(file);
    return SideBySide.compare(
        "P1",
        what,
        times -> {
          long kept = 0;
          for (int i = 0; i < times; i++) {
            kept += ZigBeeFile.read(octets).elements().count();
          }
          return kept;
        },
        "zsmartsystems ZigBeeOtaFile",
        times -> {
          long kept = 0;
          for (int i = 0; i < times; i++) {
            kept += new ZigBeeOtaFile(file).getImageSize();
          }
          return kept;
        });
  }

  /** Elements with tags of the manufacturer behind the image; the peer's count must be the same. */
  private static byte[] file(int elements) {
    OtaHeader header = OtaHeader.of(ImageId.of(0x1234, 1, 2)).withHeaderString("bench");
    ZigBeeFile.Builder builder = ZigBeeFile.builder(header);
    Octets part = Octets.wrap(new byte[(MIB - elements * Element.HEADER_LENGTH) / elements]);
    builder.upgradeImage(part);
    for (int i = 1; i < elements; i++) {
      builder.element(new ElementTag(0xF000 + i), part);
    }
    return ((Octets) builder.build().octets()).toByteArray();
  }
}
