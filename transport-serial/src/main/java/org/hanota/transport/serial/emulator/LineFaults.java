// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.emulator;

import org.hanota.api.SeededRandom;

/** What happens to frames on the serial line of a stick that repeats them; asked for each. */
public interface LineFaults {
  /** Everything arrives once. */
  LineFaults NONE = new LineFaults() {};

  /** What happens to a frame. */
  enum Fault {
    /** It arrives. */
    NONE,
    /** It never arrives. */
    LOST,
    /** An octet of it arrives as another one. */
    DAMAGED,
    /** It arrives twice. */
    REPEATED
  }

  /** Each of the faults with that chance. */
  static LineFaults drawn(SeededRandom random, double chance) {
    return new LineFaults() {
      @Override
      public Fault toHost() {
        return draw();
      }

      @Override
      public Fault toStick() {
        return draw();
      }

      private Fault draw() {
        if (random.chance(chance)) {
          return Fault.LOST;
        }
        if (random.chance(chance)) {
          return Fault.DAMAGED;
        }
        return random.chance(chance) ? Fault.REPEATED : Fault.NONE;
      }
    };
  }

  /** To a frame of the stick. */
  default Fault toHost() {
    return Fault.NONE;
  }

  /** To octets of the host, which are a frame as most hosts write them. */
  default Fault toStick() {
    return Fault.NONE;
  }
}
