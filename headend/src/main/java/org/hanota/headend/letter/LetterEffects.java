// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.letter;

import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Job;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.Received;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.zcl.ZclMessage;

/** Effects of a {@link LetterMachine}, which is on no air. */
public abstract class LetterEffects implements Effects {
  private static final String NO_AIR = "a machine of the head end is on no air";

  /** Of a machine within another one. */
  protected LetterEffects() {}

  @Override
  public final long send(Peer destination, ZclMessage message, SendOptions options) {
    throw new AssertionError(NO_AIR);
  }

  @Override
  public final long reply(Received request, ZclMessage message, SendOptions options) {
    throw new AssertionError(NO_AIR);
  }

  @Override
  public final void start(Job job) {
    throw new AssertionError(NO_AIR);
  }

  @Override
  public final void pollFast(boolean wanted) {
    throw new AssertionError(NO_AIR);
  }

  @Override
  public final void discover(int profileId, int clusterId) {
    throw new AssertionError(NO_AIR);
  }
}
