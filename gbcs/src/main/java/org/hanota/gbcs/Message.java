// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hanota.api.FormatException;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.Width;
import org.hanota.gbcs.field.Der;
import org.hanota.gbcs.field.Field;
import org.hanota.gbcs.field.FieldReader;
import org.hanota.gbcs.key.MacKey;
import org.hanota.gbcs.key.P256PublicKey;
import org.hanota.gbcs.key.PrivateKey;
import org.hanota.gbcs.payload.CraFlag;
import org.hanota.gbcs.payload.Payload;

/**
 * A GBCS message: grouping header, payload, and what protects them. Immutable. Whatever {@link
 * #parse(Octets)} accepts, {@link #octets} gives back octet for octet.
 */
public final class Message {
  /** What a message is, by flag and protection. */
  public enum Kind {
    /** A command that has no MAC yet; signed or not. */
    PRE_COMMAND,
    /** A command as a device takes it. */
    COMMAND,
    /** A device's answer. */
    RESPONSE,
    /** A device's own message. */
    ALERT
  }

  /** The tag and the five empty fields of a general-ciphering frame; key information absent. */
  private static final String MAC_HEADER = "DD000000000000";

  /** Security control: authenticated, not encrypted; invocation counter 0. */
  private static final String SECURITY_HEADER = "1100000000";

  /** What the MAC covers in front of the message: security control and five empty fields. */
  private static final Octets AUTHENTICATED_HEADER = Octets.fromHex("110000000000");

  private static final int MAC_TAG = 0xDD;
  private static final int SECURITY_HEADER_LENGTH = 5;
  private static final Octets INVOCATION_COUNTER = Octets.fromHex("00000000");

  private final GroupingHeader header;
  private final Payload payload;
  private final Optional<Octets> signature;
  private final Optional<Octets> mac;

  private Message(
      GroupingHeader header, Payload payload, Optional<Octets> signature, Optional<Octets> mac) {
    this.header = header;
    this.payload = payload;
    this.signature = signature;
    this.mac = mac;
  }

  /** A message with all its fields as they were found. */
  public record Explanation(Message message, List<Field> fields) {}

