// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import org.hanota.api.ParameterValues;

/**
 * What an HTTP server gives to its clients.
 *
 * @param connections at once, from all addresses
 * @param connectionsOfOne at once, from one address
 * @param threads that answer
 * @param headerOctets of a request
 * @param idleMs until a connection on which nothing happens is closed
 * @param idleWhileFullMs the same while there is no place
 * @param handshakeWithinMs until a connection whose TLS handshake is not over is closed
 * @param requestWithinMs until one is closed on which no request begins
 * @param bodyWithinMs until one is closed whose request does not become whole
 */
public record WebLimits(
    int connections,
    int connectionsOfOne,
    int threads,
    int headerOctets,
    long idleMs,
    long idleWhileFullMs,
    long handshakeWithinMs,
    long requestWithinMs,
    long bodyWithinMs) {
  /** Those of a page on this machine, where all come from one address and without TLS. */
  static WebLimits ofPage(ParameterValues<ServeParameter> parameters) {
    int connections = parameters.getInt(ServeParameter.PAGE_CONNECTIONS);
    long requestWithinMs = parameters.get(ServeParameter.PAGE_REQUEST_WITHIN);
    return new WebLimits(
        connections,
        connections,
        parameters.getInt(ServeParameter.PAGE_THREADS),
        parameters.getInt(ServeParameter.PAGE_HEADER_OCTETS),
        parameters.get(ServeParameter.PAGE_IDLE),
        parameters.get(ServeParameter.PAGE_IDLE_WHILE_FULL),
        requestWithinMs,
        requestWithinMs,
        requestWithinMs);
  }
}
