// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.payload;

import java.util.List;
import org.hanota.gbcs.field.Coded;

/** Command, response or alert: the CRA flag of the grouping header. */
public enum CraFlag implements Coded {
  /** From a remote party to a device. */
  COMMAND(1, "command"),
  /** From a device, to a command. */
  RESPONSE(2, "response"),
  /** From a device, of its own accord. */
  ALERT(3, "alert");

  /** All flags in the order of their codes. */
  public static final List<CraFlag> ALL = List.of(values());

  private final int code;
  private final String officialName;

  CraFlag(int code, String officialName) {
    this.code = code;
    this.officialName = officialName;
  }

  @Override
  public int code() {
    return code;
  }

  @Override
  public String officialName() {
    return officialName;
  }
}
