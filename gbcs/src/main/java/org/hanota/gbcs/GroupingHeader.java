// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs;

import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.Width;
import org.hanota.gbcs.field.CosemDateTime;
import org.hanota.gbcs.field.Der;
import org.hanota.gbcs.field.FieldReader;
import org.hanota.gbcs.payload.CraFlag;
import org.hanota.gbcs.payload.MessageCode;

/**
 * What stands in front of every payload: who says what to whom.
 *
 * @param craFlag command, response or alert
 * @param originatorCounter unsigned 64 bits; a response repeats the command's
 * @param originator who sends
 * @param recipient for whom
 * @param dateTime when, in the responses that carry it
 * @param messageCode which message
 * @param supplementary on whose behalf the access control broker sends
 */
public record GroupingHeader(
    CraFlag craFlag,
    long originatorCounter,
    Eui64 originator,
    Eui64 recipient,
    Optional<CosemDateTime> dateTime,
    MessageCode messageCode,
    Optional<Supplementary> supplementary) {
  /** The first octet, which the signature does not cover. */
  static final int TAG = 0xDF;

  /** Octets of flag and counter behind the length of the transaction identifier. */
  private static final int TRANSACTION_LENGTH = 9;

  private static final int OTHER_INFORMATION_SHORT = 2;
  private static final int OTHER_INFORMATION_LONG = 18;

  /** Checks that the message code has such a message. */
  public GroupingHeader {
    if (!messageCode.flags().contains(craFlag)) {
      throw new IllegalArgumentException(
          "craFlag is " + craFlag + ", allowed for " + messageCode + " " + messageCode.flags());
    }
  }

  /** A command without supplementary party. */
  public static GroupingHeader command(
      MessageCode messageCode, long originatorCounter, Eui64 originator, Eui64 recipient) {
    return of(CraFlag.COMMAND, messageCode, originatorCounter, originator, recipient);
  }

  /** An alert. */
  public static GroupingHeader alert(
      MessageCode messageCode, long originatorCounter, Eui64 originator, Eui64 recipient) {
    return of(CraFlag.ALERT, messageCode, originatorCounter, originator, recipient);
  }

  private static GroupingHeader of(
      CraFlag flag, MessageCode code, long counter, Eui64 originator, Eui64 recipient) {
    return new GroupingHeader(
        flag, counter, originator, recipient, Optional.empty(), code, Optional.empty());
  }

  /** The header of the response to this command. */
  public GroupingHeader response() {
    return new GroupingHeader(
        CraFlag.RESPONSE,
        originatorCounter,
        /* originator= */ recipient,
        /* recipient= */ originator,
        Optional.empty(),
        messageCode,
        supplementary);
  }

  /** The same header with a time. */
  public GroupingHeader at(CosemDateTime time) {
    return new GroupingHeader(
        craFlag,
        originatorCounter,
        originator,
        recipient,
        Optional.of(time),
        messageCode,
        supplementary);
  }

  /** The same header, sent on behalf of {@code remoteParty}. */
  public GroupingHeader onBehalfOf(Eui64 remoteParty, long counter) {
    return new GroupingHeader(
        craFlag,
        originatorCounter,
        originator,
        recipient,
        dateTime,
        messageCode,
        Optional.of(new Supplementary(remoteParty, counter)));
  }

  static GroupingHeader read(FieldReader in) {
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
    MessageCode code = in.code16("message code", MessageCode.ALL);
    if (!code.flags().contains(flag)) {
      throw new FormatException(
          "CRA flag", flagAt, flag.officialName(), code.flags() + " of " + code.useCase());
    }
    Optional<Supplementary> supplementary =
        length == OTHER_INFORMATION_SHORT
            ? Optional.empty()
            : Optional.of(
                new Supplementary(
                    in.eui64("supplementary remote party"),
                    in.uint64("supplementary remote party counter")));
    return new GroupingHeader(flag, counter, originator, recipient, time, code, supplementary);
  }

  private static Optional<CosemDateTime> readTime(FieldReader in) {
    int at = in.position();
    int length = in.uint8("date-time length");
    if (length != 0 && length != CosemDateTime.LENGTH) {
      throw new FormatException("date-time length", at, Integer.toString(length), "0 or 12");
    }
    return length == 0 ? Optional.empty() : Optional.of(in.cosemDateTime("date-time"));
  }

  /** The header in front of a payload of {@code contentLength} octets. */
  Octets octets(int contentLength) {
    OctetWriter out = new OctetWriter(64).uint8(TAG);
    out.octets(transaction());
    out.uint8(Long.BYTES).octets(recipient.octets());
    if (dateTime.isPresent()) {
      out.uint8(CosemDateTime.LENGTH).octets(dateTime.get().octets());
    } else {
      out.uint8(0);
    }
    out.uint8(supplementary.isPresent() ? OTHER_INFORMATION_LONG : OTHER_INFORMATION_SHORT)
        .uint16be(messageCode.code());
    supplementary.ifPresent(s -> out.int64be(s.remoteParty().value()).int64be(s.counter()));
    return out.octets(Der.length(contentLength)).toOctets();
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
  Octets keyDerivationInfo() {
    return new OctetWriter(26)
        .octets(originator.octets())
        .uint8(TRANSACTION_LENGTH)
        .uint8(craFlag.code())
        .int64be(originatorCounter)
        .octets(recipient.octets())
        .view();
  }

  /** The party whose keys, with the device's, make the MAC. */
  Eui64 macParty(Eui64 accessControlBroker) {
    return craFlag == CraFlag.COMMAND ? accessControlBroker : recipient;
  }

  /** The low 24 bits of the counter, which DLMS payloads repeat. */
  public int longInvokeId() {
    return (int) (originatorCounter & Width.UINT24_MAX);
  }

  /** The device at one end of the message. */
  public Eui64 device() {
    return craFlag == CraFlag.COMMAND ? recipient : originator;
  }
}
