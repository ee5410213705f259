// SPDX-License-Identifier: Apache-2.0
package org.hanota.otaformat;

/** What a {@link Verifier} decided. */
public sealed interface Verification {
  /** The image may run. */
  record Verified(VerifiedImage image) implements Verification {}

  /**
   * The image may not run.
   *
   * @param step the step that failed
   * @param reason what was found and what is allowed, in one line
   */
  record Refused(VerificationStep step, String reason) implements Verification {}
}
