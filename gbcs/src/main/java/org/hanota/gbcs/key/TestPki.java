// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.key;

import java.nio.charset.StandardCharsets;
import org.bouncycastle.crypto.digests.SHA1Digest;
import org.hanota.api.Eui64;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.Width;
import org.hanota.gbcs.field.GeneralizedTime;
import org.hanota.keys.Der;
import org.hanota.keys.KeyPem;
import org.hanota.keys.P256PrivateKey;
import org.hanota.keys.P256PublicKey;
import org.hanota.keys.Sha256;

/**
 * Keys and certificates of the form that GB smart metering uses, made from a seed: the same seed
 * gives the same octets. For tests and simulations; whoever knows the seed has every key.
 */
public final class TestPki {
  private static final GeneralizedTime NOT_BEFORE = GeneralizedTime.parse("20150101000000Z");
  private static final GeneralizedTime NOT_AFTER = GeneralizedTime.parse("99991231235959Z");
  private static final Octets POLICY = Octets.fromHex("2a863a0001848fb90f01020104");
  private static final Octets HARDWARE_TYPE = Octets.fromHex("2a863a0001848fb90f010202");
  private static final Octets WHOLE_OCTETS = Octets.fromHex("00");
  private static final int KEY_IDENTIFIER_LENGTH = 8;

  private final long seed;
  private final Issuer organisations;
  private final Issuer devices;

  private TestPki(long seed) {
    this.seed = seed;
    this.organisations =
        new Issuer(
            Der.sequence(
                attribute(Oid.ORGANISATIONAL_UNIT, Oid.UTF8_STRING, text("07")),
                attribute(Oid.COMMON_NAME, Oid.UTF8_STRING, text("Z1"))),
            key("organisation issuer"));
    this.devices =
        new Issuer(
            Der.sequence(attribute(Oid.COMMON_NAME, Oid.UTF8_STRING, text("E357"))),
            key("device issuer"));
  }

  /** The keys of {@code seed}. */
  public static TestPki ofSeed(long seed) {
    return new TestPki(seed);
  }

  /** Keys and certificates of an organisation. */
  public Credentials organisation(Eui64 id, RemotePartyRole role) {
    Octets subject =
        Der.sequence(
            attribute(Oid.ORGANISATIONAL_UNIT, Oid.UTF8_STRING, text(Width.hex(role.code(), 2))),
            attribute(Oid.UNIQUE_IDENTIFIER, Der.BIT_STRING, WHOLE_OCTETS.concat(id.octets())));
    return credentials(id, organisations, subject, Octets.EMPTY);
  }

  /** Keys and certificates of a device. */
  public Credentials device(Eui64 id) {
    return device(id, Der.sequence());
  }

  Credentials device(Eui64 id, Octets subject) {
    Octets module = Der.sequence(Oid.der(HARDWARE_TYPE), Der.octetString(id.octets()));
    Octets name =
        Der.sequence(
            Der.element(0xA0, Oid.der(Oid.HARDWARE_MODULE_NAME), Der.element(0xA0, module)));
    return credentials(id, devices, subject, extension(Oid.ALTERNATIVE_NAME, true, name));
  }

  /** The key that signs the certificates of organisations. */
  public P256PublicKey organisationIssuer() {
    return organisations.key().publicKey();
  }

  /** The key that signs the certificates of devices. */
  public P256PublicKey deviceIssuer() {
    return devices.key().publicKey();
  }

  private record Issuer(Octets name, P256PrivateKey key) {}

  private Credentials credentials(Eui64 id, Issuer issuer, Octets subject, Octets names) {
    P256PrivateKey signing = key(id + " digital signature");
    P256PrivateKey agreeing = key(id + " key agreement");
    // The bit strings of digitalSignature (bit 0) and keyAgreement (bit 4).
    return new Credentials(
        certificate(issuer, subject, names, Octets.fromHex("03020780"), signing.publicKey()),
        signing,
        certificate(issuer, subject, names, Octets.fromHex("03020308"), agreeing.publicKey()),
        agreeing);
  }

  private static Certificate certificate(
      Issuer issuer, Octets subject, Octets names, Octets usage, P256PublicKey key) {
    Octets algorithm = Der.sequence(Oid.der(Oid.ECDSA_WITH_SHA256));
    Octets serial = Sha256.of(text("serial").concat(key.octets())).slice(0, 15);
    Octets tbs =
        Der.sequence(
            Octets.fromHex("a003020102"),
            Der.element(Der.INTEGER, Octets.fromHex("40"), serial),
            algorithm,
            issuer.name(),
            Der.sequence(time(NOT_BEFORE), NOT_AFTER.der()),
            subject,
            KeyPem.der(key),
            Der.element(0xA3, Der.sequence(extensions(issuer, names, usage, key))));
    Octets signature = issuer.key().sign(tbs).der();
    return Certificate.parse(Der.sequence(tbs, algorithm, Der.bitString(0, signature)));
  }

  private static Octets[] extensions(Issuer issuer, Octets names, Octets usage, P256PublicKey key) {
    return new Octets[] {
      extension(Oid.KEY_USAGE, true, usage),
      extension(Oid.SUBJECT_KEY_IDENTIFIER, false, Der.octetString(keyIdentifier(key))),
      names,
      extension(Oid.CERTIFICATE_POLICIES, true, Der.sequence(Der.sequence(Oid.der(POLICY)))),
      extension(
          Oid.AUTHORITY_KEY_IDENTIFIER,
          false,
          Der.sequence(Der.element(0x80, keyIdentifier(issuer.key().publicKey()))))
    };
  }

  private static Octets extension(Octets type, boolean critical, Octets value) {
    Octets flag = critical ? Der.truth() : Octets.EMPTY;
    return Der.sequence(Oid.der(type), flag, Der.octetString(value));
  }

  static Octets attribute(Octets type, int tag, Octets value) {
    return Der.element(Oid.SET, Der.sequence(Oid.der(type), Der.element(tag, value)));
  }

  /** UTCTime, as RFC 5280 demands before 2050. */
  private static Octets time(GeneralizedTime time) {
    return Der.element(Der.UTC_TIME, time.octets().from(2));
  }

  /** Method 2 of RFC 5280, 4.2.1.2: 0100 and the last 60 bits of a SHA-1. */
  private static Octets keyIdentifier(P256PublicKey key) {
    SHA1Digest digest = new SHA1Digest();
    digest.update(key.octets().toByteArray(), 0, P256PublicKey.LENGTH);
    byte[] hash = new byte[digest.getDigestSize()];
    digest.doFinal(hash, 0);
    long last = Octets.wrap(hash).int64be(hash.length - KEY_IDENTIFIER_LENGTH);
    return new OctetWriter(KEY_IDENTIFIER_LENGTH).int64be((last & (-1L >>> 4)) | (4L << 60)).view();
  }

  private P256PrivateKey key(String label) {
    Octets number = new OctetWriter(8).int64be(seed).view();
    return P256PrivateKey.fromSeed(text("hanota test key ").concat(number).concat(text(label)));
  }

  static Octets text(String text) {
    return Octets.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}
