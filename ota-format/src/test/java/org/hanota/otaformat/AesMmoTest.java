// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.hanota.api.Octets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AesMmoTest {
  @ParameterizedTest
  @CsvSource({
    "C0, ae3a102a28d43ee0d4a09e22788b206c",
    "C0C1C2C3C4C5C6C7C8C9CACBCCCDCECF, a7977e88bc0b61e8210827109a228f2d",
    "83FED3407A939723A5C639B26916D505C3B5, 66b6900981e1ee3ca4206b6b861c02bb",
  })
  void shortVectorsAreReproduced(String message, String hash) {
    assertThat(AesMmo.of(Octets.fromHex(message)).toHex()).isEqualTo(hash);
  }

  @ParameterizedTest
  @CsvSource({
    "0, bad78e726c1ec02b7ebfe92b23d9ec34",
    "13, 3ef02c344cb836f76abcfacdc80c5ed4",
    "14, d2d987af392a74aa2350be20253b9e18",
    "15, f688be4220fb747774fadf5f71cc0db2",
    "16, a85c3815c209171c854b4c3fc21af55b",
    "8191, 24ec2fe75bbffcb34789bc0610e7f165",
    "8192, dc6b0687f09f8607131c170b3bd31591",
    "8193, 21fecadecd1af7c33ae5be9c3a584bb5",
    "8201, 72c9b15e178aa843e4a16c58e33643a3",
    "8202, bc9828d59b2aa323daf20be5f2e66511",
    "8203, 8a8ddd2388317fbac5941c277a7f2174",
    "8208, 58b25dc2a473eda69dd37e76280c68e4",
    "65536, 6eebcd05868daa107ec67666b53ec5a2",
  })
  void vectorsOfCountingOctetsAreReproducedOnBothSidesOfEveryPadding(int length, String hash) {
    byte[] message = new byte[length];
    for (int i = 0; i < length; i++) {
      message[i] = (byte) i;
    }
    assertThat(AesMmo.of(Octets.wrap(message)).toHex()).isEqualTo(hash);
  }

  @Test
  void anySplitOfTheMessageGivesTheHashThatBouncyCastleGives() {
    Random random = new Random(3);
    for (int round = 0; round < 300; round++) {
      byte[] message = new byte[random.nextInt(20_000)];
      random.nextBytes(message);
      Octets octets = Octets.wrap(message);
      AesMmo hash = new AesMmo();
      int at = 0;
      while (at < message.length) {
        int count = Math.min(message.length - at, 1 + random.nextInt(6000));
        hash.accept(octets.slice(at, count));
        at += count;
      }
      assertThat(hash.finish()).isEqualTo(byBouncyCastle(message));
    }
  }

  private static Octets byBouncyCastle(byte[] message) {
    boolean isLong = message.length >= 8192;
    int tail = isLong ? 6 : 2;
    int padded = (message.length + 1 + tail + 15) / 16 * 16;
    byte[] blocks = java.util.Arrays.copyOf(message, padded);
    blocks[message.length] = (byte) 0x80;
    long bits = message.length * 8L;
    int at = padded - tail;
    if (isLong) {
      blocks[at++] = (byte) (bits >> 24);
      blocks[at++] = (byte) (bits >> 16);
    }
    blocks[at] = (byte) (bits >> 8);
    blocks[at + 1] = (byte) bits;
    byte[] hash = new byte[16];
    byte[] out = new byte[16];
    for (int block = 0; block < padded; block += 16) {
      var aes = AESEngine.newInstance();
      aes.init(true, new KeyParameter(hash));
      aes.processBlock(blocks, block, out, 0);
      for (int i = 0; i < 16; i++) {
        hash[i] = (byte) (out[i] ^ blocks[block + i]);
      }
    }
    return Octets.wrap(hash);
  }
}
