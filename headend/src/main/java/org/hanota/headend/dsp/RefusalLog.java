// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import static org.hanota.headend.HeadEndParameter.REFUSALS_OF_ONE;
import static org.hanota.headend.HeadEndParameter.REFUSALS_WINDOW;

import java.util.Map;
import java.util.TreeMap;
import org.hanota.api.Eui64;

/**
 * Refused requests in the audit log: of each user a few within a window one by one; the others are
 * counted and written together with the first after the window. A restart forgets the count.
 * [hanota H112]
 */
final class RefusalLog {
  private final DspParts parts;
  private final Map<Eui64, Window> windows = new TreeMap<>();

  /** What came of one user since a time. */
  private record Window(long beganUtcMillis, long written, long held) {}

  RefusalLog(DspParts parts) {
    this.parts = parts;
  }

  /**
   * Writes a refusal, or counts it.
   *
   * @param user a known one: strangers are refused before they come here
   */
  void add(Eui64 user, String what, DspCall call) {
    long now = call.utcMillis();
    Window window = windows.getOrDefault(user, new Window(now, 0, 0));
    if (Math.abs(now - window.beganUtcMillis()) >= parts.parameter(REFUSALS_WINDOW)) {
      if (window.held() > 0) {
        parts.audit(user, window.held() + " more of his requests were refused", call);
      }
      window = new Window(now, 0, 0);
    }
    boolean isWritten = window.written() < parts.parameter(REFUSALS_OF_ONE);
    if (isWritten) {
      parts.audit(user, what, call);
    }
    windows.put(
        user,
        new Window(
            window.beganUtcMillis(),
            window.written() + (isWritten ? 1 : 0),
            window.held() + (isWritten ? 0 : 1)));
  }
}
