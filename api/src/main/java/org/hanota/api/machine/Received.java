// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.machine;

import org.hanota.api.zcl.ZclMessage;

/**
 * A message from another node. Image data in it is a view into the frame, good until the call
 * returns; whoever keeps it copies it.
 *
 * @param source who sent it
 * @param message what
 * @param transactionSequence uint8
 * @param delivery how it came
 */
public record Received(
    Peer source, ZclMessage message, int transactionSequence, Delivery delivery) {}
