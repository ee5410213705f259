// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import static org.hanota.api.Parameter.HOUR;
import static org.hanota.api.Parameter.MINUTE;
import static org.hanota.api.Parameter.SECOND;

import org.hanota.api.Parameter;
import org.hanota.api.Parameter.Mark;
import org.hanota.api.ParameterRow;
import org.hanota.api.ParameterValues;
import org.hanota.cli.hub.WebLimits;

/** The table of the two HTTP ends between users and the DCC. */
public enum HttpParameter implements ParameterRow {
  CONNECTIONS(
      Parameter.row("headEndConnections", 256, 1, 65_535, "connections", Mark.U)
          .clause("hanota H110")
          .means("connections to an HTTP end at once; with so many, idle ones are closed sooner")
          .because("some tens of users with a few connections each")),
  CONNECTIONS_OF_ONE(
      Parameter.row("headEndConnectionsOfOne", 16, 1, 65_535, "connections", Mark.U)
          .clause("hanota H110")
          .means("connections of one address at once; one more is closed")
          .because("nobody takes all places from one address")),
  THREADS(
      Parameter.row("headEndThreads", 16, 4, 1_024, "threads", Mark.U)
          .clause("hanota H110")
          .means("threads that check requests; two accept and read")
          .because("a signature of a large image takes a tenth of a second")),
  HEADER_OCTETS(
      Parameter.row("headEndHeaderOctets", 4_096, 512, 1 << 20, "octets", Mark.U)
          .clause("hanota H110")
          .means("the longest header of a request")
          .because("what a request says stands in its body")),
  IDLE(
      Parameter.row("headEndIdle", 10 * SECOND, 1, HOUR, "ms", Mark.U)
          .clause("hanota H110")
          .means("a connection on which nothing comes for so long is closed")
          .because("a user's system opens another one at once")),
  IDLE_WHILE_FULL(
      Parameter.row("headEndIdleWhileFull", SECOND, 1, HOUR, "ms", Mark.U)
          .clause("hanota H110")
          .means("the same while there are headEndConnections")
          .because("whoever waits is let in within a second")),
  HANDSHAKE_WITHIN(
      Parameter.row("headEndHandshakeWithin", 5 * SECOND, 1, HOUR, "ms", Mark.U)
          .clause("hanota H110")
          .means("a connection whose TLS handshake is not over after so long is closed")
          .because("an honest handshake takes milliseconds, a stranger's may never end")),
  REQUEST_WITHIN(
      Parameter.row("headEndRequestWithin", 15 * SECOND, 1, HOUR, "ms", Mark.U)
          .clause("hanota H110")
          .means("a connection on which no request begins for so long is closed")
          .because("a header that comes octet by octet is never idle")),
  BODY_WITHIN(
      Parameter.row("headEndBodyWithin", 2 * MINUTE, 1, HOUR, "ms", Mark.U)
          .clause("hanota H110")
          .means("a body that has not come whole so long after its header is cut off")
          .because("an 11.1 of 16 MiB at 1.2 Mbit/s")),
  BODIES_OCTETS(
      Parameter.row("headEndBodiesOctets", 64L << 20, 1, 1L << 40, "octets", Mark.U)
          .clause("hanota H110")
          .means("octets of bodies that are held at once, over all connections; more get a 503")
          .because("four of the largest requests, far below any heap")),
  ANSWER_WITHIN(
      Parameter.row("headEndAnswerWithin", 30 * SECOND, 1, HOUR, "ms", Mark.U)
          .clause("hanota H110")
          .means("what has no acknowledgement so long after its last octet gets a 504")
          .because("longer than a restart of the machines behind")),
  PUSHES(
      Parameter.row("headEndPushes", 64, 1, 65_535, "messages", Mark.U)
          .clause("hanota H110")
          .means("messages that are under way to users' receive services at once")
          .because("each is a connection and a descriptor")),
  PUSHES_OF_ONE(
      Parameter.row("headEndPushesOfOne", 8, 1, 65_535, "messages", Mark.U)
          .clause("hanota H110")
          .means("the same of one user")
          .because("a service that answers slowly keeps no other user waiting")),
  PUSH_WITHIN(
      Parameter.row("headEndPushWithin", 20 * SECOND, 1, HOUR, "ms", Mark.U)
          .clause("hanota H110")
          .means("a receive service that has not answered whole after so long gets it again")
          .because("less than letterRetry, so that one attempt is under way"));

  @SuppressWarnings("ImmutableEnumChecker") // a record of immutable components
  private final Parameter parameter;

  HttpParameter(Parameter parameter) {
    this.parameter = parameter;
  }

  @Override
  public Parameter parameter() {
    return parameter;
  }

  static WebLimits limits(ParameterValues<HttpParameter> values) {
    return new WebLimits(
        values.getInt(HttpParameter.CONNECTIONS),
        values.getInt(HttpParameter.CONNECTIONS_OF_ONE),
        values.getInt(HttpParameter.THREADS),
        values.getInt(HttpParameter.HEADER_OCTETS),
        values.get(HttpParameter.IDLE),
        values.get(HttpParameter.IDLE_WHILE_FULL),
        values.get(HttpParameter.HANDSHAKE_WITHIN),
        values.get(HttpParameter.REQUEST_WITHIN),
        values.get(HttpParameter.BODY_WITHIN));
  }
}
