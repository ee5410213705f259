// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.supplier;

import java.util.Optional;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.request.Request;
import org.hanota.headend.request.ResponseCode;
import org.hanota.headend.store.Stored;

/**
 * A request of a supplier and how far it got.
 *
 * @param request what was asked
 * @param letter the number of the letter with it
 * @param signedLetter the number of the letter with the signed pre-command
 * @param state how far
 * @param code the last response code
 * @param expiresUtcMillis when it has expired unless something happens; once it has ended, when it
 *     is forgotten
 */
public record Dialogue(
    Request request,
    long letter,
    Optional<Long> signedLetter,
    DialogueState state,
    Optional<ResponseCode> code,
    long expiresUtcMillis)
    implements Stored {
  /** Which request. */
  public MessageId id() {
    return request.id();
  }

  Dialogue in(DialogueState next, Optional<ResponseCode> said) {
    return new Dialogue(request, letter, signedLetter, next, said.or(() -> code), expiresUtcMillis);
  }

  Dialogue forgottenAt(long utcMillis) {
    return new Dialogue(request, letter, signedLetter, state, code, utcMillis);
  }

  Dialogue signedBy(long number) {
    return new Dialogue(request, letter, Optional.of(number), state, code, expiresUtcMillis);
  }

  @Override
  public String key() {
    return "dialogue " + id();
  }
}
