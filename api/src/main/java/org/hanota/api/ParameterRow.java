// SPDX-License-Identifier: Apache-2.0
package org.hanota.api;

/** A constant of an enum that is a table of parameters. */
public interface ParameterRow {
  /** What the row says. */
  Parameter parameter();
}
