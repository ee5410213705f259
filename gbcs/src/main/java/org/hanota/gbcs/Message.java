// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.gbcs.field.Field;
import org.hanota.gbcs.field.FieldReader;
import org.hanota.gbcs.payload.CraFlag;
import org.hanota.gbcs.payload.MessageCode;
import org.hanota.gbcs.payload.Payload;
import org.hanota.keys.P256PublicKey;
import org.hanota.keys.P256Signature;
import org.hanota.keys.P256Signer;
import org.hanota.keys.PrivateKey;

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

  private static final Envelope.Reading<GroupingHeader, Payload> KNOWN =
      new Envelope.Reading<>() {
        @Override
        public int messageCode(FieldReader in, CraFlag flag, int flagAt) {
          MessageCode code = in.code16("message code", MessageCode.ALL);
          if (!code.flags().contains(flag)) {
            throw new FormatException(
                "CRA flag", flagAt, flag.officialName(), code.flags() + " of " + code.useCase());
          }
          return code.code();
        }

        @Override
        public GroupingHeader header(Envelope head) {
          return GroupingHeader.of(head);
        }

        @Override
        public Payload payload(GroupingHeader header, FieldReader in) {
          return header.messageCode().read(header.craFlag(), in);
        }

        @Override
        public Octets octets(Payload payload) {
          return payload.octets();
        }
      };

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
   * @throws FormatException with the field and its offset if the octets are no GBCS message
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
    Envelope.Read<GroupingHeader, Payload> read = Envelope.read(in, KNOWN);
    return new Message(
        read.header(), read.payload(), read.envelope().signature(), read.envelope().mac());
  }

  /** Addresses and protection, with the payload as octets. */
  public Envelope envelope() {
    return new Envelope(
        header.craFlag(),
        header.originatorCounter(),
        header.originator(),
        header.recipient(),
        header.dateTime(),
        header.messageCode().code(),
        header.supplementary(),
        payload.octets(),
        signature,
        mac);
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

  /** The MAC, 12 octets, where the message has one. */
  public Optional<Octets> mac() {
    return mac;
  }

  /** What the message is. */
  public Kind kind() {
    return envelope().kind();
  }

  /** This message with the originator's signature; a MAC that it had is gone. */
  public Message sign(P256Signer originator) {
    return new Message(
        header, payload, Optional.of(originator.sign(signedOctets()).octets()), Optional.empty());
  }

  /** This message with {@code signature}, such as one made elsewhere. */
  public Message withSignature(Octets signature) {
    if (signature.length() != P256Signature.LENGTH) {
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
    return envelope().macOf(mine, theirs);
  }

  /** What the signature covers: header without its first octet, and payload. */
  public Octets signedOctets() {
    return envelope().signedOctets();
  }

  /**
   * The message as it is sent.
   *
   * @throws IllegalStateException if a response or alert has neither signature nor MAC
   */
  public Octets octets() {
    return envelope().octets();
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
