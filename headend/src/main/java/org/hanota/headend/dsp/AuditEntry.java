// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import org.hanota.api.Eui64;
import org.hanota.api.machine.Event;
import org.hanota.headend.store.LogEntry;

/**
 * One line of the audit log, which only grows: who did what, or what was seen.
 *
 * @param number one more than the line's before
 * @param utcMillis when
 * @param who a user, the DCC, a hub or a device
 * @param what in words
 */
public record AuditEntry(long number, long utcMillis, Eui64 who, String what)
    implements LogEntry, Event {
  @Override
  public String key() {
    return "audit " + number;
  }
}
