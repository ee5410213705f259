// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.request;

import java.time.Instant;
import java.util.Optional;

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
  private static final long EARLIEST = Instant.parse("2010-01-01T00:00:00Z").toEpochMilli();
  private static final long LATEST = Instant.parse("2100-01-01T00:00:00Z").toEpochMilli();

  public Request {
    IllegalField.text("schemaVersion", schemaVersion, 1, 8);
    body.service()
        .filter(own -> !own.equals(service))
        .ifPresent(
            own -> {
              throw new IllegalField("ServiceReferenceVariant", service.variant(), own.variant());
            });
  }

  /** Users count in milliseconds since 1970; a counter that is no such time says nothing. */
  @Override
  public Optional<Instant> time() {
    return id.counter() >= EARLIEST && id.counter() < LATEST
        ? Optional.of(Instant.ofEpochMilli(id.counter()))
        : Optional.empty();
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
