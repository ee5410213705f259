// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs;

import java.util.List;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.Width;
import org.hanota.gbcs.field.CosemDateTime;
import org.hanota.gbcs.field.Field;
import org.hanota.gbcs.field.FieldReader;
import org.hanota.gbcs.key.MacKey;
import org.hanota.gbcs.payload.CraFlag;
import org.hanota.keys.Der;
import org.hanota.keys.P256PublicKey;
import org.hanota.keys.P256Signature;
import org.hanota.keys.P256Signer;
import org.hanota.keys.PrivateKey;

/**
 * A GBCS message of any use case: addresses and protection, with the payload as octets. Whoever
 * carries messages needs no more; {@link Message} reads the payloads of the use cases that are
 * known here. Whatever {@link #parse} accepts, {@link #octets} gives back octet for octet.
 *
 * @param craFlag command, response or alert
 * @param originatorCounter unsigned 64 bits; a response repeats the command's
 * @param originator who sends
 * @param recipient for whom
 * @param dateTime when, in the responses that carry it
 * @param messageCode uint16, which message
 * @param supplementary on whose behalf the access control broker sends
 * @param payload what the message says
 * @param signature 64 octets, r and s
 * @param mac 12 octets
 */
public record Envelope(
    CraFlag craFlag,
    long originatorCounter,
    Eui64 originator,
    Eui64 recipient,
    Optional<CosemDateTime> dateTime,
    int messageCode,
    Optional<Supplementary> supplementary,
    Octets payload,
    Optional<Octets> signature,
    Optional<Octets> mac) {
  /** The tag and the five empty fields of a general-ciphering frame; key information absent. */
  private static final String MAC_HEADER = "DD000000000000";

  /** Security control: authenticated, not encrypted; invocation counter 0. */
  private static final String SECURITY_HEADER = "1100000000";

  /** What the MAC covers in front of the message: security control and five empty fields. */
  private static final Octets AUTHENTICATED_HEADER = Octets.fromHex("110000000000");

  private static final int MAC_TAG = 0xDD;
  private static final int SECURITY_HEADER_LENGTH = 5;
  private static final Octets INVOCATION_COUNTER = Octets.fromHex("00000000");

  /** The first octet, which the signature does not cover. */
  private static final int TAG = 0xDF;

  /** Octets of flag and counter behind the length of the transaction identifier. */
  private static final int TRANSACTION_LENGTH = 9;

  private static final int OTHER_INFORMATION_SHORT = 2;
  private static final int OTHER_INFORMATION_LONG = 18;

  /** Checks widths and lengths. */
  public Envelope {
    Width.uint16("messageCode", messageCode);
    demandLength("signature", signature, P256Signature.LENGTH);
    demandLength("mac", mac, MacKey.TAG_LENGTH);
  }

  private static void demandLength(String name, Optional<Octets> octets, int length) {
    if (octets.filter(found -> found.length() != length).isPresent()) {
      throw new IllegalArgumentException(
          name + " has " + octets.get().length() + " octets, allowed " + length);
    }
  }

  /** How the message code and the payload of a message are read, or left as they are. */
  interface Reading<H, P> {
    /** Reads the message code and checks it against the flag, which stood at {@code flagAt}. */
    int messageCode(FieldReader in, CraFlag flag, int flagAt);

    /** What the header is, once it is read. */
    H header(Envelope head);

    /** Reads the payload, all of {@code in}. */
    P payload(H header, FieldReader in);

    /** The payload's octets. */
    Octets octets(P payload);
  }

  /** A message as a {@link Reading} reads it. */
  record Read<H, P>(H header, P payload, Envelope envelope) {}

  private static final Reading<Envelope, Octets> ANY =
      new Reading<>() {
        @Override
        public int messageCode(FieldReader in, CraFlag flag, int flagAt) {
          return in.uint16("message code");
        }

        @Override
        public Envelope header(Envelope head) {
          return head;
        }

        @Override
        public Octets payload(Envelope header, FieldReader in) {
          return in.octets("payload", in.remaining());
        }

        @Override
        public Octets octets(Octets payload) {
          return payload;
        }
      };

  /**
   * Reads a message of any use case.
   *
   * @throws FormatException with the field and its offset if the octets are no message
   */
  public static Envelope parse(Octets octets) {
    return read(FieldReader.of(octets), ANY).envelope();
  }

  /**
   * Reads a message of any use case and adds each field to {@code fields} as it is read.
   *
   * @throws FormatException as {@link #parse(Octets)} does
   */
  public static Envelope parse(Octets octets, List<Field> fields) {
    return read(FieldReader.recording(octets, fields), ANY).envelope();
  }

  static <H, P> Read<H, P> read(FieldReader in, Reading<H, P> reading) {
    if (in.peek() == MAC_TAG) {
      return readWithMac(in, reading);
    }
    Envelope head = readHead(in, reading);
    H header = reading.header(head);
    P payload = readPayload(header, in, reading);
    boolean preCommand = head.craFlag() == CraFlag.COMMAND && in.remaining() == 0;
    Optional<Octets> signature =
        preCommand ? Optional.empty() : Optional.of(readSignature(in).orElseThrow(() -> bare(in)));
    in.end("message");
    return new Read<>(
        header, payload, head.with(reading.octets(payload), signature, Optional.empty()));
  }

  private static <H, P> Read<H, P> readWithMac(FieldReader in, Reading<H, P> reading) {
    in.constant("MAC header", MAC_HEADER);
    FieldReader body = in.part("MAC header", in.length("MAC header length"));
    in.end("message");
    body.constant("security header", SECURITY_HEADER);
    body.means("authenticated, invocation counter 0");
    Envelope head = readHead(body, reading);
    H header = reading.header(head);
    P payload = readPayload(header, body, reading);
    Optional<Octets> signature = readSignature(body);
    Octets mac = body.octets("MAC", MacKey.TAG_LENGTH);
    body.end("message");
    return new Read<>(
        header, payload, head.with(reading.octets(payload), signature, Optional.of(mac)));
  }

  private static Envelope readHead(FieldReader in, Reading<?, ?> reading) {
    in.constant("grouping header tag", Width.hex(TAG, 2));
    in.constant("transaction identifier length", Width.hex(TRANSACTION_LENGTH, 2));
    int flagAt = in.position();
    CraFlag flag = in.code8("CRA flag", CraFlag.ALL);
    long counter = in.uint64("originator counter");
    in.constant("originator length", "08");
    Eui64 originator = in.eui64("originator");
    in.constant("recipient length", "08");
    Eui64 recipient = in.eui64("recipient");
    Optional<CosemDateTime> time = readTime(in);
    int lengthAt = in.position();
    int length = in.uint8("other information length");
    if (length != OTHER_INFORMATION_SHORT && length != OTHER_INFORMATION_LONG) {
      throw new FormatException(
          "other information length", lengthAt, Integer.toString(length), "2 or 18");
    }
    int code = reading.messageCode(in, flag, flagAt);
    Optional<Supplementary> supplementary =
        length == OTHER_INFORMATION_SHORT
            ? Optional.empty()
            : Optional.of(
                new Supplementary(
                    in.eui64("supplementary remote party"),
                    in.uint64("supplementary remote party counter")));
    return new Envelope(
        flag,
        counter,
        originator,
        recipient,
        time,
        code,
        supplementary,
        Octets.EMPTY,
        Optional.empty(),
        Optional.empty());
  }

  private static Optional<CosemDateTime> readTime(FieldReader in) {
    int at = in.position();
    int length = in.uint8("date-time length");
    if (length != 0 && length != CosemDateTime.LENGTH) {
      throw new FormatException("date-time length", at, Integer.toString(length), "0 or 12");
    }
    return length == 0 ? Optional.empty() : Optional.of(in.cosemDateTime("date-time"));
  }

  private static <H, P> P readPayload(H header, FieldReader in, Reading<H, P> reading) {
    int length = in.length("content length");
    return reading.payload(header, in.part("payload", length));
  }

  private static Optional<Octets> readSignature(FieldReader in) {
    int at = in.position();
    int length = in.uint8("signature length");
    if (length != 0 && length != P256Signature.LENGTH) {
      throw new FormatException("signature length", at, Integer.toString(length), "0 or 64");
    }
    return length == 0 ? Optional.empty() : Optional.of(in.octets("signature", length));
  }

  private static FormatException bare(FieldReader in) {
    return new FormatException(
        "signature length", in.position() - 1, "0", "64 in a message without MAC");
  }

  private Envelope with(Octets payload, Optional<Octets> signature, Optional<Octets> mac) {
    return new Envelope(
        craFlag,
        originatorCounter,
        originator,
        recipient,
        dateTime,
        messageCode,
        supplementary,
        payload,
        signature,
        mac);
  }

  /** What the message is. */
  public Message.Kind kind() {
    return switch (craFlag) {
      case COMMAND -> mac.isPresent() ? Message.Kind.COMMAND : Message.Kind.PRE_COMMAND;
      case RESPONSE -> Message.Kind.RESPONSE;
      case ALERT -> Message.Kind.ALERT;
    };
  }

  /** This message with the originator's signature; a MAC that it had is gone. */
  public Envelope sign(P256Signer signer) {
    return protectedBy(Optional.of(signer.sign(signedOctets()).octets()), Optional.empty());
  }

  /** This message with a MAC of these keys, as {@link Message#addMac} says. */
  public Envelope addMac(PrivateKey mine, P256PublicKey theirs) {
    return protectedBy(signature, Optional.of(macOf(mine, theirs)));
  }

  private Envelope protectedBy(Optional<Octets> newSignature, Optional<Octets> newMac) {
    return new Envelope(
        craFlag,
        originatorCounter,
        originator,
        recipient,
        dateTime,
        messageCode,
        supplementary,
        payload,
        newSignature,
        newMac);
  }

  /** The MAC that these keys give this message. */
  Octets macOf(PrivateKey mine, P256PublicKey theirs) {
    return MacKey.derive(mine, theirs, keyDerivationInfo())
        .tag(originator.octets().concat(INVOCATION_COUNTER), AUTHENTICATED_HEADER.concat(body()));
  }

  /** The party whose keys, with the device's, make the MAC. */
  Eui64 macParty(Eui64 accessControlBroker) {
    return craFlag == CraFlag.COMMAND ? accessControlBroker : recipient;
  }

  /** The device at one end of the message. */
  public Eui64 device() {
    return craFlag == CraFlag.COMMAND ? recipient : originator;
  }

  /** What the signature covers: header without its first octet, and payload. */
  public Octets signedOctets() {
    return content().from(1);
  }

  /**
   * The message as it is sent.
   *
   * @throws IllegalStateException if a response or alert has neither signature nor MAC
   */
  public Octets octets() {
    if (mac.isPresent()) {
      Octets body = body();
      int length = SECURITY_HEADER_LENGTH + body.length() + MacKey.TAG_LENGTH;
      return new OctetWriter(length + 10)
          .octets(Octets.fromHex(MAC_HEADER))
          .octets(Der.length(length))
          .octets(Octets.fromHex(SECURITY_HEADER))
          .octets(body)
          .octets(mac.get())
          .toOctets();
    }
    if (signature.isEmpty() && craFlag != CraFlag.COMMAND) {
      throw new IllegalStateException(craFlag.officialName() + " has neither signature nor MAC");
    }
    return signature.isPresent() ? body() : content();
  }

  private Octets content() {
    return header().concat(payload);
  }

  private Octets body() {
    Octets end = signature.orElse(Octets.EMPTY);
    return content().concat(Octets.fromHex(Width.hex(end.length(), 2)).concat(end));
  }

  private Octets header() {
    OctetWriter out = new OctetWriter(64).uint8(TAG);
    out.octets(transaction());
    out.uint8(Long.BYTES).octets(recipient.octets());
    if (dateTime.isPresent()) {
      out.uint8(CosemDateTime.LENGTH).octets(dateTime.get().octets());
    } else {
      out.uint8(0);
    }
    out.uint8(supplementary.isPresent() ? OTHER_INFORMATION_LONG : OTHER_INFORMATION_SHORT)
        .uint16be(messageCode);
    supplementary.ifPresent(s -> out.int64be(s.remoteParty().value()).int64be(s.counter()));
    return out.octets(Der.length(payload.length())).toOctets();
  }

  private Octets transaction() {
    return new OctetWriter(19)
        .uint8(TRANSACTION_LENGTH)
        .uint8(craFlag.code())
        .int64be(originatorCounter)
        .uint8(Long.BYTES)
        .octets(originator.octets())
        .view();
  }

  /** What makes a MAC key this message's own: originator, transaction, recipient. */
  private Octets keyDerivationInfo() {
    return new OctetWriter(26)
        .octets(originator.octets())
        .uint8(TRANSACTION_LENGTH)
        .uint8(craFlag.code())
        .int64be(originatorCounter)
        .octets(recipient.octets())
        .view();
  }
}
