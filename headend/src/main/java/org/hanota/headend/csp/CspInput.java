// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.csp;

import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.control.WanLink;
import org.hanota.api.machine.Input;

/** What a CSP hears from hubs. */
public sealed interface CspInput extends Input {
  /** What a hub says of what was sent under that number. */
  static CspInput ended(Eui64 hub, long number, WanLink.End end) {
    return end instanceof WanLink.End.Refused refused
        ? new HubRefused(hub, number, refused.reason())
        : new HubTook(hub, number);
  }

  /** A hub has come back, and has nothing of what it has not confirmed. */
  record HubCame(Eui64 hub) implements CspInput {}

  /** A hub has kept what was sent under that number. */
  record HubTook(Eui64 hub, long number) implements CspInput {}

  /** A hub does not take what was sent under that number. */
  record HubRefused(Eui64 hub, long number, String reason) implements CspInput {}

  /**
   * A GBCS message of a hub or of one of its devices. The hub sends it again until it is told that
   * it was {@linkplain HubHeard heard}.
   */
  record HubSaid(Eui64 hub, Octets message) implements CspInput {}

  /** A device of a hub has every part of an image before this one. */
  record HubWants(Eui64 hub, Eui64 device, ImageId part) implements CspInput {}
}
