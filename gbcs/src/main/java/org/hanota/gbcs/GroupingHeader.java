// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs;

import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.Width;
import org.hanota.gbcs.field.CosemDateTime;
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

  /** The header of {@code envelope}, whose message code is one of ours. */
  static GroupingHeader of(Envelope envelope) {
    return new GroupingHeader(
        envelope.craFlag(),
        envelope.originatorCounter(),
        envelope.originator(),
        envelope.recipient(),
        envelope.dateTime(),
        MessageCode.of(envelope.messageCode()).orElseThrow(),
        envelope.supplementary());
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
