// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.testing.Shared;

class RoundTripTest {
  @Property(seed = "20261123", tries = 500)
  void whatIsBuiltIsReadStrictlyWithTheSameFieldsAndElements(
      @ForAll("headers") OtaHeader header, @ForAll("data") List<Octets> data) {
    ZigBeeFile.Builder builder = ZigBeeFile.builder(header);
    for (int i = 0; i < data.size(); i++) {
      builder.element(i == 0 ? ElementTag.UPGRADE_IMAGE : new ElementTag(0xF000 + i), data.get(i));
    }
    ZigBeeFile built = builder.build();
    ZigBeeFile read = ZigBeeFile.read(built.octets());
    assertThat(read.header()).isEqualTo(built.header());
    assertThat(read.header().totalImageSize()).isEqualTo(read.octets().size());
    assertThat(read.elements().toList()).extracting(Element::octets).isEqualTo(data);
    assertThat(Corpus.written(read)).isEqualTo(built.octets());
    assertThat(Inspection.of(built.octets()).kind()).contains(FileKind.ZIGBEE);
  }

  @Property(seed = "20261123", tries = 500)
  void anyOctetsBehindAHeaderAreWrittenLenientlyAsTheyWereRead(
      @ForAll("headers") OtaHeader header, @ForAll byte[] before, @ForAll byte[] behind) {
    Octets file = Octets.copyOf(before).concat(header.write()).concat(Octets.copyOf(behind));
    Inspection inspection = Inspection.of(file);
    assertThat(LenientReadingTest.written(inspection)).isEqualTo(file);
    for (FileKind kind : FileKind.values()) {
      assertThat(LenientReadingTest.written(Inspection.of(file, kind))).isEqualTo(file);
    }
  }

  @Example
  void onlyTheVerifierMakesVerifiedImages() throws IOException {
    Path sources = Shared.root().resolve("ota-format/src/main/java");
    try (Stream<Path> files = Files.walk(sources)) {
      assertThat(files.filter(Files::isRegularFile).filter(RoundTripTest::makesVerifiedImages))
          .extracting(file -> file.getFileName().toString())
          .containsExactly("Verifier.java");
    }
  }

  private static boolean makesVerifiedImages(Path file) {
    try {
      return Files.readString(file).contains("new VerifiedImage(");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Provide
  Arbitrary<OtaHeader> headers() {
    Arbitrary<Integer> uint16 = Arbitraries.integers().between(0, 0xFFFF);
    Arbitrary<ImageId> images =
        Combinators.combine(uint16, uint16, Arbitraries.longs().between(0, 0xFFFF_FFFFL))
            .as(ImageId::of);
    Arbitrary<Optional<SecurityCredentialVersion>> credentials =
        Arbitraries.integers().between(0, 255).map(SecurityCredentialVersion::new).optional();
    Arbitrary<Optional<Eui64>> destinations = Arbitraries.longs().map(Eui64::new).optional();
    Arbitrary<Optional<HardwareVersionRange>> hardware =
        Combinators.combine(uint16, uint16)
            .as((a, b) -> HardwareVersionRange.of(Math.min(a, b), Math.max(a, b)))
            .optional();
    Arbitrary<HeaderString> texts =
        Arbitraries.strings().withCharRange(' ', '~').ofMaxLength(31).map(HeaderString::of);
    return Combinators.combine(images, uint16, texts, credentials, destinations, hardware)
        .as(
            (image, stack, text, credential, destination, range) ->
                new OtaHeader(
                    OtaHeader.HEADER_VERSION,
                    0,
                    image,
                    stack,
                    text,
                    0,
                    credential,
                    destination,
                    range,
                    Octets.EMPTY));
  }

  @Provide
  Arbitrary<List<Octets>> data() {
    return Arbitraries.bytes().array(byte[].class).map(Octets::copyOf).list().ofMaxSize(5);
  }
}
