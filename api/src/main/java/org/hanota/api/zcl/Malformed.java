// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.zcl;

import org.hanota.api.FormatException;

/**
 * A frame that could not be decoded, or whose command is not known. The endpoint answers it with
 * {@code status}; a machine never sees it.
 *
 * @param clusterId the cluster it came for
 * @param direction which side sent it
 * @param commandId the command id in its header
 * @param general whether that is a general command and not one of the cluster
 * @param status how ZCL names the fault
 * @param fault where, what was found, what is allowed
 */
public record Malformed(
    int clusterId,
    Direction direction,
    int commandId,
    boolean general,
    ZclStatus status,
    FormatException fault)
    implements ZclMessage {}
