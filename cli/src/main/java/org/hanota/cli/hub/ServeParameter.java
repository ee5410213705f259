// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import static org.hanota.api.Parameter.DAY;
import static org.hanota.api.Parameter.MINUTE;

import org.hanota.api.Parameter;
import org.hanota.api.Parameter.Mark;
import org.hanota.api.ParameterRow;

/** The table of what the process of a hub does where the hub does not serve. */
public enum ServeParameter implements ParameterRow {
  OUTAGE_PATIENCE(
      Parameter.row("outagePatience", 10 * MINUTE, 1, DAY, "ms", Mark.U)
          .clause("hanota H48")
          .means("a process whose hub does not serve for so long ends")
          .because("a full disk may be freed; what lasts longer needs somebody")),
  FAILURES_IN_A_ROW(
      Parameter.row("failuresInARow", 20, 1, 1_000_000, "failures", Mark.U)
          .clause("hanota H48")
          .means("so does one whose hub failed so often without a call that went well")
          .because("a hub that serves for moments only serves nobody"));

  @SuppressWarnings("ImmutableEnumChecker") // a record of immutable components
  private final Parameter parameter;

  ServeParameter(Parameter parameter) {
    this.parameter = parameter;
  }

  @Override
  public Parameter parameter() {
    return parameter;
  }
}
