// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import org.hanota.api.machine.Event;
import org.hanota.api.machine.Peer;

/** What happens to connections and links, for logs, metrics and tests. */
public sealed interface HanEvent extends Event {
  /** A stream to the other side is there; {@code remote} is its address, {@code name} its name. */
  record Connected(String remote, String name) implements HanEvent {}

  /** A stream ended. */
  record Disconnected(String remote, String reason) implements HanEvent {}

  /** The other side takes no stream from us, and another attempt would end in the same way. */
  record Rejected(String remote, String reason) implements HanEvent {}

  /** A device has its link. */
  record Joined(Peer device, String remote) implements HanEvent {}

  /** A device's link is gone. */
  record Left(Peer device, String reason) implements HanEvent {}

  /**
   * Somebody was refused: {@code who} names the address or certificate, {@code reason} the rule.
   */
  record Refused(String remote, String who, String reason) implements HanEvent {
    /** For people: a handshake does not know from where it comes. */
    public String words() {
      return "refused " + who + (remote.isEmpty() ? "" : " from " + remote) + ": " + reason;
    }
  }

  /** The list of revoked certificates cannot be read again, or has ended; the old one counts. */
  record RevocationsNotRead(String reason) implements HanEvent {}

  /** The next attempt to connect comes after {@code pauseMillis}. */
  record Reconnecting(String remote, int attempt, long pauseMillis) implements HanEvent {}

  /** A thread that accepts or serves connections has died; the hub must be started anew. */
  record ServerDied(String thread) implements HanEvent {}

  /** A receiver threw; a fault of whoever wrote it. The transport goes on. */
  record CallbackFailed(Peer node, Throwable fault) implements HanEvent {}
}
