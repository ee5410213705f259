// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.node;

import org.hanota.api.machine.Event;
import org.hanota.api.machine.Job;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.ToWan;

/** What an endpoint needs besides its transport; all of it is called after the machine's call. */
public interface Surroundings {
  /** Call {@link ZclEndpoint#timer} at that time, and forget what was asked before. */
  void wakeAt(long monotonicNanos);

  /** Run the job and give its result to {@link ZclEndpoint#input}. */
  void start(Job job);

  /** Hand that to the head end. */
  void toWan(ToWan what);

  /** Something happened. */
  void report(Now now, Event event);
}
