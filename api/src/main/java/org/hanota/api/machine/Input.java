// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.machine;

/**
 * What a machine is told besides messages and time. Each machine has a sealed set of its own; these
 * are the ones that every driver gives.
 */
public interface Input {
  /** The answer to {@link Effects#discover}: a server. */
  record ServerFound(Peer server) implements Input {}

  /** The answer to {@link Effects#discover}: none answered. */
  record NoServer() implements Input {}
}
