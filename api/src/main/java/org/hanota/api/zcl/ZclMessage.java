// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.zcl;

/** A decoded ZCL frame without its header's bookkeeping. */
public sealed interface ZclMessage
    permits OtaCommand,
        DefaultResponse,
        ReadAttributes,
        ReadAttributesResponse,
        Tunnelled,
        Malformed {
  /** The cluster it belongs to. */
  int clusterId();

  /** Which side sends it. */
  Direction direction();

  /** The command id in its ZCL header. */
  int commandId();
}
