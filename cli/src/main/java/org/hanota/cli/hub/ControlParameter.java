// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import static org.hanota.api.Parameter.HOUR;
import static org.hanota.api.Parameter.SECOND;

import org.hanota.api.Parameter;
import org.hanota.api.Parameter.Mark;
import org.hanota.api.ParameterRow;

/** The table of the commands that steer a hub. */
public enum ControlParameter implements ParameterRow {
  ANSWER(
      Parameter.row("controlAnswer", 10 * SECOND, 1, HOUR, "ms", Mark.U)
          .clause("hanota H47")
          .means("how long a command waits for the answer of a hub")
          .because("a hub answers in milliseconds; one asked at a bad moment gets many of them"));

  @SuppressWarnings("ImmutableEnumChecker") // a record of immutable components
  private final Parameter parameter;

  ControlParameter(Parameter parameter) {
    this.parameter = parameter;
  }

  @Override
  public Parameter parameter() {
    return parameter;
  }
}
