// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.znp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.hanota.api.Eui64;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.transport.serial.stick.DeviceAddresses;
import org.hanota.transport.serial.stick.StickHost;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ZnpFrameDecoderTest {
  private final List<ZnpFrame> found = new ArrayList<>();
  private final ZnpFrameDecoder decoder = new ZnpFrameDecoder(found::add);

  @Provide
  Arbitrary<ZnpFrame> frames() {
    Arbitrary<Octets> data =
        Arbitraries.bytes().array(byte[].class).ofMaxSize(ZnpFrame.DATA_MAX).map(Octets::wrap);
    return Combinators.combine(
            Arbitraries.integers().between(0, 255), Arbitraries.integers().between(0, 255), data)
        .as(ZnpFrame::new);
  }

  @Provide
  Arbitrary<List<ZnpFrame>> lines() {
    return frames().list().ofMaxSize(5);
  }

  @Property(seed = "20261123", tries = 300)
  void framesComeOutHoweverTheStreamIsSplit(
      @ForAll("lines") List<ZnpFrame> frames, @ForAll long seed) {
    List<ZnpFrame> out = new ArrayList<>();
    ZnpFrameDecoder any = new ZnpFrameDecoder(out::add);
    OctetWriter line = new OctetWriter(256);
    frames.forEach(frame -> line.octets(frame.octets()));
    Octets all = line.toOctets();
    SeededRandom random = SeededRandom.of(seed, 0, 0);
    int position = 0;
    while (position < all.length()) {
      int count = 1 + random.below(Math.min(40, all.length() - position));
      any.accept(0, all.slice(position, count));
      position += count;
    }
    assertThat(out).isEqualTo(frames);
    assertThat(any.octetsSkipped()).isZero();
  }

  @Property(seed = "20261123", tries = 300)
  void aFrameIsFoundBehindNoiseOnceTheLineHasBeenSilent(
      @ForAll byte[] noise, @ForAll("frames") ZnpFrame frame) {
    List<ZnpFrame> out = new ArrayList<>();
    ZnpFrameDecoder any = new ZnpFrameDecoder(out::add);
    any.accept(0, Octets.wrap(noise));
    any.accept(ZnpFrameDecoder.GAP_NANOS + 1, frame.octets());
    assertThat(out).isNotEmpty().last().isEqualTo(frame);
  }

  @Test
  void theFrameBehindEverySortOfNoiseIsFound() {
    OctetWriter line = new OctetWriter(512);
    for (int octet = 0; octet < 0xFE; octet++) {
      line.uint8(octet);
    }
    line.octets(Octets.fromHex("fefefe"));
    line.octets(Octets.fromHex("fe0b24000109010005000001190000FF"));
    line.octets(Octets.fromHex("fe00210120"));
    Octets all = line.toOctets();
    for (int i = 0; i < all.length(); i++) {
      decoder.accept(i, all.slice(i, 1));
    }
    assertThat(found).last().isEqualTo(ZnpFrame.of(Command.SYS_PING, Octets.EMPTY));
    assertThat(decoder.checksFailed()).isPositive();
  }

  @Test
  void theOctetBehindAFalseStartMayBeTheRealStart() {
    decoder.accept(0, Octets.fromHex("fefe00210120"));
    assertThat(found).containsExactly(ZnpFrame.of(Command.SYS_PING, Octets.EMPTY));
  }

  @Test
  void aFrameWithinABrokenFrameIsFound() {
    // Start and length of a frame whose rest was lost, then whole frames.
    decoder.accept(0, Octets.fromHex("fe0a4481" + "fe00210120" + "fe00210223" + "fe00210120"));
    assertThat(found).hasSize(3);
  }

  @Test
  void aPauseEndsAFrameThatHasOnlyBegun() {
    decoder.accept(0, Octets.fromHex("fef0"));
    decoder.accept(ZnpFrameDecoder.GAP_NANOS, Octets.fromHex("4481"));
    assertThat(decoder.octetsSkipped()).isZero();
    decoder.accept(2 * ZnpFrameDecoder.GAP_NANOS + 1, Octets.fromHex("fe00210120"));
    assertThat(found).hasSize(1);
    assertThat(decoder.octetsSkipped()).isEqualTo(4);
  }

  @Test
  void aPauseBehindAFalseStartSavesTheFrameThatItSwallowed() {
    decoder.accept(0, Octets.fromHex("fef0" + "fe00210120"));
    assertThat(found).isEmpty();
    decoder.accept(ZnpFrameDecoder.GAP_NANOS + 1, Octets.EMPTY);
    assertThat(found).hasSize(1);
  }

  @Test
  void twentyThousandMutationsThrowNothing() {
    mutate(20_000);
  }

  @Test
  @Tag("soak")
  void aMillionMutationsThrowNothing() {
    mutate("short".equals(System.getProperty("hanota.soak")) ? 50_000 : 1_000_000);
  }

  /** Golden frames, mutated, into the decoder and the host behind it. */
  private static void mutate(int count) {
    Octets[] golden = {
      Octets.fromHex("fe02610159063d"),
      Octets.fromHex("fe064180000201020701c0"),
      Octets.fromHex("fe0f240134120101190042701e05094200006413"),
      Octets.fromHex("fe1a252334121122334455667788000102030405060708090a0b0c0d0e0fb2"),
      AddressMessages.announcement(new DeviceAddresses(0x1234, new Eui64(7)), 0x8E).octets(),
      new IncomingMessage(0, 25, 1, 1, 1, false, 9, true, 5, 5, Octets.fromHex("0142010000"))
          .frame()
          .octets(),
      new DataConfirm(ZnpStatus.SUCCESS, 1, 5).frame().octets(),
      ZnpFrame.of(Command.ZDO_MATCH_DESC_RSP, Octets.fromHex("12340012340101")).octets(),
      ZnpFrame.of(Command.ZDO_IEEE_ADDR_RSP, Octets.fromHex("00112233445566778812340000")).octets()
    };
    SeededRandom random = SeededRandom.of(4, 0, 0);
    StickHost host = RunningHost.make();
    long nanos = 1_000_000_000L;
    for (int i = 0; i < count; i++) {
      byte[] mutant = golden[random.below(golden.length)].toByteArray();
      int changes = random.below(4);
      for (int j = 0; j < changes; j++) {
        mutant[random.below(mutant.length)] = (byte) random.nextLong();
      }
      if (random.chance(0.7) && mutant.length > 1) {
        // A right check octet lets the mutant through to the readers of its data.
        mutant[1] = (byte) (mutant.length - ZnpFrame.OVERHEAD);
        mutant[mutant.length - 1] =
            (byte) ZnpFrame.check(Octets.wrap(mutant, 1, mutant.length - 2));
      }
      nanos += 1_000_000;
      host.onOctets(nanos, Octets.wrap(mutant));
    }
    assertThat(host.counts().frames()).isGreaterThan(count / 2);
    assertThat(host.counts().malformed()).isPositive();
  }
}
