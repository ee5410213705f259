// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

/** Why a hub does not serve, in words for its operator. */
public final class Outage {
  private Outage() {}

  /** What the fault says of itself; its kind, if it says nothing. */
  public static String reason(Throwable fault) {
    String said = fault.getMessage();
    return said == null || said.isBlank() ? fault.getClass().getSimpleName() : said;
  }
}
