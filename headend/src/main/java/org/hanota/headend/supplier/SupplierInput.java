// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.supplier;

import org.hanota.api.Eui64;
import org.hanota.api.machine.Input;
import org.hanota.headend.request.CommandVariant;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.request.ServiceReference;
import org.hanota.headend.request.ServiceRequest;

/** What a supplier is told by the people who work there. */
public sealed interface SupplierInput extends Input {
  /**
   * Ask the DCC for something.
   *
   * @param target a device, or the DCC where it answers by itself
   * @param variant what is to become of it
   * @param service which service
   * @param body what is asked for
   */
  record Ask(Eui64 target, CommandVariant variant, ServiceReference service, ServiceRequest body)
      implements SupplierInput {
    /**
     * Asks for what names its service itself.
     *
     * @throws IllegalArgumentException if {@code body} does not
     */
    public Ask(Eui64 target, CommandVariant variant, ServiceRequest body) {
      this(
          target,
          variant,
          body.service()
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "body is " + body + ", allowed one that names its service")),
          body);
    }
  }

  /** Replace a damaged device; one that is under way for the same device goes on as it is. */
  record Replace(ReplacementPlan plan) implements SupplierInput {}

  /** The replacement of a device goes on where it was held. */
  record ResumeReplacement(Eui64 damaged) implements SupplierInput {}

  /** Nobody goes on with the replacement of a device. */
  record AbandonReplacement(Eui64 damaged, String reason) implements SupplierInput {}

  /**
   * Take back what the DCC has not said that it has: it is not put again, and a pre-command that
   * comes for it is not signed. What was put and takes effect may be at the DCC all the same and
   * stays open; without effect where the DCC has the request, or the signed command, already.
   */
  record Withdraw(MessageId request) implements SupplierInput {}

  /** Put again what was taken back and may be at the DCC: the same request, which acts once. */
  record PutAgain(MessageId request) implements SupplierInput {}
}
