// SPDX-License-Identifier: Apache-2.0
package org.hanota.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class OctetsTest {
  @Property(seed = "20261123")
  void whatIsWrittenIsRead(
      @ForAll byte b, @ForAll short s, @ForAll int i, @ForAll long l, @ForAll byte[] rest) {
    Octets octets =
        new OctetWriter(1)
            .uint8(b)
            .uint16le(s)
            .uint32le(i)
            .int64le(l)
            .uint16be(s)
            .uint32be(i)
            .int64be(l)
            .octets(Octets.wrap(rest))
            .toOctets();
    OctetReader in = new OctetReader(octets);
    assertThat(in.uint8("b")).isEqualTo(b & 0xFF);
    assertThat(in.uint16le("s")).isEqualTo(s & 0xFFFF);
    assertThat(in.uint32le("i")).isEqualTo(i & 0xFFFF_FFFFL);
    assertThat(in.int64le("l")).isEqualTo(l);
    assertThat(in.uint16be("s")).isEqualTo(s & 0xFFFF);
    assertThat(in.uint32be("i")).isEqualTo(i & 0xFFFF_FFFFL);
    assertThat(in.int64be("l")).isEqualTo(l);
    assertThat(in.octets("rest", rest.length).toByteArray()).isEqualTo(rest);
    in.end("test");
  }

  @Test
  void aFieldThatIsCutOffIsRefusedByNameAndPlace() {
    OctetReader in = new OctetReader(Octets.fromHex("010203"));
    in.uint8("first");
    assertThatThrownBy(() -> in.uint32le("imageSize"))
        .isInstanceOf(FormatException.class)
        .hasMessage("imageSize at offset 1: found 2 octets left, allowed 4 octets");
    assertThatThrownBy(() -> in.end("test")).hasMessageContaining("2 more octets");
  }

  @Test
  void slicesShareTheArrayAndAreEqualByContent() {
    Octets all = Octets.fromHex("00010203");
    assertThat(all.slice(1, 2)).isEqualTo(Octets.copyOf((byte) 1, (byte) 2));
    assertThat(all.slice(1, 2).concat(all.from(3)).toHex()).isEqualTo("010203");
    assertThatThrownBy(() -> all.slice(1, 4)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThat(all).hasToString("4 octets 00010203");
  }

  @Test
  void valuesRefuseWhatDoesNotFitTheirWidth() {
    assertThatThrownBy(() -> new ManufacturerCode(0x10000))
        .hasMessage("manufacturerCode is 65536, allowed 0 to 65535");
    assertThatThrownBy(() -> new FileVersion(-1)).hasMessageContaining("fileVersion");
    assertThat(ImageId.of(0x1001, 0xAB, 0x10053519L)).hasToString("1001-00AB-10053519");
    assertThat(Eui64.parse("90-B3-D5-1F-30-01-00-00")).hasToString("90B3D51F30010000");
  }
}
