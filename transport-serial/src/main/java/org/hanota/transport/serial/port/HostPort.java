// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.port;

import org.hanota.api.Width;

/**
 * A place in the network.
 *
 * @param host its name or address; IPv6 without brackets
 * @param port 0 to 65535; 0 lets the system choose where to listen
 */
public record HostPort(String host, int port) {
  /** Checks the port's range. */
  public HostPort {
    Width.uint16("port", port);
  }

  /**
   * Reads {@code host:port}, an IPv6 address in brackets.
   *
   * @throws IllegalArgumentException if {@code text} is anything else
   */
  public static HostPort parse(String text) {
    int colon = text.lastIndexOf(':');
    if (colon < 1 || !text.substring(colon + 1).matches("[0-9]{1,5}")) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is no place in the network, allowed host:port");
    }
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    return new HostPort(host, Integer.parseInt(text.substring(colon + 1)));
  }

  @Override
  public String toString() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }
}
