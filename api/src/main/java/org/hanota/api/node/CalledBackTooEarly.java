// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.node;

import org.hanota.api.transport.Transport;

/**
 * A {@link Transport} called back from inside one of its own methods, which its contract excludes:
 * the node would be entered again while it still deals with the call before. A transport keeps what
 * it has to say and says it later, in a task of its scheduler or on its own thread.
 */
public final class CalledBackTooEarly extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  CalledBackTooEarly(Class<? extends Transport> transport, String callback, String method) {
    super(
        transport.getName()
            + " called "
            + callback
            + " from inside "
            + method
            + ", allowed only after it has returned: call back in a task of the scheduler");
  }
}
