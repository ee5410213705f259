// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.testing.Shared;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Target R4: whatever the octets, the documented exception and nothing else. */
class MutationTest {
  private static final long SEED = 20261123;
  private static final ImageId NAME = ImageId.of(0x1234, 0x0100, 3);

  /** What reading allocates beside views: windows, the tag sets and the complaint. */
  private static final long ALLOWANCE = 1 << 16;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void twentyThousandDamagedFilesGiveOnlyTheDocumentedException() {
    run(20_000);
  }

  @Test
  @Tag("soak")
  void aMillionDamagedFilesGiveOnlyTheDocumentedException() {
    run("short".equals(System.getProperty("hanota.soak")) ? 50_000 : 1_000_000);
  }

  private static void run(int count) {
    Mutations mutations = new Mutations(SEED, originals());
    int read = 0;
    for (int i = 0; i < count; i++) {
      Octets file = mutations.next();
      try {
        read += lenient(file) ? 1 : 0;
        strict(file);
        verify(file, i);
      } catch (RuntimeException | Error e) {
        throw new AssertionError("seed " + SEED + ", file number " + i + ": " + file, e);
      }
    }
    System.out.println(count + " damaged files, " + read + " of them read leniently");
    assertThat(read).isGreaterThan(count / 3);
  }

  private static boolean lenient(Octets file) {
    long bound = ALLOWANCE + file.size();
    Inspection inspection;
    try {
      long before = THREADS.getCurrentThreadAllocatedBytes();
      inspection = Inspection.of(file);
      if (THREADS.getCurrentThreadAllocatedBytes() - before > bound) {
        before = THREADS.getCurrentThreadAllocatedBytes(); // the first time, classes were loaded
        inspection = Inspection.of(file);
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(bound);
      }
    } catch (FormatException e) {
      assertThat(e.offset()).isBetween(0L, file.size());
      return false;
    }
    for (Diagnostic diagnostic : inspection.diagnostics()) {
      assertThat(diagnostic.offset()).isBetween(0L, file.size());
    }
    inspection.integrity();
    assertThat(LenientReadingTest.written(inspection)).isEqualTo(file);
    return true;
  }

  private static void strict(Octets file) {
    for (FileKind kind : FileKind.values()) {
      try {
        OtaFile read = OtaFile.read(file, kind);
        assertThat(Corpus.written(read)).isEqualTo(file);
        assertThat(Inspection.of(file, kind).file()).isPresent();
        if (read instanceof ZigBeeFile plain) {
          PartManifest.of(plain);
          ZigBeeSignature.of(plain);
        }
      } catch (FormatException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
  }

  private static void verify(Octets file, int number) {
    Verifier.headerAndSizeOnly("a test").verify(file, NAME);
    Verifier.integrityCode().verify(file, NAME);
    if (number % 50 == 0) { // elliptic curves take a thousand times longer than reading
      Verifier.zigbeeSignature(Samples.trust(CryptoSuite.SUITE_1)).verify(file, NAME);
      Verifier.zigbeeSignature(Samples.trust(CryptoSuite.SUITE_2)).verify(file, NAME);
      for (FileKind kind : FileKind.values()) {
        Verifier.manufacturer(Samples.KEY.publicKey(), kind).verify(file, NAME);
        Verifier.manufacturerFormat1(Samples.KEY.publicKey(), kind, "a test").verify(file, NAME);
      }
      Verifier.authorisingSignature(Samples.KEY.publicKey()).verify(file, NAME);
    }
  }

  private static List<Octets> originals() {
    List<Octets> originals = new ArrayList<>();
    OtaHeader header = OtaHeader.of(NAME).withHardwareVersions(HardwareVersionRange.of(1, 2));
    Octets image = Octets.wrap(new byte[300]);
    for (CryptoSuite suite : CryptoSuite.values()) {
      originals.add((Octets) Samples.signed(suite, header, image).octets());
    }
    originals.add((Octets) GbMeterFile.sign(header, image, false, Samples.KEY).octets());
    originals.add((Octets) GbPpmidFile.sign(header, image, Samples.KEY).octets());
    originals.add(
        (Octets)
            GbPpmidFile.of(header, ManufacturerSignature.signFormat1(image, Samples.KEY)).octets());
    ImageParts.split(image, header, 330).forEach(part -> originals.add((Octets) part.octets()));
    OtaHeader full =
        header
            .withSecurityCredentialVersion(new SecurityCredentialVersion(3))
            .withUpgradeFileDestination(new Eui64(5));
    originals.add(
        (Octets)
            ZigBeeFile.builder(full)
                .element(new ElementTag(0xF000), image)
                .upgradeImage(image)
                .build()
                .octets());
    Path real = Shared.path("corpus/ota/8aee09de7ff5.zigbee");
    if (Files.exists(real)) {
      originals.add(Corpus.read(real));
    }
    return originals;
  }
}
