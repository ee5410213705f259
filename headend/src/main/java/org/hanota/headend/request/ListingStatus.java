// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.request;

/** What the Central Products List says of a device's model or firmware. [DUIS schema] */
public enum ListingStatus implements Coded {
  /** May be used. */
  ACTIVE("Active"),
  /** Taken back. */
  CANCELLED("Cancelled"),
  /** Its time is over. */
  EXPIRED("Expired"),
  /** May no longer be used. */
  WITHDRAWN("Withdrawn");

  private final String word;

  ListingStatus(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
