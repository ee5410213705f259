// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.control.WanLink;

/** What a hub says to its head end. */
public sealed interface HubWord {
  /** It is there, and has nothing yet of what is for it. */
  record Came() implements HubWord {}

  /** A GBCS message; it comes again until {@link GrpcHeadEnd#heard} was said of it. */
  record Message(Octets octets) implements HubWord {}

  /** A device has every part of an image before this one. */
  record Wants(Eui64 device, ImageId part) implements HubWord {}

  /** What became of a delivery. */
  record Ended(long number, WanLink.End end) implements HubWord {}
}
