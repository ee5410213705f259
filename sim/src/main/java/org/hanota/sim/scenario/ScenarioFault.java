// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.scenario;

/** A text is no scenario: its message names line and column, what was found and what is allowed. */
public final class ScenarioFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ScenarioFault(String message) {
    super(message);
  }
}
