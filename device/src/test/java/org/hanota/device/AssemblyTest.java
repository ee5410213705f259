// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.hanota.api.machine.Input;
import org.hanota.api.zcl.ImageBlockRequest;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.api.zcl.ImagePageRequest;
import org.hanota.api.zcl.QueryNextImageRequest;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.ZclMessage;

/** The machine on a link that loses, repeats and reorders as it likes. */
class AssemblyTest {
  @Property(seed = "20261123", tries = 100, shrinking = ShrinkingMode.OFF)
  void blocksInAnyOrderLostOrRepeatedMakeTheSameImage(
      @ForAll @IntRange(max = 3) int pages,
      @ForAll @IntRange(min = 1, max = 80) int dataSize,
      @ForAll @IntRange(max = 60) int lossPercent,
      @ForAll long seed) {
    Random random = new Random(seed);
    Desk desk =
        new Desk(
            DeviceType.PPMID,
            p -> p.withPages(pages * 200).withMaximumDataSize(dataSize).withJournalOctets(16));
    desk.downloading();
    List<ZclMessage> air = new ArrayList<>();
    int seen = 0;
    for (int step = 0; desk.machine.state() != DeviceState.VERIFYING; step++) {
      assertThat(step).as("seed " + seed).isLessThan(60_000);
      for (; seen < desk.effects.sent.size(); seen++) {
        if (random.nextInt(100) >= lossPercent) {
          air.addAll(answers(desk.effects.sent.get(seen).message()));
        }
      }
      if (desk.machine.state() == DeviceState.DISCOVERING) {
        desk.input(new Input.ServerFound(Desk.HUB));
        continue;
      }
      if (desk.machine.state() == DeviceState.ERASING) {
        desk.work();
        continue;
      }
      if (air.isEmpty()) {
        desk.tick();
        continue;
      }
      Collections.shuffle(air.subList(0, Math.min(air.size(), 6)), random);
      ZclMessage message = air.get(0);
      if (random.nextInt(5) > 0) {
        air.remove(0);
      }
      if (random.nextInt(100) >= lossPercent) {
        desk.receive(message);
      }
      if (random.nextInt(400) == 0) {
        desk.start();
        seen = 0;
      }
    }
    assertThat(desk.bank.read(Slot.B, Desk.FILE.length()).octets(0, Desk.FILE.length()))
        .isEqualTo(Desk.FILE);
  }

  /** What a server without memory answers: by the offset, never past the page or the file. */
  private static List<ZclMessage> answers(ZclMessage message) {
    List<ZclMessage> answers = new ArrayList<>();
    if (message instanceof ImageBlockRequest request) {
      answers.add(block(request.fileOffset(), request.maximumDataSize()));
    } else if (message instanceof ImagePageRequest request) {
      long end = Math.min(request.fileOffset() + request.pageSizeOctets(), Desk.FILE.length());
      for (long at = request.fileOffset(); at < end; at += request.maximumDataSize()) {
        answers.add(block(at, (int) Math.min(request.maximumDataSize(), end - at)));
      }
    } else if (message instanceof QueryNextImageRequest) {
      answers.add(new QueryNextImageResponse.Success(Desk.IMAGE, Desk.FILE.length()));
    }
    return answers;
  }

  private static ImageBlockResponse block(long offset, int length) {
    return Desk.block(offset, (int) Math.min(length, Desk.FILE.length() - offset));
  }
}
