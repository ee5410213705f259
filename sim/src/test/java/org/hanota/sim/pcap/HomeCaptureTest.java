// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.hanota.api.Eui64;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.pcap.AirFrame;
import org.hanota.api.transport.Frame;
import org.hanota.api.zcl.Clusters;
import org.hanota.device.DeviceType;
import org.hanota.sim.Home;
import org.hanota.sim.HomeReport;
import org.hanota.sim.SampleImages;
import org.hanota.sim.link.Outcome;
import org.hanota.sim.pcap.NetworkSecurity.Fragment;
import org.hanota.sim.radio.Band;
import org.hanota.sim.radio.RadioSettings;
import org.hanota.sim.radio.Transmission;
import org.hanota.sim.scenario.Radio;
import org.hanota.sim.scenario.Scenario;
import org.hanota.sim.scenario.Scripts;
import org.hanota.testing.Skipped;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A capture of a simulated home is what a radio beside it would hear. */
class HomeCaptureTest {
  private static final Octets NETWORK_KEY = Octets.fromHex("000102030405060708090a0b0c0d0e0f");
  private static final Octets LINK_KEY = Octets.fromHex("a0a1a2a3a4a5a6a7a8a9aaabacadaeaf");
  private static final Eui64 HUB = new Eui64(0x00124B0001020304L);
  private static final Eui64 DEVICE = new Eui64(0x00124B00AA000001L);
  private static final long SEED = 11;

  private static AirFrame frame(int source, int destination, int sequence, String zcl) {
    return new AirFrame(
        0x5A5A,
        source,
        destination,
        sequence,
        sequence,
        sequence,
        0x0109,
        0x0019,
        1,
        1,
        true,
        Octets.fromHex(zcl));
  }

  /** Made and decoded by programs that are not ours. */
  @Test
  void securedFramesAreThoseThatAnotherDecoderChecked() {
    NetworkSecurity security = new NetworkSecurity(NETWORK_KEY, LINK_KEY);
    AirFrame query = frame(0x1A2B, 0, 3, "0103010102107856010000000001");
    assertThat(security.secured(query, DEVICE, 0x1003, false, Fragment.WHOLE).toHex())
        .isEqualTo(
            "6188035a5a00002b1a080200002b1a1e032803100000010000aa004b120000f8bf59f49f854856c5da9f48"
                + "72ac8f29cdc9d55d175d0eb7c393d45b");
    AirFrame request = frame(0x1A2B, 0, 6, "0105030002107856020000000000000032");
    assertThat(security.secured(request, DEVICE, 0x1006, true, Fragment.WHOLE).toHex())
        .isEqualTo(
            "6188065a5a00002b1a080200002b1a1e062806100000010000aa004b1200006e7c4d50232aef649fafea4f"
                + "08715826d490bdeabbb1aafa90088eec4291600e0811924a952e668b");
    assertThatThrownBy(() -> new NetworkSecurity(Octets.fromHex("00"), LINK_KEY))
        .hasMessage("networkKey has 1 octets, allowed 16");
  }

  private record Seen(long nanos, Frame frame) {}

  /** Runs a home and captures it; returns what was on the air of the OTA cluster. */
  private static List<Seen> capture(Path file) throws IOException {
    OctetWriter octets = new OctetWriter(1 << 16);
    List<Seen> seen = new ArrayList<>();
    Scenario scenario =
        Scenario.builder(SEED)
            .devices(
                SampleImages.device(SEED, "ppmid-1", DeviceType.PPMID, 3_000),
                SampleImages.device(SEED, "esme-1", DeviceType.ESME, 3_000))
            .loss(0.05)
            .build();
    HomeCapture capture = new HomeCapture(octets::octets, SEED, Home.HUB_ADDRESS);
    HomeReport report =
        Home.run(
            scenario,
            new Home.Listener() {
              @Override
              public void event(long virtualNanos, String device, UpdateEvent event) {}

              @Override
              public void frame(
                  long virtualNanos,
                  String device,
                  boolean toDevice,
                  Frame frame,
                  Outcome outcome) {
                capture.frame(virtualNanos, frame, outcome == Outcome.LOST ? "lost" : "");
                if (frame.clusterId() == Clusters.OTA_UPGRADE) {
                  seen.add(new Seen(virtualNanos, frame.withZcl(frame.zcl().copy())));
                }
              }
            });
    assertThat(report.succeeded()).isTrue();
    Files.write(file, octets.toOctets().toByteArray());
    return seen;
  }

