// SPDX-License-Identifier: Apache-2.0
package org.hanota.headendsql;

/**
 * A database did not do what it was asked for. Nothing of it was kept, or, where the connection
 * broke at the end of a transaction, all of it: whoever gets this loads anew and sees.
 */
public class DatabaseFailed extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** For people: what failed, and what to do. */
  public DatabaseFailed(String message, Throwable cause) {
    super(message, cause);
  }

  DatabaseFailed(String message) {
    super(message);
  }
}
