// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.request;

import java.time.Instant;
import java.util.Optional;

/**
 * From the DCC to a user: an acknowledgement, an answer or an alert.
 *
 * @param schemaVersion the version of DUIS
 * @param requestId the request that it answers; empty for an alert
 * @param responseId this answer or alert; empty where the DCC answers by itself
 * @param code what became of the request
 * @param responseDateTime when the DCC says it
 * @param body what it says
 */
public record Response(
    String schemaVersion,
    Optional<MessageId> requestId,
    Optional<MessageId> responseId,
    ResponseCode code,
    Instant responseDateTime,
    ResponseBody body)
    implements DuisMessage {
  public Response {
    IllegalField.text("schemaVersion", schemaVersion, 1, 8);
  }

  @Override
  public Optional<Instant> time() {
    return Optional.of(responseDateTime);
  }

  /**
   * Whether this has the form of the answer that the DCC gives at once. Such a one is not signed:
   * only the connection on which it came says that it is the DCC's.
   */
  public boolean isAcknowledgement() {
    return responseId.isEmpty()
        && !code.equals(ResponseCode.SUCCESS)
        && body instanceof ResponseBody.ResponseMessage message
        && message.content().isEmpty();
  }
}
