// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.payload;

import java.util.List;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.gbcs.field.Coded;
import org.hanota.gbcs.field.FieldReader;
import org.hanota.keys.Der;

/** CS03A1, CS03A2, CS03B and CS03C: join another device. */
public sealed interface JoinDevice extends Payload {

  /** How to join, and in which role. */
  enum JoinMethodAndRole implements Coded {
    /** Method A, this device begins. */
    METHOD_A_INITIATOR(0, "methodAInitiator"),
    /** Method A, the other device begins. */
    METHOD_A_RESPONDER(1, "methodAResponder"),
    /** Method B. */
    METHOD_B(2, "methodB"),
    /** Method C. */
    METHOD_C(3, "methodC");

    private static final List<JoinMethodAndRole> ALL = List.of(values());

    private final int code;
    private final String officialName;

    JoinMethodAndRole(int code, String officialName) {
      this.code = code;
      this.officialName = officialName;
    }

    @Override
    public int code() {
      return code;
    }

    @Override
    public String officialName() {
      return officialName;
    }
  }

  /**
   * The order to join.
   *
   * @param joinMethodAndRole how
   * @param otherDevice whom
   * @param otherDeviceType what it is
   * @param otherDeviceCertificate DER, the key agreement certificate that method C needs
   */
  record Command(
      JoinMethodAndRole joinMethodAndRole,
      Eui64 otherDevice,
      DeviceType otherDeviceType,
      Optional<Octets> otherDeviceCertificate)
      implements JoinDevice {
    /** Checks that the certificate is one DER SEQUENCE. */
    public Command {
      otherDeviceCertificate.ifPresent(
          certificate -> {
            FieldReader in = FieldReader.of(certificate);
            in.element("otherDeviceCertificate", Der.SEQUENCE);
            in.end("otherDeviceCertificate");
          });
    }

    static Command read(FieldReader in) {
      FieldReader s = in.sequence("CommandPayload");
      JoinMethodAndRole method = s.codeInteger("joinMethodAndRole", JoinMethodAndRole.ALL);
      Eui64 other = s.octetStringEui64("otherDeviceEntityIdentifier");
      DeviceType type = s.codeInteger("otherDeviceType", DeviceType.ALL);
      Optional<Octets> certificate = Optional.empty();
      if (s.remaining() > 0) {
        int at = s.position();
        s.element("otherDeviceCertificate", Der.SEQUENCE);
        certificate = Optional.of(s.since(at));
        s.means("certificate of " + certificate.get().length() + " octets");
      }
      s.end("CommandPayload");
      return new Command(method, other, type, certificate);
    }

    @Override
    public Octets octets() {
      return Der.sequence(
          Der.integer(joinMethodAndRole.code()),
          Der.octetString(otherDevice.octets()),
          Der.integer(otherDeviceType.code()),
          otherDeviceCertificate.orElse(Octets.EMPTY));
    }
  }

  /** How a join ended. */
  enum JoinResponseCode implements Coded {
    /** Joined. */
    SUCCESS(0, "success"),
    /** Such as method B in a CS03A1. */
    INVALID_MESSAGE_CODE_FOR_JOIN_METHOD_AND_ROLE(1, "invalidMessageCodeForJoinMethodAndRole"),
    /** Not for this kind of device. */
    INVALID_JOIN_METHOD_AND_ROLE(2, "invalidJoinMethodAndRole"),
    /** The device log holds something else. */
    INCOMPATIBLE_WITH_EXISTING_ENTRY(3, "incompatibleWithExistingEntry"),
    /** No room in the device log. */
    DEVICE_LOG_FULL(4, "deviceLogFull"),
    /** The device log could not be written. */
    WRITE_FAILURE(5, "writeFailure"),
    /** Key agreement: no resources. */
    KEY_AGREEMENT_NO_RESOURCES(6, "keyAgreementNoResources"),
    /** Key agreement: unknown issuer. */
    KEY_AGREEMENT_UNKNOWN_ISSUER(7, "keyAgreementUnknownIssuer"),
    /** Key agreement: unsupported suite. */
    KEY_AGREEMENT_UNSUPPORTED_SUITE(8, "keyAgreementUnsupportedSuite"),
    /** Key agreement: bad message. */
    KEY_AGREEMENT_BAD_MESSAGE(9, "keyAgreementBadMessage"),
    /** Key agreement: bad key confirmation. */
    KEY_AGREEMENT_BAD_KEY_CONFIRM(10, "keyAgreementBadKeyConfirm"),
    /** Method C without the certificate it needs. */
    INVALID_OR_MISSING_CERTIFICATE(11, "invalidOrMissingCertificate"),
    /** The other device's link key never came. */
    NO_PARTNER_LINK_KEY_RECEIVED(12, "noPartnerLinkKeyReceived"),
    /** No answer to the key establishment. */
    NO_CBKE_RESPONSE(13, "noCBKEResponse");

    private static final List<JoinResponseCode> ALL = List.of(values());

    private final int code;
    private final String officialName;

    JoinResponseCode(int code, String officialName) {
      this.code = code;
      this.officialName = officialName;
    }

    @Override
    public int code() {
      return code;
    }

    @Override
    public String officialName() {
      return officialName;
    }
  }

  /** The device's answer. */
  record Response(JoinResponseCode joinResponseCode) implements JoinDevice {
    static Response read(FieldReader in) {
      return new Response(in.codeInteger("joinResponseCode", JoinResponseCode.ALL));
    }

    @Override
    public Octets octets() {
      return Der.integer(joinResponseCode.code());
    }
  }
}
