// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.request;

import java.time.Instant;
import java.util.Optional;

/** A whole message between a user and the DCC. */
public sealed interface DuisMessage permits Request, Response {
  /** The version of DUIS that this project writes. */
  String SCHEMA_VERSION = "5.4";

  /** The version of DUIS in which it is written. */
  String schemaVersion();

  /** When it was sent, as far as it says so. */
  Optional<Instant> time();
}
