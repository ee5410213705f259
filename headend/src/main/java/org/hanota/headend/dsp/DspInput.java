// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.machine.Input;
import org.hanota.headend.estate.CompatibilityRule;
import org.hanota.headend.estate.Device;
import org.hanota.headend.estate.Listing;
import org.hanota.headend.estate.Registration;
import org.hanota.headend.estate.User;
import org.hanota.headend.estate.UserRole;
import org.hanota.headend.request.MessageId;

/** What a DSP is told besides letters: by those who keep its registers. */
public sealed interface DspInput extends Input {
  /** A user is new, or has other roles. */
  record UserKnown(User user) implements DspInput {}

  /** A device is in the inventory. */
  record DeviceKnown(Device device) implements DspInput {}

  /** An entry of the Central Products List is new, or its status is another one. */
  record Listed(Listing listing) implements DspInput {}

  /**
   * A file that is read at each start says so. What it said the last time too changes nothing: what
   * was learned since then from devices, users and people stands.
   */
  record Said(DspInput what) implements DspInput {}

  /** Two kinds of devices do not work together. */
  record RuleKnown(CompatibilityRule rule) implements DspInput {}

  /** A supply has a supplier, or will have another one. */
  record Registered(Registration registration) implements DspInput {}

  /** Nothing of this user is acted on from now on, or it is again. */
  record UserSuspended(Eui64 user, boolean isSuspended) implements DspInput {}

  /**
   * A home has another supplier.
   *
   * @param hub the home's
   * @param role in which role
   * @param gaining the new one; empty for none
   */
  record SupplierChanged(Eui64 hub, UserRole role, Optional<Eui64> gaining) implements DspInput {}

  /** What anomaly detection held back goes on, or does not. */
  record Judged(MessageId request, boolean isReleased) implements DspInput {}
}
