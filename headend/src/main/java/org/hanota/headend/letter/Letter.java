// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.letter;

import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.ToWan;
import org.hanota.headend.request.Response;
import org.hanota.headend.store.Stored;

/**
 * What one machine of the head end hands to another: an effect of the one, an input of the other.
 * It may come more than once and in any order.
 */
public sealed interface Letter extends Input, ToWan {
  /** Who sends it. */
  Eui64 from();

  /** For whom it is. */
  Eui64 to();

  /**
   * Kept by its sender, and sent again, until it is confirmed.
   *
   * @param number names it among all of its sender, also after a restart
   * @param content what it says
   */
  record Message(Eui64 from, Eui64 to, long number, Content content) implements Letter, Stored {
    private static final String KEY = "letter ";

    @Override
    public String key() {
      return key(number);
    }

    /** The key of the letter with that number. */
    static String key(long number) {
      return KEY + number;
    }
  }

  /**
   * The addressee has kept what follows from a letter.
   *
   * @param number the letter's
   * @param acknowledgement what a user is told at once; empty between the DCC's own machines
   */
  record Confirmed(Eui64 from, Eui64 to, long number, Optional<Response> acknowledgement)
      implements Letter {}
}
