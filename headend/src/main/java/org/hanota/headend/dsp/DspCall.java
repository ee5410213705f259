// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import java.time.Instant;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Now;

/** One call of a DSP: its time, and where what it wants done goes. */
record DspCall(Now now, Effects effects) {
  /** The DCC's clock is always set. */
  DspCall {
    if (!now.knowsUtc()) {
      throw new IllegalArgumentException(
          "now has no time of day, allowed one: a DSP's clock is set");
    }
  }

  long utcMillis() {
    return now.utcMillis();
  }

  Instant instant() {
    return Instant.ofEpochMilli(now.utcMillis());
  }
}
