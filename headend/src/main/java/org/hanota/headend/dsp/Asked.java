// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import java.util.Optional;
import org.hanota.api.Octets;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.request.Request;
import org.hanota.headend.request.Response;
import org.hanota.headend.store.Stored;

/**
 * A request and what was said to it: the same request again gets the same answer and does nothing.
 *
 * @param request as it came
 * @param acknowledgement what was answered at once
 * @param preCommand the pre-command that was given out
 * @param signed the signed pre-command and its acknowledgement, once it came
 * @param waiting what is waited for, if anything is
 */
public record Asked(
    Request request,
    Response acknowledgement,
    Optional<Octets> preCommand,
    Optional<Signed> signed,
    Optional<Waiting> waiting)
    implements Stored {
  /**
   * Something happens unless something else does before.
   *
   * @param utcMillis when
   * @param isForItsTime whether the command is to be sent then; else its answer is late then
   */
  public record Waiting(long utcMillis, boolean isForItsTime) {}

  /** The second half of a critical request. */
  public record Signed(Request request, Response acknowledgement) {}

  /** A request that nothing is waited for. */
  static Asked of(Request request, Response acknowledgement) {
    return new Asked(
        request, acknowledgement, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Which request. */
  public MessageId id() {
    return request.id();
  }

  /** Whether it was accepted. */
  public boolean isAccepted() {
    return !acknowledgement.code().isError();
  }

  Asked preCommand(Octets given) {
    return new Asked(request, acknowledgement, Optional.of(given), signed, waiting);
  }

  Asked signed(Signed with) {
    return new Asked(request, acknowledgement, preCommand, Optional.of(with), waiting);
  }

  Asked waitsFor(Waiting next) {
    return new Asked(request, acknowledgement, preCommand, signed, Optional.of(next));
  }

  Asked waitsForNothing() {
    return new Asked(request, acknowledgement, preCommand, signed, Optional.empty());
  }

  @Override
  public String key() {
    return key(id());
  }

  /** The key of the request with that id. */
  static String key(MessageId id) {
    return "request " + id;
  }
}
