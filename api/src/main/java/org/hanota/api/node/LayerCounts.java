// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.node;

/**
 * What each layer of an endpoint saw since it was made.
 *
 * @param framesReceived frames that the transport brought
 * @param framesSent frames given to the transport
 * @param delivered results of that kind
 * @param notAcknowledged results NO_ACK
 * @param noRoute results NO_ROUTE
 * @param busy results BUSY
 * @param dropped results DROPPED
 * @param withoutHeader frames too short to be answered
 * @param malformed frames that were no legal command
 * @param unsupported frames with a command that this node does not have
 * @param notEncrypted unicast frames without the APS encryption that the profile demands
 * @param defaultResponsesSent default responses that the endpoint sent by itself
 * @param messagesDelivered messages given to the machine
 */
public record LayerCounts(
    long framesReceived,
    long framesSent,
    long delivered,
    long notAcknowledged,
    long noRoute,
    long busy,
    long dropped,
    long withoutHeader,
    long malformed,
    long unsupported,
    long notEncrypted,
    long defaultResponsesSent,
    long messagesDelivered) {}
