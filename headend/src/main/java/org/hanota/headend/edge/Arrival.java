// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.edge;

import java.util.Optional;
import org.hanota.headend.letter.Content;
import org.hanota.headend.request.Response;

/** What became of a message that a user sent to the DCC. */
public sealed interface Arrival {
  /** It is the user's own, of now, and goes to the DSP. */
  record Called(Content.ServiceCall call) implements Arrival {}

  /**
   * Nobody acts on it.
   *
   * @param acknowledgement what DUIS has to say so; empty where the message has no RequestID that
   *     could be read
   * @param reason what was found and what is allowed
   */
  record Refused(Optional<Response> acknowledgement, String reason) implements Arrival {}
}
