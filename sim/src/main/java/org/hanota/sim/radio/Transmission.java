// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.radio;

import org.hanota.api.transport.Frame;

/**
 * What was once on the air: a try of a frame, of a part of one, or an acknowledgement.
 *
 * @param startNanos when its first octet was
 * @param endNanos when its last octet was
 * @param from number of the node that sent it
 * @param to number of the receiver, or {@link Channel#ALL}
 * @param frame what it carries, or acknowledges
 * @param fragment which part of the frame, from 0
 * @param fragments how many parts the frame has
 * @param octets its length, check sequence included
 * @param sequence the same for all tries and their acknowledgements
 * @param repetition 0 for the first try; of an acknowledgement, too
 * @param isDamaged whether another one was on the air at the same time
 * @param isAcknowledgement whether it is one
 */
public record Transmission(
    long startNanos,
    long endNanos,
    int from,
    int to,
    Frame frame,
    int fragment,
    int fragments,
    int octets,
    long sequence,
    int repetition,
    boolean isDamaged,
    boolean isAcknowledgement) {}
