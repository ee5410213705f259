// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.field;

/** A value of an enumeration that has a number on the wire and an official name. */
public interface Coded {
  /** The number on the wire. */
  int code();

  /** The name that the standard gives the number. */
  String officialName();
}
