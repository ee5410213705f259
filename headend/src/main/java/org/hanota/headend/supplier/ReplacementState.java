// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.supplier;

/** How far the replacement of a damaged device got. */
public enum ReplacementState {
  /** Nothing was asked yet. */
  PLANNED,
  /** 12.2: the new device is announced. */
  NOTIFYING,
  /** 8.2: whether the inventory expects the new device, before the old one is taken out. */
  CHECKING,
  /** 8.8: the devices that knew the old one forget it, one after the other. */
  UNJOINING,
  /** 8.11: the hub removes the old one. */
  REMOVING,
  /** 8.12.1: the new hub gets the device log of the old one. */
  RESTORING,
  /** 8.3: the old one goes out of service for good. */
  DECOMMISSIONING,
  /** 8.11: the hub lets the new one in. */
  WHITELISTING,
  /** 8.9: until the new one is in the hub's log. */
  AWAITING,
  /** 8.7: the new one and its partners are told of each other. */
  JOINING,
  /** 8.1.1: a meter's clock is set, and it goes into service. */
  COMMISSIONING,
  /** The new one is in service. */
  REPLACED,
  /** A step was refused or came to no answer: a person looks, and resumes or abandons. */
  HELD,
  /** Nobody goes on with it. */
  ABANDONED
}