  private static List<String> tshark(Path file, String... fields)
      throws IOException, InterruptedException {
    List<String> command =
        new ArrayList<>(
            List.of(
                "tshark",
                "-r",
                file.toString(),
                "-o",
                "uat:zigbee_pc_keys:\"%s\",\"Normal\",\"nwk\""
                    .formatted(HomeCapture.networkKey(SEED).toHex()),
                "-T",
                "fields",
                "-E",
                "separator=|"));
    for (String field : fields) {
      command.addAll(List.of("-e", field));
    }
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return text.lines().toList();
  }

  @Test
  void anotherProgramDecodesEachOtaCommandOfAHomeAndFindsNoneMalformed(@TempDir Path folder)
      throws Exception {
    Path file = folder.resolve("home.pcapng");
    List<Seen> seen = capture(file);
    List<String> decoded;
    try {
      decoded =
          tshark(
              file,
              "zbee_aps.cluster",
              "frame.time_epoch",
              "zbee_zcl.cmd.tsn",
              "zbee_zcl_general.ota.cmd.srv_rx.id",
              "zbee_zcl_general.ota.cmd.srv_tx.id",
              "zbee_zcl.cmd.id",
              "zbee_zcl_general.ota.file.offset",
              "zbee_zcl_general.ota.image.data",
              "wpan.fcs_ok",
              "_ws.malformed");
    } catch (IOException absent) {
      Skipped.because("tshark is not installed");
      return;
    }
    assertThat(decoded).as("none is malformed").allMatch(line -> line.endsWith("|"));
    assertThat(decoded).allMatch(line -> line.contains("|1|"));
    List<String> ota = decoded.stream().filter(line -> line.startsWith("0x0019")).toList();
    System.out.println("tshark decodes " + ota.size() + " OTA commands of " + decoded.size());
    assertThat(ota).hasSize(seen.size());
    for (int i = 0; i < ota.size(); i++) {
      List<String> fields = List.of(ota.get(i).split("\\|", -1));
      Octets zcl = seen.get(i).frame().zcl();
      assertThat(fields.get(1).replace(".", "")).isEqualTo("%010d".formatted(seen.get(i).nanos()));
      assertThat(Integer.decode(fields.get(2))).isEqualTo(zcl.at(1));
      String command = fields.get(3) + fields.get(4) + fields.get(5);
      assertThat(Integer.decode(command)).isEqualTo(zcl.at(2));
      if (zcl.at(2) == 5 && zcl.at(3) == 0) {
        assertThat(Long.decode(fields.get(6))).isEqualTo(zcl.uint32le(12));
        assertThat(fields.get(7).replace(":", ""))
            .isEqualTo(zcl.slice(17, zcl.length() - 17).toHex());
      }
    }
  }

