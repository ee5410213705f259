// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.machine;

import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.control.WanLink;

/**
 * What a node has for somebody beyond its home, over a wide area network. A hub has these three for
 * its head end; the machines of a head end have a sealed set of their own.
 */
public interface ToWan {
  /** A GBCS message. */
  record GbcsMessage(Octets octets) implements ToWan {}

  /** A device has every part of an image before this one, which the hub does not hold. */
  record PartWanted(Eui64 device, ImageId part) implements ToWan {}

  /** What became of a delivery of the head end. */
  record DeliveryEnded(long number, WanLink.End end) implements ToWan {}
}
