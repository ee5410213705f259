// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.catalogue.planted;

import org.hanota.hub.offer.Queue;

/** A catalogue that reaches into the queue of offers. */
public final class KnowsTheQueue {
  private KnowsTheQueue() {}

  /** What no catalogue may know. */
  public static int waiting(Queue queue) {
    return queue.waiting();
  }
}
