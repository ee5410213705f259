// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.stick;

import org.hanota.api.Octets;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendResult;
import org.hanota.api.transport.Frame;

/** Where a {@link StickHost} puts what it wants done. None of these may call the host again. */
public interface Surroundings {
  /** Octets for the stick. */
  void write(Octets octets);

  /** The stick is beyond help: close its port and open it again. */
  void reopen(String reason);

  /** A message came. */
  void onFrame(Frame frame);

  /** What became of a message; once for each. */
  void onSent(long sendId, SendResult result);

  /** A node has the server that was looked for. */
  void onServerFound(Peer server);

  /** No node has it. */
  void onNoServer();

  /** Something happened. */
  void report(StickEvent event);

  /** A message goes to the radio, for a capture. */
  default void onRequest(Outgoing message) {}

  /** A message came from the radio, for a capture. */
  default void onMessage(Incoming message) {}
}
