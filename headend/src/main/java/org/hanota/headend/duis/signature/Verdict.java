// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.duis.signature;

import org.hanota.gbcs.key.Certificate;
import org.hanota.headend.request.DuisMessage;
import org.hanota.headend.request.Response;

/** What became of a check. */
public sealed interface Verdict {
  /**
   * The message may be acted on.
   *
   * @param message as it stands in the octets that were digested
   * @param signer whose signature it bears
   */
  record Verified(DuisMessage message, Certificate signer) implements Verdict {}

  /**
   * An acknowledgement, which nobody signs: only the connection on which it came says whose it is.
   */
  record Acknowledgement(Response response) implements Verdict {}

  /**
   * The message may not be acted on.
   *
   * @param step the first one that failed
   * @param reason what was found and what is allowed
   */
  record Refused(SignatureStep step, String reason) implements Verdict {}
}
