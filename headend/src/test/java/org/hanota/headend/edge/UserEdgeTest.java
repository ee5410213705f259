// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.edge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.ParameterValues;
import org.hanota.gbcs.key.Credentials;
import org.hanota.gbcs.key.RemotePartyRole;
import org.hanota.gbcs.key.TestPki;
import org.hanota.headend.HeadEndParameter;
import org.hanota.headend.duis.Duis;
import org.hanota.headend.duis.signature.MessageSigner;
import org.hanota.headend.duis.signature.SignatureVerifier;
import org.hanota.headend.letter.Content;
import org.hanota.headend.request.CommandVariant;
import org.hanota.headend.request.CommandVariant.Service;
import org.hanota.headend.request.ExecutionDateTime;
import org.hanota.headend.request.FirmwareRequest.ReadFirmwareVersion;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.request.Request;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Attack 22, as the head end meets it: what is not proven does not become a letter. */
class UserEdgeTest {
  private static final Eui64 USER = Eui64.parse("90B3D51F30010000");
  private static final Eui64 STRANGER = Eui64.parse("90B3D51F300F0000");
  private static final Eui64 DEVICE = Eui64.parse("00DB1234567890A0");
  private static final TestPki PKI = TestPki.ofSeed(16);
  private static final Credentials KEYS = PKI.organisation(USER, RemotePartyRole.USER_XML_SIGN);
  private static final long NOW = 1_795_000_000_000L;
  private static final long TOLERANCE = HeadEndParameter.MESSAGE_TIME_TOLERANCE.parameter().value();

  private static UserEdge edge(long tolerance) {
    return new UserEdge(
        new SignatureVerifier(List.of(KEYS.digitalSignature())),
        ParameterValues.defaults(HeadEndParameter.class)
            .with(HeadEndParameter.MESSAGE_TIME_TOLERANCE, tolerance));
  }

  private static Request request(Eui64 user) {
    return Request.of(
        new MessageId(user, DEVICE, NOW),
        CommandVariant.COMMAND,
        new ReadFirmwareVersion(ExecutionDateTime.NOW));
  }

  private static Octets signed(Request request) {
    return new MessageSigner(KEYS.digitalSignatureKey(), KEYS.digitalSignature()).sign(request);
  }

  private static Arrival take(Octets octets, long now) {
    return edge(TOLERANCE).take(octets, Service.SEND_COMMAND, now);
  }

  private static String code(Arrival arrival) {
    return ((Arrival.Refused) arrival).acknowledgement().map(r -> r.code().text()).orElse("none");
  }

  @Test
  void aRequestOfAUserOfNowGoesOnAsItWasDigested() {
    assertThat(take(signed(request(USER)), NOW))
        .isEqualTo(
            new Arrival.Called(new Content.ServiceCall(Service.SEND_COMMAND, request(USER))));
  }

  @Test
  void aMessageOfAnotherTimeThanTheToleranceIsRefused() {
    Octets message = signed(request(USER));
    assertThat(take(message, NOW + TOLERANCE)).isInstanceOf(Arrival.Called.class);
    assertThat(code(take(message, NOW + TOLERANCE + 1))).isEqualTo("E100");
    assertThat(code(take(message, NOW - TOLERANCE - 1))).isEqualTo("E100");
    assertThat(edge(0).take(message, Service.SEND_COMMAND, NOW + 1))
        .isInstanceOf(Arrival.Refused.class);
  }

  @Test
  @DisplayName("attack 22: what is not proven is refused by its name")
  void whatIsNotProvenIsRefusedByItsName() {
    assertThat(code(take(Duis.write(request(USER)), NOW))).isEqualTo("E100");
    assertThat(code(take(signed(request(STRANGER)), NOW))).isEqualTo("E1");
    String text =
        new String(signed(request(USER)).toByteArray(), StandardCharsets.UTF_8)
            .replace("00-DB-12-34-56-78-90-A0", "00-DB-12-34-56-78-90-A1");
    assertThat(code(take(Octets.wrap(text.getBytes(StandardCharsets.UTF_8)), NOW)))
        .isEqualTo("E100");
    for (String bad : List.of("", "<a/>", "<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>")) {
      Arrival arrival = take(Octets.wrap(bad.getBytes(StandardCharsets.UTF_8)), NOW);
      assertThat(((Arrival.Refused) arrival).acknowledgement()).isEqualTo(Optional.empty());
      assertThat(((Arrival.Refused) arrival).reason()).isNotBlank();
    }
  }
}
