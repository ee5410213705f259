// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.zcl;

/** Which way a command travels between the two sides of a cluster. [ZCL 2.4.1.1.3] */
public enum Direction {
  /** From the client, here the device. */
  CLIENT_TO_SERVER,
  /** From the server, here the hub. */
  SERVER_TO_CLIENT;

  /** The other way. */
  public Direction reversed() {
    return this == CLIENT_TO_SERVER ? SERVER_TO_CLIENT : CLIENT_TO_SERVER;
  }
}
