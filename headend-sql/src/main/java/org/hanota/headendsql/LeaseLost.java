// SPDX-License-Identifier: Apache-2.0
package org.hanota.headendsql;

/** Another process acts now: this one has kept nothing, and must say and send nothing. */
public final class LeaseLost extends DatabaseFailed {
  private static final long serialVersionUID = 1L;

  LeaseLost(String message) {
    super(message);
  }
}