  @Test
  void aCaptureOfARadioHasItsTimesItsRetriesAndItsAcknowledgements(@TempDir Path folder)
      throws Exception {
    OctetWriter octets = new OctetWriter(1 << 16);
    List<Transmission> sent = new ArrayList<>();
    HomeCapture capture = new HomeCapture(octets::octets, SEED, Home.HUB_ADDRESS);
    Scenario scenario =
        Scenario.builder(SEED)
            .devices(SampleImages.device(SEED, "esme-1", DeviceType.ESME, 1_000))
            .headEnd(Scripts::usual)
            .radio(new Radio(RadioSettings.of(Band.GHZ_2_4), 1_000_000_000))
            .loss(0.1)
            .build();
    HomeReport report =
        Home.run(
            scenario,
            new Home.Listener() {
              @Override
              public void event(long virtualNanos, String device, UpdateEvent event) {}

              @Override
              public void onAir(String from, String to, Transmission transmission) {
                sent.add(transmission);
                capture.transmission(transmission);
              }
            });
    assertThat(report.succeeded()).isTrue();
    Path file = folder.resolve("radio.pcapng");
    Files.write(file, octets.toOctets().toByteArray());
    List<String> decoded;
    try {
      decoded =
          tshark(
              file,
              "frame.time_epoch",
              "frame.len",
              "wpan.frame_type",
              "wpan.seq_no",
              "frame.comment",
              "zbee_zcl.cmd.tsn",
              "wpan.fcs_ok",
              "_ws.malformed");
    } catch (IOException absent) {
      Skipped.because("tshark is not installed");
      return;
    }
    assertThat(decoded).hasSameSizeAs(sent).allMatch(line -> line.endsWith("|1|"));
    Map<Long, String> sequences = new TreeMap<>();
    for (int i = 0; i < sent.size(); i++) {
      Transmission on = sent.get(i);
      List<String> fields = List.of(decoded.get(i).split("\\|", -1));
      assertThat(fields.get(0).replace(".", "")).isEqualTo("%010d".formatted(on.startNanos()));
      assertThat(fields.get(1)).isEqualTo(String.valueOf(on.octets()));
      assertThat(Integer.decode(fields.get(2))).isEqualTo(on.isAcknowledgement() ? 2 : 1);
      long owner = on.isAcknowledgement() ? on.to() : on.from();
      String before = sequences.put(owner << 32 | on.sequence(), fields.get(3));
      assertThat(before).isIn(null, fields.get(3));
      if (on.repetition() > 0) {
        assertThat(fields.get(4)).startsWith("retry " + on.repetition());
      }
      if (!on.isAcknowledgement() && on.fragments() == 1) {
        assertThat(Integer.decode(fields.get(5))).isEqualTo(on.frame().zcl().at(1));
      }
    }
    assertThat(sent).anyMatch(on -> on.repetition() > 0).anyMatch(on -> on.fragments() > 1);
  }

  @Test
  void aMessageTooLongForOneFrameIsPutTogetherByTheOtherProgram(@TempDir Path folder)
      throws Exception {
    OctetWriter octets = new OctetWriter(1 << 12);
    HomeCapture capture = new HomeCapture(octets::octets, SEED, HUB);
    byte[] zcl = new byte[300];
    zcl[0] = 0x11;
    zcl[2] = 0x02;
    capture.frame(
        1_000_000_000L,
        new Frame(
            new Peer(HUB, 1),
            new Peer(DEVICE, 1),
            Clusters.PROFILE_SMART_ENERGY,
            Clusters.OTA_UPGRADE,
            SendOptions.ACKNOWLEDGED,
            Octets.wrap(zcl)),
        "");
    Path file = folder.resolve("long.pcapng");
    Files.write(file, octets.toOctets().toByteArray());
    List<String> decoded;
    try {
      decoded = tshark(file, "frame.len", "zbee_aps.reassembled.length", "_ws.malformed");
    } catch (IOException absent) {
      Skipped.because("tshark is not installed");
      return;
    }
    assertThat(decoded).hasSize(5);
    assertThat(decoded.get(4)).contains("|300|");
    assertThat(decoded)
        .allMatch(line -> Integer.parseInt(line.substring(0, line.indexOf('|'))) <= 127);
  }

  @Test
  void theSameSeedGivesTheSameFileAndItsKey(@TempDir Path folder) throws Exception {
    capture(folder.resolve("one"));
    capture(folder.resolve("two"));
    assertThat(Files.mismatch(folder.resolve("one"), folder.resolve("two"))).isEqualTo(-1);
    assertThat(HomeCapture.networkKey(SEED)).isNotEqualTo(HomeCapture.networkKey(SEED + 1));
    assertThat(HomeCapture.networkKey(SEED)).isNotEqualTo(HomeCapture.linkKey(SEED));
  }
}
