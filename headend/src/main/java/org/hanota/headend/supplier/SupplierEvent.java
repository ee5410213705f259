// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.supplier;

import org.hanota.api.machine.Event;
import org.hanota.headend.request.Request;
import org.hanota.headend.request.Response;

/** What a supplier sees of its dialogue with the DCC. */
public sealed interface SupplierEvent extends Event {
  /** A request was put. */
  record Asked(Request request) implements SupplierEvent {}

  /** The DCC said something, once each. */
  record Told(Response response) implements SupplierEvent {}

  /** A dialogue has moved on. */
  record Moved(Dialogue dialogue) implements SupplierEvent {}

  /** The replacement of a device has moved on. */
  record Replacing(Replacement replacement) implements SupplierEvent {}
}
