// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.znp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.machine.SendResult;
import org.hanota.transport.serial.stick.LinkKey;
import org.hanota.transport.serial.stick.SimpleDescriptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The frames on which two hosts that others wrote agree, octet for octet. */
class ZnpFrameTest {
  private static String hex(ZnpFrame frame) {
    return frame.octets().toHex();
  }

  private static Octets octets(String hex) {
    return Octets.fromHex(hex);
  }

  @Test
  void requestsWithoutDataAreTheGoldenOnes() {
    assertThat(hex(ZnpFrame.of(Command.SYS_PING, Octets.EMPTY))).isEqualTo("fe00210120");
    assertThat(hex(ZnpFrame.of(Command.SYS_VERSION, Octets.EMPTY))).isEqualTo("fe00210223");
    assertThat(hex(ZnpFrame.of(Command.SYS_RESET_REQ, octets("01")))).isEqualTo("fe0141000141");
  }

  @Test
  void startingAndFormingAreTheGoldenOnes() {
    assertThat(hex(ZnpFrame.of(Command.ZDO_STARTUP_FROM_APP, new OctetWriter(2).uint16le(100))))
        .startsWith("fe022540640003");
    assertThat(hex(ZnpFrame.of(Command.APP_CNF_BDB_START_COMMISSIONING, octets("04"))))
        .isEqualTo("fe012f05042f");
    assertThat(
            hex(
                ZnpFrame.of(
                    Command.APP_CNF_BDB_SET_CHANNEL,
                    new OctetWriter(5).uint8(1).uint32le(1L << 15))))
        .isEqualTo("fe052f080100800000a3");
    assertThat(hex(ZnpFrame.of(Command.ZDO_MGMT_PERMIT_JOIN_REQ, octets("0ffcff3c00"))))
        .isEqualTo("fe0525360ffcff3c0026");
  }

  @Test
  void anEndpointIsRegisteredAsTheGoldenOneIs() {
    SimpleDescriptor descriptor =
        new SimpleDescriptor(1, 0x0109, 0x0500, 0, List.of(0x0019), List.of());
    assertThat(hex(Registration.of(descriptor))).isEqualTo("fe0b240001090100050000011900003b");
    assertThat(Registration.decode(Registration.of(descriptor).data())).isEqualTo(descriptor);
  }

  @Test
  void aUnicastIsTheGoldenOne() {
    DataRequest request =
        new DataRequest(0x1234, 1, 1, 0x0019, 0x42, 0x70, 0x1E, octets("0942000064"));
    assertThat(hex(request.frame())).isEqualTo("fe0f240134120101190042701e05094200006413");
    assertThat(DataRequest.decode(request.frame().data())).isEqualTo(request);
  }

  @Test
  void aBroadcastIsReadInBothFormsThatHostsSend() {
    DataRequest request =
        new DataRequest(0xFFFD, 0xFF, 1, 0x0019, 0x43, 0, 0x1E, octets("0942000064"));
    assertThat(hex(request.frame()))
        .isEqualTo("fe19240202fdff000000000000ff000001190043001e05000942000064af");
    assertThat(DataRequest.decodeExt(request.frame().data())).isEqualTo(request);
    assertThat(DataRequest.decodeExt(octets("0ffdff000000000000ff000001190043001e05000942000064")))
        .isEqualTo(request);
    assertThatThrownBy(
            () ->
                DataRequest.decodeExt(octets("03fdff000000000000ff000001190043001e05000942000064")))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("DstAddrMode");
  }

  @Test
  void aLinkKeyIsSetAsTheGoldenOneIs() {
    LinkKey.Preconfigured key =
        new LinkKey.Preconfigured(
            Eui64.parse("8877665544332211"), octets("000102030405060708090a0b0c0d0e0f"));
    assertThat(hex(KeyCommands.setting(key, 0x1234)))
        .isEqualTo("fe1a252334121122334455667788000102030405060708090a0b0c0d0e0fb2");
    assertThat(key).hasToString("link key of 8877665544332211");
  }

  @Test
  void anInstallCodeGoesToTheStickWithItsFormat() {
    Octets code = octets("83fed3407a939723a5c639b26916d505c3b5");
    ZnpFrame frame =
        KeyCommands.addition(new LinkKey.InstallCode(Eui64.parse("0011223344556677"), code));
    assertThat(frame.data().toHex()).isEqualTo("01" + "7766554433221100" + code.toHex());
    assertThatThrownBy(() -> new LinkKey.InstallCode(new Eui64(1), octets("00")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void answersAreTheGoldenOnes() {
    ZnpFrame ping = ZnpFrame.of(Command.SYS_PING, Octets.EMPTY);
    assertThat(hex(ping.answer(octets("5906")))).isEqualTo("fe02610159063d");
    assertThat(hex(ZnpFrame.of(Command.SYS_RESET_IND, octets("000201020701"))))
        .isEqualTo("fe064180000201020701c0");
    DataConfirm confirm = new DataConfirm(ZnpStatus.SUCCESS, 1, 0x42);
    assertThat(hex(confirm.frame())).startsWith("fe034480000142");
    assertThat(DataConfirm.decode(confirm.frame().data())).isEqualTo(confirm);
  }

  @Test
  void aMessageIsReadWithAndWithoutItsTrailer() {
    String golden = "0000190034120101" + "00c80139300000010c" + "01420100ee10785601000000";
    IncomingMessage message = IncomingMessage.decode(octets(golden + "34121d"));
    assertThat(message)
        .isEqualTo(
            new IncomingMessage(
                0,
                0x0019,
                0x1234,
                1,
                1,
                false,
                200,
                true,
                12345,
                1,
                octets("01420100ee10785601000000")));
    assertThat(IncomingMessage.decode(octets(golden))).isEqualTo(message);
    assertThat(message.frame().data().toHex()).isEqualTo(golden + "34121d");
  }

  @ParameterizedTest
  @CsvSource({
    "0201020701, 'Z-Stack 3.x.0, release 2.7.1'",
    "0201020701ab803401, 'Z-Stack 3.x.0, release 2.7.1, revision 20218027'",
    "0201020701ab8034010112345678, 'Z-Stack 3.x.0, release 2.7.1, revision 20218027'"
  })
  void theVersionIsReadInItsThreeLengths(String hex, String words) {
    assertThat(Firmware.decode(octets(hex))).hasToString(words);
  }

  @ParameterizedTest
  @CsvSource({
    "00, DELIVERED",
    "B7, NO_ACK",
    "E9, NO_ACK",
    "F0, NO_ACK",
    "CD, NO_ROUTE",
    "D0, NO_ROUTE",
    "E1, BUSY",
    "10, BUSY",
    "11, BUSY",
    "1A, BUSY",
    "02, DROPPED",
    "A1, DROPPED",
    "FF, DROPPED"
  })
  void aStatusMeansTheSameToEverySender(String status, SendResult result) {
    assertThat(new ZnpStatus(Integer.parseInt(status, 16)).fate().result()).isEqualTo(result);
  }

  @Test
  void noTwoCommandsShareTheirNumbers() {
    List<String> numbers = new ArrayList<>();
    for (Command command : Command.values()) {
      numbers.add(command.cmd0() + "/" + command.cmd1());
      assertThat(Command.of(command.cmd0(), command.cmd1())).contains(command);
    }
    assertThat(numbers).doesNotHaveDuplicates();
  }
}
