// SPDX-License-Identifier: Apache-2.0
package org.hanota.headendsql;

import org.hanota.api.Eui64;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.ToWan;
import org.hanota.headend.letter.Letter;

/**
 * Port: what machines of a head end have for those who are in other processes. All of it was kept
 * before it comes here; what is lost from here on comes again. Called on one thread at a time; must
 * not block.
 */
public interface Outside {
  /** A letter for a user's system, or what is said at once to one of its letters. */
  void letter(Letter letter);

  /** Something for a hub. */
  void toHub(ToWan what);

  /** Something that a machine reports. */
  void event(Eui64 machine, Now now, Event event);
}
