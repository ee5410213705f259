// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.ezsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.machine.SendResult;
import org.hanota.transport.serial.stick.LinkKey;
import org.hanota.transport.serial.stick.Outgoing;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EzspFrameTest {
  private static final Octets ZCL = Octets.fromHex("0942000064");
  private static final EzspVersion OLD = new EzspVersion(13);
  private static final EzspVersion NEW = new EzspVersion(14);

  private static Outgoing message(int destination) {
    return new Outgoing(destination, 1, 1, 0x0109, 0x0019, 0x4D, true, true, ZCL);
  }

  private static String hex(OctetWriter out) {
    return out.toOctets().toHex();
  }

  private static OctetReader reader(OctetWriter out) {
    return new OctetReader(out.toOctets());
  }

  @Test
  void theFirstQuestionHasTheOldForm() {
    EzspFrame question = EzspFrame.firstVersion(0, 8);
    assertThat(question.octets().toHex()).isEqualTo("00000008");
    EzspFrame answer = EzspFrame.decode(Octets.fromHex("0080000d023074"));
    assertThat(answer.legacy()).isTrue();
    assertThat(question.isAnsweredBy(answer)).isTrue();
    assertThat(answer.parameters().toHex()).isEqualTo("0d023074");
  }

  @Test
  void laterQuestionsHaveTheNewForm() {
    EzspFrame command = EzspFrame.of(7, EzspCommand.VERSION, new OctetWriter(1).uint8(13));
    assertThat(command.octets().toHex()).isEqualTo("07000100000d");
    assertThat(EzspFrame.decode(command.octets())).isEqualTo(command);
    assertThat(EzspFrame.decode(Octets.fromHex("07900119009000")).isCallback()).isTrue();
  }

  @Test
  void anotherFormIsNamed() {
    assertThatExceptionOfType(FormatException.class)
        .isThrownBy(() -> EzspFrame.decode(Octets.fromHex("00800200000d")))
        .withMessageContaining("frame control, high octet");
  }

  /**
   * The destination, header and message are those that the Java driver of others was seen to send.
   */
  @Test
  void aUnicastOfVersion13HasTheseOctets() {
    EzspSend send = EzspSend.of(message(0x1234));
    assertThat(hex(send.parameters(OLD)))
        .isEqualTo("00" + "3412" + "090119000101" + "6011" + "000000" + "4d" + "050942000064");
    assertThat(EzspSend.unicast(reader(send.parameters(OLD)), OLD)).isEqualTo(send);
  }

  @Test
  void aUnicastOfVersion14HasANumberOfTwoOctets() {
    EzspSend send = EzspSend.of(message(0x1234));
    assertThat(hex(send.parameters(NEW)))
        .isEqualTo("00" + "3412" + "090119000101" + "6011" + "000000" + "4d00" + "050942000064");
    assertThat(EzspSend.unicast(reader(send.parameters(NEW)), NEW)).isEqualTo(send);
  }

  @Test
  void aBroadcastOfVersion14NamesNoAlias() {
    EzspSend send = EzspSend.of(message(0xFFFD));
    assertThat(hex(send.parameters(OLD))).startsWith("fdff" + "0901").endsWith("1e4d050942000064");
    assertThat(hex(send.parameters(NEW)))
        .startsWith("ffff" + "fdff" + "00" + "0901")
        .endsWith("1e4d00050942000064");
    assertThat(EzspSend.broadcast(reader(send.parameters(OLD)), OLD)).isEqualTo(send);
    assertThat(EzspSend.broadcast(reader(send.parameters(NEW)), NEW)).isEqualTo(send);
  }

  @Test
  void theLongestMessageFitsAFrameOfAnyVersion() {
    Octets longest = Octets.wrap(new byte[EzspSend.MESSAGE_MAX]);
    Outgoing message = new Outgoing(0xFFFD, 1, 1, 0x0109, 0x0019, 1, false, false, longest);
    EzspFrame frame =
        EzspFrame.of(0, EzspCommand.SEND_BROADCAST, EzspSend.of(message).parameters(NEW));
    assertThat(frame.octets().length()).isLessThanOrEqualTo(220);
  }

  @ParameterizedTest
  @ValueSource(ints = {13, 14, 16, 17, 18, 19})
  void whatTheStickTellsIsReadAsItWasWritten(int number) {
    EzspVersion version = new EzspVersion(number);
    ApsFrame aps = new ApsFrame(0x0104, 0x0019, 2, 1, ApsFrame.ENCRYPTION, 0, 9);
    EzspIncoming incoming = new EzspIncoming(EzspIncoming.UNICAST, aps, 200, 0x1234, ZCL);
    assertThat(EzspIncoming.decode(reader(incoming.parameters(version, new Eui64(7))), version))
        .isEqualTo(incoming);
    assertThat(incoming.incoming().encrypted()).isTrue();
    EzspSent sent = new EzspSent(EzspStatus.DELIVERY_FAILED, 0x1234, aps, 77);
    assertThat(EzspSent.decode(reader(sent.parameters(version)), version)).isEqualTo(sent);
  }

  @ParameterizedTest
  @CsvSource({
    "00, DELIVERED, false",
    "66, NO_ACK, false",
    "72, BUSY, true",
    "18, BUSY, true",
    "39, BUSY, true",
    "40, NO_ACK, false",
    "a9, NO_ROUTE, false",
    "74, DROPPED, false",
    "a6, DROPPED, false",
    "ee, DROPPED, false"
  })
  void statusesOfVersion13MeanTheSameToSenders(String octet, SendResult result, boolean again) {
    EzspStatus status = OLD.status(new OctetReader(Octets.fromHex(octet)));
    assertThat(status.fate().result()).isEqualTo(result);
    assertThat(status.fate().worthAnotherTry()).isEqualTo(again);
    OctetWriter out = new OctetWriter(1);
    OLD.status(out, status);
    assertThat(hex(out)).isEqualTo(octet);
  }

  @ParameterizedTest
  @CsvSource({
    "00000000, DELIVERED",
    "020c0000, NO_ACK",
    "030c0000, BUSY",
    "200c0000, NO_ACK",
    "260c0000, NO_ROUTE",
    "38000000, DROPPED",
    "ffffffff, DROPPED"
  })
  void statusesOfVersion14MeanSomethingToSenders(String octets, SendResult result) {
    EzspStatus status = NEW.status(new OctetReader(Octets.fromHex(octets)));
    assertThat(status.fate().result()).isEqualTo(result);
  }

  /** The example of the standard. */
  @Test
  void anInstallCodeMakesThisKey() {
    assertThat(InstallCode.key(Octets.fromHex("83fed3407a939723a5c639b26916d505c3b5")).toHex())
        .isEqualTo("66b6900981e1ee3ca4206b6b861c02bb");
  }

  @Test
  void aMistypedInstallCodeIsRefusedByItsCrcAndNotShown() {
    byte[] code = Octets.fromHex("83fed3407a939723a5c639b26916d505c3b5").toByteArray();
    Eui64 device = new Eui64(7);
    assertThat(new LinkKey.InstallCode(device, Octets.wrap(code.clone())).code().toByteArray())
        .isEqualTo(code);
    for (int bit = 0; bit < code.length * Byte.SIZE; bit++) {
      byte[] mistyped = code.clone();
      mistyped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
      Octets wrong = Octets.wrap(mistyped);
      assertThatThrownBy(() -> new LinkKey.InstallCode(device, wrong))
          .hasMessageContainingAll("CRC", device.toString(), "read it again")
          .hasMessageNotContaining(wrong.toHex());
    }
  }

  @Test
  void aFaultyReleaseIsTold() {
    assertThat(new EmberZnet(8, 1, 0, 0, 0).warning()).contains("software flow control");
    assertThat(new EmberZnet(8, 2, 0, 0, 0).warning()).isEmpty();
  }
}
