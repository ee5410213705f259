// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.machine;

import java.util.Optional;

/** What an application, a log or a test wants to know. */
public interface Event {
  /**
   * What was thrown in storage, in a transport or in the node itself, if that is what happened; a
   * node whose events nobody hears throws it in a task of its scheduler.
   */
  default Optional<Throwable> thrown() {
    return Optional.empty();
  }
}
