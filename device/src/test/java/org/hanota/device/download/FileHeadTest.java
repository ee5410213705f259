// SPDX-License-Identifier: Apache-2.0
package org.hanota.device.download;

import static org.assertj.core.api.Assertions.assertThat;

import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.otaformat.OtaHeader;
import org.junit.jupiter.api.Test;

class FileHeadTest {
  /** A file that ends before an element could follow its header. */
  @Test
  void aFileThatTellsNothingIsTakenAsItIs() {
    Octets bare = OtaHeader.of(ImageId.of(0x121D, 0x0080, 0x0101_0000L)).write();
    FileHead head = new FileHead(56);
    assertThat(head.read(bare.slice(0, 48))).isEmpty();
    assertThat(head.read(bare)).contains(FileHead.Content.WHOLE);
  }
}
