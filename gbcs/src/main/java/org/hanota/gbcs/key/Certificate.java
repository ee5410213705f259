// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.key;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.gbcs.field.FieldReader;
import org.hanota.gbcs.field.GeneralizedTime;
import org.hanota.keys.Der;
import org.hanota.keys.P256PublicKey;
import org.hanota.keys.Pem;

/**
 * An X.509 certificate of the form that GB smart metering uses. An organisation's EUI-64 is the
 * subject's x500UniqueIdentifier, a device's the hardware module name among the alternative names.
 * Reading proves nothing: who is trusted is decided by which certificates a {@link KeyStore} holds.
 *
 * @param encoded the whole certificate, DER
 * @param subject whose it is
 * @param role of an organisation; empty for a device
 * @param usage what the key is for
 * @param publicKey the key
 * @param notBefore Unix time in milliseconds
 * @param notAfter Unix time in milliseconds
 */
public record Certificate(
    Octets encoded,
    Eui64 subject,
    Optional<RemotePartyRole> role,
    KeyUsage usage,
    P256PublicKey publicKey,
    long notBefore,
    long notAfter) {
  private static final String PEM_LABEL = "CERTIFICATE";
  private static final String EC_P256 = "06072a8648ce3d020106082a8648ce3d030107";
  private static final int UNCOMPRESSED = 0x04;
  private static final int UNIQUE_IDENTIFIER_LENGTH = 9; // No unused bits, then the EUI-64.

  /**
   * Reads a certificate.
   *
   * @throws FormatException if it is not one of this form
   */
  public static Certificate parse(Octets encoded) {
    Octets own = encoded.copy();
    FieldReader in = FieldReader.of(own);
    FieldReader certificate = in.sequence("certificate");
    in.end("certificate");
    FieldReader tbs = certificate.sequence("tbsCertificate");
    certificate.element("signatureAlgorithm", Der.SEQUENCE);
    certificate.element("signatureValue", Der.BIT_STRING);
    certificate.end("certificate");

    tbs.constant("version", "a003020102");
    tbs.element("serialNumber", Der.INTEGER);
    tbs.element("signature", Der.SEQUENCE);
    tbs.element("issuer", Der.SEQUENCE);
    FieldReader validity = tbs.sequence("validity");
    long notBefore = time(validity, "notBefore");
    long notAfter = time(validity, "notAfter");
    validity.end("validity");
    Subject subject = Subject.read(tbs.sequence("subject"));
    P256PublicKey publicKey = publicKey(tbs.sequence("subjectPublicKeyInfo"));
    int at = tbs.position();
    Extensions extensions = Extensions.read(tbs.constructed("extensions", 0xA3));
    tbs.end("tbsCertificate");

    if (extensions.device().isPresent()
        && (subject.id().isPresent() || subject.role().isPresent())) {
      // An organisation has a name, a device has none: no certificate speaks for both.
      throw new FormatException(
          "subject", at, "a name beside a hardwareModuleName", "an empty subject for a device");
    }
    Eui64 who =
        subject
            .id()
            .or(extensions::device)
            .orElseThrow(
                () ->
                    new FormatException(
                        "subject",
                        at,
                        "no EUI-64",
                        "an x500UniqueIdentifier or a hardwareModuleName"));
    KeyUsage usage =
        extensions
            .usage()
            .orElseThrow(
                () ->
                    new FormatException(
                        "keyUsage", at, "none", "digitalSignature or keyAgreement"));
    return new Certificate(own, who, subject.role(), usage, publicKey, notBefore, notAfter);
  }

  /**
   * Reads a certificate in PEM.
   *
   * @throws FormatException if {@code text} holds none, or one of another form
   */
  public static Certificate parsePem(String text) {
    return parse(Pem.block(text, PEM_LABEL));
  }

  /** This certificate in PEM. */
  public String pem() {
    return Pem.text(PEM_LABEL, encoded);
  }

  /** Whether {@code utcMillis} (Unix time in milliseconds) lies within the validity. */
  public boolean validAt(long utcMillis) {
    return notBefore <= utcMillis && utcMillis <= notAfter;
  }

  /** First and last moment, for people. */
  public String validity() {
    return Instant.ofEpochMilli(notBefore) + " to " + Instant.ofEpochMilli(notAfter);
  }

  @Override
  public String toString() {
    return "certificate of " + subject + ", " + usage;
  }

  private static long time(FieldReader in, String field) {
    if (in.peek() == Der.GENERALIZED_TIME) {
      return in.generalizedTime(field).utcMillis();
    }
    int at = in.position();
    String text = text(in.element(field, Der.UTC_TIME));
    String century = text.compareTo("50") < 0 ? "20" : "19"; // RFC 5280, 4.1.2.5.1
    try {
      return GeneralizedTime.parse(century + text).utcMillis();
    } catch (FormatException e) {
      throw new FormatException(field, at, e.found(), "a UTC time");
    }
  }

  private static P256PublicKey publicKey(FieldReader in) {
    FieldReader algorithm = in.sequence("algorithm");
    algorithm.constant("P-256 key", EC_P256);
    algorithm.end("algorithm");
    int at = in.position();
    Octets bits = in.element("subjectPublicKey", Der.BIT_STRING);
    in.end("subjectPublicKeyInfo");
    if (bits.length() != 1 + P256PublicKey.LENGTH
        || bits.at(0) != 0
        || bits.at(1) != UNCOMPRESSED) {
      throw new FormatException(
          "subjectPublicKey", at, bits.toString(), "whole octets of an uncompressed point");
    }
    try {
      return P256PublicKey.parse(bits.from(1));
    } catch (FormatException e) {
      throw new FormatException("subjectPublicKey", at, e.found(), e.allowed());
    }
  }

  private static String text(Octets octets) {
    return new String(octets.toByteArray(), StandardCharsets.ISO_8859_1);
  }

  /** What the subject's name says; empty for a device. */
  private record Subject(Optional<Eui64> id, Optional<RemotePartyRole> role) {
    static Subject read(FieldReader in) {
      Optional<Eui64> id = Optional.empty();
      Optional<RemotePartyRole> role = Optional.empty();
      while (in.remaining() > 0) {
        FieldReader part = in.constructed("relativeDistinguishedName", 0x31).sequence("attribute");
        Octets type = part.element("type", Der.OBJECT_IDENTIFIER);
        int at = part.position();
        Octets value = part.element("value", Math.max(part.peek(), 0));
        if (type.equals(Oid.UNIQUE_IDENTIFIER)) {
          if (value.length() != UNIQUE_IDENTIFIER_LENGTH || value.at(0) != 0) {
            throw new FormatException(
                "x500UniqueIdentifier", at, value.toHex(), "00 and an EUI-64");
          }
          id = Optional.of(new Eui64(value.int64be(1)));
        } else if (type.equals(Oid.ORGANISATIONAL_UNIT) && text(value).matches("[0-9A-Fa-f]{2}")) {
          role = RemotePartyRole.of(Integer.parseInt(text(value), 16));
        } else if (type.equals(Oid.ORGANISATIONAL_UNIT) && text(value).matches("[0-9]{3}")) {
          // Some certificates for XML have the number in decimal: no code needs three other digits.
          role = RemotePartyRole.of(Integer.parseInt(text(value), 10));
        }
      }
      return new Subject(id, role);
    }
  }

  /** The two extensions that matter here; the others are passed over. */
  private record Extensions(Optional<KeyUsage> usage, Optional<Eui64> device) {
    static Extensions read(FieldReader in) {
      FieldReader list = in.sequence("extensions");
      in.end("extensions");
      Optional<KeyUsage> usage = Optional.empty();
      Optional<Eui64> device = Optional.empty();
      while (list.remaining() > 0) {
        FieldReader extension = list.sequence("extension");
        Octets type = extension.element("extnID", Der.OBJECT_IDENTIFIER);
        if (extension.peek() == Der.BOOLEAN) {
          extension.element("critical", Der.BOOLEAN);
        }
        FieldReader value = extension.constructed("extnValue", Der.OCTET_STRING);
        if (type.equals(Oid.KEY_USAGE)) {
          usage = usage(value);
        } else if (type.equals(Oid.ALTERNATIVE_NAME)) {
          device = device(value.sequence("subjectAltName"));
        }
      }
      return new Extensions(usage, device);
    }

    private static Optional<KeyUsage> usage(FieldReader in) {
      Octets bits = in.element("keyUsage", Der.BIT_STRING);
      int first = bits.length() == 2 ? bits.at(1) : 0;
      return switch (first) {
        case 0x80 -> Optional.of(KeyUsage.DIGITAL_SIGNATURE);
        case 0x08 -> Optional.of(KeyUsage.KEY_AGREEMENT);
        default -> Optional.empty();
      };
    }

    private static Optional<Eui64> device(FieldReader in) {
      FieldReader other = in.constructed("otherName", 0xA0);
      if (!other.element("type-id", Der.OBJECT_IDENTIFIER).equals(Oid.HARDWARE_MODULE_NAME)) {
        return Optional.empty();
      }
      FieldReader module = other.constructed("value", 0xA0).sequence("hardwareModuleName");
      module.element("hwType", Der.OBJECT_IDENTIFIER);
      return Optional.of(module.octetStringEui64("hwSerialNum"));
    }
  }
}
