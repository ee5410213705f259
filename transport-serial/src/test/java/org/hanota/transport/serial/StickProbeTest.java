// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.transport.serial.emulator.Emulator;
import org.hanota.transport.serial.emulator.EmulatorConfig;
import org.hanota.transport.serial.emulator.StickModel;
import org.hanota.transport.serial.ezsp.EmberZnet;
import org.hanota.transport.serial.ezsp.EzspProbe;
import org.hanota.transport.serial.port.BytePort;
import org.hanota.transport.serial.port.MemoryLink;
import org.hanota.transport.serial.probe.StickReport;
import org.hanota.transport.serial.stick.Network;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StickProbeTest {
  private final VirtualTime time = new VirtualTime();
  private final MemoryLink line = new MemoryLink(time, 115_200);

  private StickReport probe() {
    CompletableFuture<StickReport> result =
        StickProbe.of(
            List.of(StickFamily.values()), line.left(), time, () -> time.now().monotonicNanos());
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
        new Emulator(EmulatorConfig.blank(Home.STICK).build(), line.right(), time, time)) {
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
    try (Emulator emulator = new Emulator(Home.stick().build(), line.right(), time, time)) {
      emulator.start();
      StickReport report = probe();
      assertThat(report.consequences())
          .contains("has network 5A5A on channel 15, which is resumed");
    }
  }

  private StickReport emulated(EmulatorConfig.Builder stick) {
    try (Emulator emulator = new Emulator(stick.build(), line.right(), time, time)) {
      emulator.start();
      return probe();
    }
  }

  @ParameterizedTest
  @CsvSource({"13, 7.4.5", "14, 8.0.3", "17, 8.2.0", "18, 8.2.1", "19, 9.1.0"})
  void aStickOfSiliconLabsIsRecognised(int version, String release) {
    StickReport report = emulated(EmulatorConfig.blank(Home.STICK).model(StickModel.ezsp(version)));
    assertThat(report.usable()).isTrue();
    assertThat(report.summary())
        .isEqualTo("EZSP stick 00124B0001020304, EmberZNet " + release + ", EZSP " + version);
    assertThat(report.consequences())
        .contains("has no network: one must be formed first")
        .noneMatch(text -> text.contains("flow control"));
  }

  @Test
  void theNetworkOfAStickOfSiliconLabsIsToldAndStays() {
    EmulatorConfig.Builder stick = Home.stick().model(StickModel.ezsp(19));
    try (Emulator emulator = new Emulator(stick.build(), line.right(), time, time)) {
      emulator.start();
      assertThat(probe().consequences())
          .contains("has network 5A5A on channel 15, which is resumed");
      time.pass(5_000);
      assertThat(probe().consequences())
          .contains("has network 5A5A on channel 15, which is resumed");
    }
  }

  @Test
  void theReleaseWithUnreliableSoftwareFlowControlIsTold() {
    EmberZnet release = new EmberZnet(8, 1, 0, 0, 0);
    StickReport report = emulated(Home.stick().model(new StickModel.Ezsp(16, release)));
    assertThat(report.usable()).isTrue();
    assertThat(report.consequences())
        .contains(
            "EmberZNet 8.1.0 loses octets with software flow control: use a firmware with hardware"
                + " flow control, or release 8.0.3 or 8.2 and later");
  }

  @Test
  void aNewerVersionIsTriedAndToldAndAnOlderOneRefused() {
    EmberZnet release = new EmberZnet(10, 0, 0, 0, 0);
    StickReport newer = emulated(Home.stick().model(new StickModel.Ezsp(23, release)));
    assertThat(newer.usable()).isTrue();
    assertThat(newer.consequences())
        .contains("EZSP 23 is newer than what is known here: it is tried as 19");
    time.pass(5_000);
    StickReport older = emulated(Home.stick().model(new StickModel.Ezsp(12, release)));
    assertThat(older.usable()).isFalse();
    assertThat(older.consequences()).singleElement().asString().contains("EmberZNet 7.4 or later");
  }

  /** Answers each octets that come with these; the first answer to no ping is that of ZNP. */
  private void answering(Function<Octets, Octets> answer) {
    BytePort[] port = new BytePort[1];
    port[0] =
        line.right()
            .open(
                new Heard() {
                  @Override
                  public void onOctets(Octets octets) {
                    try {
                      port[0].write(answer.apply(octets));
                    } catch (IOException impossible) {
                      throw new AssertionError(impossible);
                    }
                  }
                });
  }

  /** Finds what it seems to be, and says it and each of these words of its cure. */
  private void finds(StickReport.Unknown.Kind kind, String summary, String... cure) {
    StickReport report = probe();
    assertThat(report).isInstanceOf(StickReport.Unknown.class);
    assertThat(((StickReport.Unknown) report).kind()).isEqualTo(kind);
    assertThat(report.usable()).isFalse();
    assertThat(report.summary()).contains(summary);
    assertThat(String.join("\n", report.consequences())).contains(cure);
  }

  private static Octets ascii(String text) {
    return Octets.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void aStickInItsBootLoaderIsNamed() {
    answering(
        octets ->
            octets.equals(ascii("\r"))
                ? ascii("\r\nGecko Bootloader v2.4.2\r\n1. upload gbl\r\n2. run\r\nBL > ")
                : Octets.EMPTY);
    finds(
        StickReport.Unknown.Kind.BOOT_LOADER,
        "waits in its boot loader",
        "plug it out and in again",
        "flash one of the kind \"zigbee_ncp\"");
  }

  @Test
  void aRoutersCommandLineIsNamed() {
    answering(octets -> ascii("\r\nunknown command\r\nrouter> "));
    finds(
        StickReport.Unknown.Kind.TEXT,
        "answers with text",
        "router and sniffer firmware answers so: put the firmware of a coordinator on it");
  }

  @Test
  void whatMakesNoSenseAsAtAnotherBaudRateIsNamed() {
    SeededRandom random = SeededRandom.of(3, 0, 0);
    answering(octets -> random.octets(9));
    finds(
        StickReport.Unknown.Kind.NOISE,
        "octets, neither ZNP nor EZSP",
        "is it at another baud rate?",
        "--baud",
        "--flow-control hardware");
  }

  /** A sniffer tells what it hears, asked or not. */
  @Test
  void aSnifferThatSendsByItselfIsNamed() throws IOException {
    BytePort port =
        line.right()
            .open(
                new Heard() {
                  @Override
                  public void onOctets(Octets octets) {
                    // It takes no commands.
                  }
                });
    sniff(port, 100);
    finds(
        StickReport.Unknown.Kind.NOISE,
        "octets, neither ZNP nor EZSP",
        "sniffer firmware sends by itself: put the firmware of a coordinator on it");
  }

  private void sniff(BytePort port, int frames) {
    if (frames > 0) {
      time.schedule(
          300_000_000L,
          () -> {
            try {
              port.write(Octets.fromHex("5453410a618852ffff5a5a000009fc"));
            } catch (IOException unplugged) {
              throw new AssertionError(unplugged);
            }
            sniff(port, frames - 1);
          });
    }
  }

  @Test
  void aRouterOfAnotherNetworkIsNamedWithThatNetwork() {
    StickReport report =
        new StickReport.Ezsp(
            new EzspProbe.Found(
                13,
                true,
                Optional.of(new EmberZnet(7, 4, 5, 0, 0)),
                Home.STICK,
                Optional.of(new Network(0x5A5A, Home.NETWORK.extendedPanId(), 15)),
                true));
    assertThat(report.usable()).isFalse();
    assertThat(report.consequences())
        .singleElement()
        .asString()
        .contains("a router or an end device of network 5A5A on channel 15", "leaves that network");
  }

  @Test
  void aFirmwareForSomethingElseThanZigbeeIsNamed() {
    StickReport report =
        new StickReport.Ezsp(
            new EzspProbe.Found(13, false, Optional.empty(), Home.STICK, Optional.empty(), false));
    assertThat(report.usable()).isFalse();
    assertThat(report.consequences()).singleElement().asString().contains("\"zigbee_ncp\"");
  }

  @Test
  void aStickThatRestartsAgainAndAgainIsNamed() {
    answering(octets -> Octets.fromHex("c1020b0a527e"));
    finds(
        StickReport.Unknown.Kind.RESTARTING,
        "restarts again and again",
        "use another port or a USB extension cable, then another firmware");
  }

  @Test
  void aStickThatOnlyRestartsIsNamed() {
    answering(
        octets ->
            octets.toHex().equals("1ac038bc7e") ? Octets.fromHex("c1020b0a527e") : Octets.EMPTY);
    finds(
        StickReport.Unknown.Kind.MUTE,
        "answers nothing else",
        "hardware flow control octets are lost without it: --flow-control hardware");
  }

  @Test
  void aFamilyThatIsNamedIsTheOnlyOneTried() {
    try (Emulator emulator =
        new Emulator(Home.stick().model(StickModel.ezsp(13)).build(), line.right(), time, time)) {
      emulator.start();
      CompletableFuture<StickReport> result =
          StickProbe.of(List.of(StickFamily.ZNP), line.left(), time, time::nanos);
      assertThat(time.until(result::isDone, 60_000)).isTrue();
      assertThat(result.join().usable()).isFalse();
    }
  }

  @Test
  void silenceIsTold() {
    otherEnd(
        new Heard() {
          @Override
          public void onOctets(Octets octets) {}
        });
    finds(
        StickReport.Unknown.Kind.SILENT,
        "nothing answers",
        "not open in another program",
        "--flow-control hardware",
        "--baud 460800");
  }

  @Test
  void aPortThatIsNotThereIsToldAtOnce() {
    CompletableFuture<StickReport> result =
        StickProbe.of(
            List.of(StickFamily.values()), line.left(), time, () -> time.now().monotonicNanos());
    line.unplug();
    assertThat(time.until(result::isDone, 1_000)).isTrue();
    assertThat(result).isCompletedExceptionally();
  }
}
