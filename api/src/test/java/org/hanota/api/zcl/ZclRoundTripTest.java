// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.zcl;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.hanota.api.Octets;
import org.junit.jupiter.api.Test;

class ZclRoundTripTest {
  @Provide
  Arbitrary<ZclMessage> messages() {
    return GeneratedMessages.all();
  }

  @Property(seed = "20261123", tries = 5_000)
  void everyMessageIsReadAsItWasWritten(
      @ForAll("messages") ZclMessage message,
      @ForAll @IntRange(max = 255) int sequence,
      @ForAll boolean disable) {
    Octets frame = ZclCodec.encode(message, sequence, disable);
    assertThat(ZclFrame.lacksHeader(frame)).isFalse();
    assertThat(ZclFrame.transactionSequence(frame)).isEqualTo(sequence);
    assertThat(ZclFrame.disablesDefaultResponse(frame)).isEqualTo(disable);
    assertThat(ZclFrame.direction(frame)).isEqualTo(message.direction());
    assertThat(new ZclCodec().decode(message.clusterId(), frame)).isEqualTo(message);
  }

  /** The image and the options that a codec remembers must never show in another message. */
  @Property(seed = "20261123", tries = 2_000)
  void aCodecThatHasReadOneMessageReadsTheNextAsWell(
      @ForAll("messages") ZclMessage first, @ForAll("messages") ZclMessage second) {
    ZclCodec codec = new ZclCodec();
    for (ZclMessage message : new ZclMessage[] {first, second, first}) {
      assertThat(codec.decode(message.clusterId(), ZclCodec.encode(message, 0, true)))
          .isEqualTo(message);
    }
  }

  @Property(seed = "20261123", tries = 2_000)
  void aFrameThatIsCutOffIsMalformedOrAnotherLegalForm(
      @ForAll("messages") ZclMessage message, @ForAll @IntRange(max = 400) int cut) {
    Octets whole = ZclCodec.encode(message, 7, false);
    Octets frame = whole.slice(0, cut % whole.length());
    if (ZclFrame.lacksHeader(frame)) {
      return;
    }
    ZclMessage read = new ZclCodec().decode(message.clusterId(), frame);
    if (!(read instanceof Malformed)) {
      assertThat(ZclCodec.encode(read, 7, false)).isEqualTo(frame);
    }
  }

  @Test
  void theGeneratorMakesAllTenCommandsAndTheGeneralOnes() {
    Set<String> kinds = new TreeSet<>();
    GeneratedMessages.list(20261128, 3_000)
        .forEach(m -> kinds.add(m.getClass().getName().replaceAll(".*[.]", "")));
    assertThat(kinds)
        .containsExactlyInAnyOrder(
            "ImageNotify",
            "QueryNextImageRequest",
            "QueryNextImageResponse$Success",
            "QueryNextImageResponse$Refusal",
            "ImageBlockRequest",
            "ImagePageRequest",
            "ImageBlockResponse$Success",
            "ImageBlockResponse$WaitForData",
            "ImageBlockResponse$Refusal",
            "UpgradeEndRequest",
            "UpgradeEndResponse",
            "QueryDeviceSpecificFileRequest",
            "QueryDeviceSpecificFileResponse$Success",
            "QueryDeviceSpecificFileResponse$Refusal",
            "DefaultResponse",
            "ReadAttributes",
            "ReadAttributesResponse",
            "Tunnelled");
  }
}
