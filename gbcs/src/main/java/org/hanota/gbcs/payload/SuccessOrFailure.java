// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs.payload;

import java.util.List;
import org.hanota.gbcs.field.Coded;

/** The two outcomes of CS07, CS08 and CS09. */
public enum SuccessOrFailure implements Coded {
  /** It worked. */
  SUCCESS(0, "success"),
  /** It did not. */
  FAILURE(1, "failure");

  static final List<SuccessOrFailure> ALL = List.of(values());

  private final int code;
  private final String officialName;

  SuccessOrFailure(int code, String officialName) {
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
