// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.request;

/**
 * From a user to the DCC. A signed pre-command has the RequestID of the request to which the
 * pre-command was the answer.
 *
 * @param schemaVersion the version of DUIS
 * @param id the RequestID
 * @param commandVariant what is to become of it
 * @param service which service
 * @param body what is asked for
 */
public record Request(
    String schemaVersion,
    MessageId id,
    CommandVariant commandVariant,
    ServiceReference service,
    ServiceRequest body)
    implements DuisMessage {
  public Request {
    IllegalField.text("schemaVersion", schemaVersion, 1, 8);
    body.service()
        .filter(own -> !own.equals(service))
        .ifPresent(
            own -> {
              throw new IllegalField("ServiceReferenceVariant", service.variant(), own.variant());
            });
  }

  /** A request in the version that this project writes, for the service that {@code body} names. */
  public static Request of(MessageId id, CommandVariant commandVariant, ServiceRequest body) {
    ServiceReference service =
        body.service()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "body " + body + " names no service: use the constructor"));
    return new Request(SCHEMA_VERSION, id, commandVariant, service, body);
  }
}
