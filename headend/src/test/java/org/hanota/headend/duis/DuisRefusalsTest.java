// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.duis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.headend.request.DeviceIdList;
import org.hanota.headend.request.FirmwareRequest.UpdateFirmware;
import org.hanota.headend.request.Request;
import org.hanota.headend.request.Response;
import org.hanota.headend.request.ResponseBody.OtherBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is no message of DUIS is refused with place, found and allowed. */
class DuisRefusalsTest {
  private static final String GOOD = text("11.3-activate-dated");
  private static final String LIST = text("11.1-update-firmware");

  private static String text(String example) {
    return new String(Duis.write(Examples.message(example)).toByteArray(), StandardCharsets.UTF_8);
  }

  private static Octets octets(String text) {
    return Octets.wrap(text.getBytes(StandardCharsets.UTF_8));
  }

  private static Arguments changed(String what, String from, String to, String complaint) {
    assertThat(GOOD).contains(from);
    return Arguments.of(what, GOOD.replace(from, to), complaint);
  }

  static Stream<Arguments> refused() {
    return Stream.of(
        changed("another namespace", "ServiceUserGateway", "Other", "message at offset"),
        changed("no namespace", "xmlns:sr=\"" + Element.DUIS + "\"", "xmlns:sr=\"x\"", "message"),
        changed("no version", " schemaVersion=\"5.4\"", "", "Request/schemaVersion"),
        changed("another attribute", "schemaVersion", "ID=\"a\" schemaVersion", "attribute ID"),
        changed("attribute within", "<sr:Body>", "<sr:Body Id=\"a\">", "attribute Id"),
        changed("two colons", ":1003", "::1003", "Header/RequestID"),
        changed("a large counter", ":1003", ":18446744073709551616", "18446744073709551615"),
        changed("variant 0", "Variant>4<", "Variant>0<", "CommandVariant"),
        changed("no number", "Variant>4<", "Variant>four<", "CommandVariant"),
        changed("another service", ">11.3<", ">11.4<", "ServiceReferenceVariant"),
        changed("no such reference", "Reference>11.3<", "Reference>11.2<", "one of \"11.2\""),
        changed("hash of 31 octets", "00FF00FF00FF<", "00FF00FF00<", "31 octets"),
        changed("half an octet", "00FF<", "00F<", "FirmwareHash"),
        changed("no hexadecimal", "00FF<", "00FG<", "FirmwareHash"),
        changed("no time zone", "06:30:00.250Z", "06:30:00.250", "with an offset"),
        changed("no time", "2026-11-29T", "2026-02-30T", "ExecutionDateTime"),
        changed("a second body", "</sr:Body>", "<sr:ReadDeviceLog/></sr:Body>", "nothing more"),
        changed("a stranger as body", "sr:ActivateFirmware>", "Y>", "Y of the namespace"),
        changed("text between", "<sr:Body>", "<sr:Body>text", "elements only"),
        changed("text alone", "<sr:Body>", "<sr:Body>text<sr:A/>", "elements only"),
        changed("something after", "</sr:Body>", "</sr:Body><sr:Other/>", "Signature"),
        changed("nothing", GOOD, "", "XML"),
        changed("not ended", "</sr:Request>", "", "XML"),
        changed("two documents", "</sr:Request>", "</sr:Request><a/>", "XML"),
        Arguments.of(
            "another encoding",
            "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>" + GOOD,
            "allowed UTF-8"),
        Arguments.of("another version", "<?xml version=\"1.1\"?>" + GOOD, "allowed 1.0"),
        Arguments.of("a document type", "<!DOCTYPE a>" + GOOD, "DOCTYPE"),
        Arguments.of(
            "an external entity",
            "<!DOCTYPE a [ <!ENTITY x SYSTEM \"file:///etc/passwd\"> ]>"
                + GOOD.replace("00FF<", "&x;<"),
            "DOCTYPE"),
        Arguments.of(
            "expansion",
            "<!DOCTYPE a [ <!ENTITY a \"aaaaaaaaaa\"> <!ENTITY b \"&a;&a;&a;&a;&a;\"> ]>"
                + GOOD.replace("00FF<", "&b;<"),
            "DOCTYPE"),
        Arguments.of("an entity", GOOD.replace("00FF<", "&x;<"), "found &x;"),
        Arguments.of("an instruction", GOOD.replace("<sr:Body>", "<?do it?><sr:Body>"), "do"),
        Arguments.of("depth", "<a>".repeat(100_000), "depth of elements"),
        Arguments.of("elements", "<a>" + "<b/>".repeat(20_001) + "</a>", "number of elements"),
        Arguments.of("no base64", LIST.replace("cw==", "cw="), "FirmwareImage"),
        Arguments.of("other base64", LIST.replace("cw==", "cx=="), "FirmwareImage"),
        Arguments.of("no version", LIST.replace("0001020A", ""), "UpdateFirmware/FirmwareVersion"),
        Arguments.of("a long version", LIST.replace("0001020A", "0001020A9"), "9 characters"),
        Arguments.of("no device", LIST.replaceAll("List>[0-9A-F,-]+<", "List><"), "DeviceIDList"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refused")
  void itIsRefusedWithItsPlace(String what, String text, String complaint) {
    assertThatThrownBy(() -> Duis.read(octets(text)))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining(complaint)
        .hasMessageContaining("allowed");
  }

  @Test
  void aListOfFiftyThousandDevicesIsReadAndOneMoreIsNot() {
    String device = "00-11-22-33-44-55-66-01";
    String most = device + ("," + device).repeat(DeviceIdList.DEVICES_MAX - 1);
    Request request =
        (Request) Duis.read(octets(LIST.replaceAll("List>[0-9A-F,-]+<", "List>" + most + "<")));
    assertThat(((UpdateFirmware) request.body()).devices().devices())
        .hasSize(DeviceIdList.DEVICES_MAX);
    String more = most + "," + device;
    assertThatThrownBy(
            () -> Duis.read(octets(LIST.replaceAll("List>[0-9A-F,-]+<", "List>" + more + "<"))))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("found 50001, allowed 1 to 50000");
  }

  @Test
  void aMessageOfMoreThanSixteenMebioctetsIsRefusedUnread() {
    Octets octets = Octets.wrap(new byte[XmlReader.OCTETS_MAX + 1]);
    assertThatThrownBy(() -> Duis.read(octets))
        .isInstanceOf(FormatException.class)
        .hasMessageContaining("16777217 octets");
  }

  @Test
  void theOffsetLeadsToThePlace() {
    String text = GOOD.replace("Variant>4<", "Variant>0<");
    assertThatThrownBy(() -> Duis.read(octets(text)))
        .isInstanceOfSatisfying(
            FormatException.class,
            e -> assertThat(text.substring((int) e.offset())).startsWith("0</sr:CommandVariant>"));
  }

  @Test
  void theOffsetIsRightBehindALargeImage() {
    String text =
        LIST.replaceAll("Image>[^<]+<", "Image>" + "AAAA".repeat(100_000) + "<")
            .replaceAll("List>[0-9A-F,-]+<", "List>00<");
    assertThatThrownBy(() -> Duis.read(octets(text)))
        .isInstanceOfSatisfying(
            FormatException.class,
            e -> assertThat(text.substring((int) e.offset())).startsWith("00</sr:DeviceIDList>"));
  }

  @Test
  void anotherKindOfResponseIsCarried() {
    String text = text("response-gbcs").replaceAll("ResponseMessage>", "SMETS1ResponseMessage>");
    Response response = (Response) Duis.read(octets(text));
    assertThat(response.body())
        .isInstanceOfSatisfying(
            OtherBody.class, body -> assertThat(body.name()).isEqualTo("SMETS1ResponseMessage"));
    assertThat(Duis.read(Duis.write(response))).isEqualTo(response);
  }
}
