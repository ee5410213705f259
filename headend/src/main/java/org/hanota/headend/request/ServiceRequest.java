// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.request;

import java.util.Optional;
import org.hanota.api.Octets;

/** What a request asks for: its body. */
public sealed interface ServiceRequest
    permits FirmwareRequest,
        InventoryRequest,
        HanRequest,
        CredentialsRequest,
        ServiceRequest.SignedPreCommand,
        ServiceRequest.OtherRequest {

  /** The service to which this body belongs; empty where the request's header alone says it. */
  Optional<ServiceReference> service();

  /**
   * The pre-command of any critical request, signed by the user.
   *
   * @param executionDateTime when the device shall act on it; empty for at once
   * @param gbcsPayload the GBCS message with the user's signature
   */
  record SignedPreCommand(ExecutionDateTime executionDateTime, Octets gbcsPayload)
      implements ServiceRequest {
    @Override
    public Optional<ServiceReference> service() {
      return Optional.empty();
    }
  }

  /**
   * A request of a type that this head end does not serve: carried, so that it can be refused by
   * name.
   *
   * @param name the body's name
   * @param content the body as it came, in UTF-8
   */
  record OtherRequest(String name, Octets content) implements ServiceRequest {
    @Override
    public Optional<ServiceReference> service() {
      return Optional.empty();
    }
  }
}
