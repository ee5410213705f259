// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial;

import org.hanota.api.machine.Delivery;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.ForwardingMachine;
import org.hanota.api.machine.Machine;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Received;
import org.hanota.api.machine.SendResult;
import org.hanota.api.zcl.ImageBlockRequest;

/** A hub, and what passed through it. */
final class CountedHub extends ForwardingMachine {
  /** Block requests that came. */
  int blocks;

  /** Messages that came to the hub alone, by whether they were encrypted with a link key. */
  int encrypted;

  int plain;

  /** Messages that were not delivered. */
  int failures;

  CountedHub(Machine hub) {
    super(hub);
  }

  @Override
  public void onReceive(Now now, Received received, Effects effects) {
    if (received.message() instanceof ImageBlockRequest) {
      blocks++;
    }
    if (received.delivery() == Delivery.UNICAST_ENCRYPTED) {
      encrypted++;
    } else if (received.delivery() == Delivery.UNICAST) {
      plain++;
    }
    super.onReceive(now, received, effects);
  }

  @Override
  public void onSent(Now now, long sendId, SendResult result, Effects effects) {
    if (result != SendResult.DELIVERED) {
      failures++;
    }
    super.onSent(now, sendId, result, effects);
  }
}
