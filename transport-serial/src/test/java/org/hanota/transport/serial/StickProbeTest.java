// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.hanota.api.Octets;
import org.hanota.transport.serial.emulator.Emulator;
import org.hanota.transport.serial.emulator.EmulatorConfig;
import org.hanota.transport.serial.port.BytePort;
import org.hanota.transport.serial.port.MemoryLink;
import org.hanota.transport.serial.znp.StickReport;
import org.junit.jupiter.api.Test;

class StickProbeTest {
  private final VirtualTime time = new VirtualTime();
  private final MemoryLink line = new MemoryLink(time, 115_200);

  private StickReport probe() {
    CompletableFuture<StickReport> result =
        StickProbe.of(line.left(), time, () -> time.now().monotonicNanos());
    assertThat(time.until(result::isDone, 60_000)).isTrue();
    return result.join();
  }

  /** Something else at the other end of the line. */
  private void otherEnd(BytePort.Receiver receiver) {
    BytePort unused = line.right().open(receiver);
    assertThat(unused).isNotNull();
  }

  private abstract static class Heard implements BytePort.Receiver {
    @Override
    public void onOpen() {}

    @Override
    public void onLost(String reason) {}
  }

  @Test
  void aStickFromTheShopIsToldFromOneWithANetwork() {
    try (Emulator emulator =
        new Emulator(EmulatorConfig.blank(Home.STICK), line.right(), time, time)) {
      emulator.start();
      StickReport report = probe();
      assertThat(report.usable()).isTrue();
      assertThat(report.summary())
          .isEqualTo("ZNP stick 00124B0001020304, Z-Stack 3.x.0, release 2.7.1, revision 20230507");
      assertThat(report.consequences())
          .anyMatch(text -> text.contains("has no network"))
          .anyMatch(text -> text.contains("certificate-based"));
    }
  }

  @Test
  void theNetworkOfAStickIsTold() {
    try (Emulator emulator = new Emulator(Home.stick(), line.right(), time, time)) {
      emulator.start();
      StickReport report = probe();
      assertThat(report.consequences())
          .contains("has network 5A5A on channel 15, which is resumed");
    }
  }

  @Test
  void aStickOfSiliconLabsIsRecognised() {
    BytePort[] port = new BytePort[1];
    port[0] =
        line.right()
            .open(
                new Heard() {
                  @Override
                  public void onOctets(Octets octets) {
                    if (octets.toHex().equals("1ac038bc7e")) {
                      try {
                        port[0].write(Octets.fromHex("c1020b0a527e"));
                      } catch (IOException impossible) {
                        throw new AssertionError(impossible);
                      }
                    }
                  }
                });
    assertThat(probe()).isEqualTo(new StickReport.Ezsp(0x0B));
  }

  @Test
  void silenceIsTold() {
    otherEnd(
        new Heard() {
          @Override
          public void onOctets(Octets octets) {}
        });
    assertThat(probe()).isEqualTo(new StickReport.Unknown(0));
  }

  @Test
  void aPortThatIsNotThereIsToldAtOnce() {
    CompletableFuture<StickReport> result =
        StickProbe.of(line.left(), time, () -> time.now().monotonicNanos());
    line.unplug();
    assertThat(time.until(result::isDone, 1_000)).isTrue();
    assertThat(result).isCompletedExceptionally();
  }
}