  /**
   * A message without signature and MAC; a command in this state is a pre-command.
   *
   * @throws IllegalArgumentException if {@code payload} is not one of the header's message code
   */
  public static Message of(GroupingHeader header, Payload payload) {
    boolean fits;
    try {
      fits = header.messageCode().parse(header.craFlag(), payload.octets()).equals(payload);
    } catch (FormatException e) {
      fits = false;
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "payload is " + payload + ", allowed a payload of " + header.messageCode());
    }
    return new Message(header, payload, Optional.empty(), Optional.empty());
  }

  /**
   * Reads a message.
   *
   * @throws FormatException with the field and its offset if the octets are no message of ours
   */
  public static Message parse(Octets octets) {
    return read(FieldReader.of(octets));
  }

  /**
   * Reads a message and lists its fields.
   *
   * @throws FormatException as {@link #parse(Octets)} does
   */
  public static Explanation explain(Octets octets) {
    List<Field> fields = new ArrayList<>();
    Message message = parse(octets, fields);
    return new Explanation(message, List.copyOf(fields));
  }

  /**
   * Reads a message and adds each field to {@code fields} as it is read, so that a refusal leaves
   * there what stands before it.
   *
   * @throws FormatException as {@link #parse(Octets)} does
   */
  public static Message parse(Octets octets, List<Field> fields) {
    return read(FieldReader.recording(octets, fields));
  }

  private static Message read(FieldReader in) {
    if (in.peek() == MAC_TAG) {
      return readWithMac(in);
    }
    GroupingHeader header = GroupingHeader.read(in);
    Payload payload = readPayload(header, in);
    boolean preCommand = header.craFlag() == CraFlag.COMMAND && in.remaining() == 0;
    Optional<Octets> signature =
        preCommand ? Optional.empty() : Optional.of(readSignature(in).orElseThrow(() -> bare(in)));
    in.end("message");
    return new Message(header, payload, signature, Optional.empty());
  }

  private static Message readWithMac(FieldReader in) {
    in.constant("MAC header", MAC_HEADER);
    FieldReader body = in.part("MAC header", in.length("MAC header length"));
    in.end("message");
    body.constant("security header", SECURITY_HEADER);
    body.means("authenticated, invocation counter 0");
    GroupingHeader header = GroupingHeader.read(body);
    Payload payload = readPayload(header, body);
    Optional<Octets> signature = readSignature(body);
    Octets mac = body.octets("MAC", MacKey.TAG_LENGTH);
    body.end("message");
    return new Message(header, payload, signature, Optional.of(mac));
  }

  private static Payload readPayload(GroupingHeader header, FieldReader in) {
    int length = in.length("content length");
    return header.messageCode().read(header.craFlag(), in.part("payload", length));
  }

  private static Optional<Octets> readSignature(FieldReader in) {
    int at = in.position();
    int length = in.uint8("signature length");
    if (length != 0 && length != P256PublicKey.SIGNATURE_LENGTH) {
      throw new FormatException("signature length", at, Integer.toString(length), "0 or 64");
    }
    return length == 0 ? Optional.empty() : Optional.of(in.octets("signature", length));
  }

  private static FormatException bare(FieldReader in) {
    return new FormatException(
        "signature length", in.position() - 1, "0", "64 in a message without MAC");
  }

  /** Grouping header. */
  public GroupingHeader header() {
    return header;
  }

  /** What the message says. */
  public Payload payload() {
    return payload;
  }

  /** 64 octets, r and s. */
  public Optional<Octets> signature() {
    return signature;
  }

  /** 12 octets. */
  public Optional<Octets> mac() {
    return mac;
  }

  /** What the message is. */
  public Kind kind() {
    return switch (header.craFlag()) {
      case COMMAND -> mac.isPresent() ? Kind.COMMAND : Kind.PRE_COMMAND;
      case RESPONSE -> Kind.RESPONSE;
      case ALERT -> Kind.ALERT;
    };
  }

  /** This message with the originator's signature; a MAC that it had is gone. */
  public Message sign(PrivateKey originator) {
    return new Message(
        header, payload, Optional.of(originator.sign(signedOctets())), Optional.empty());
  }

  /** This message with {@code signature}, such as one made elsewhere. */
  public Message withSignature(Octets signature) {
    if (signature.length() != P256PublicKey.SIGNATURE_LENGTH) {
      throw new IllegalArgumentException(
          "signature has " + signature.length() + " octets, allowed 64");
    }
    return new Message(header, payload, Optional.of(signature), Optional.empty());
  }

  /**
   * This message with a MAC.
   *
   * @param mine key agreement key of one end: the access control broker's for a command, the
   *     device's for a response or alert
   * @param theirs key agreement key of the other end: the device's for a command, the recipient's
   *     for a response or alert
   */
  public Message addMac(PrivateKey mine, P256PublicKey theirs) {
    return new Message(header, payload, signature, Optional.of(macOf(mine, theirs)));
  }

  /** The MAC that these keys give this message. */
  Octets macOf(PrivateKey mine, P256PublicKey theirs) {
    return MacKey.derive(mine, theirs, header.keyDerivationInfo())
        .tag(
            header.originator().octets().concat(INVOCATION_COUNTER),
            AUTHENTICATED_HEADER.concat(body()));
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
    if (signature.isEmpty() && header.craFlag() != CraFlag.COMMAND) {
      throw new IllegalStateException(
          header.craFlag().officialName() + " has neither signature nor MAC");
    }
    return signature.isPresent() ? body() : content();
  }

  private Octets content() {
    Octets octets = payload.octets();
    return header.octets(octets.length()).concat(octets);
  }

  private Octets body() {
    Octets end = signature.orElse(Octets.EMPTY);
    return content().concat(Octets.fromHex(Width.hex(end.length(), 2)).concat(end));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Message that
        && header.equals(that.header)
        && payload.equals(that.payload)
        && signature.equals(that.signature)
        && mac.equals(that.mac);
  }

  @Override
  public int hashCode() {
    return Objects.hash(header, payload, signature, mac);
  }

  @Override
  public String toString() {
    return kind() + " " + header.messageCode().useCase() + " " + header + " " + payload;
  }
}
