// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import java.io.PrintWriter;
import org.hanota.api.ParameterValues;
import org.hanota.cli.Printable;
import org.hanota.cli.hub.Refusals;
import org.hanota.cli.hub.ServeParameter;
import org.hanota.transport.grpc.HanEvent;

/** What an end tells, a line each; refusals without end are summed. For any thread. */
final class Told implements AutoCloseable {
  private final PrintWriter out;
  private final Refusals refusals;

  Told(PrintWriter out, ParameterValues<ServeParameter> parameters) {
    this.out = out;
    this.refusals = new Refusals(parameters, System::nanoTime, this::refused);
  }

  /** Tells a line. */
  synchronized void line(String text) {
    out.println(Printable.line(text));
    out.flush();
  }

  /** Tells what happened where others connect. */
  synchronized void happened(HanEvent event) {
    if (event instanceof HanEvent.Refused refused) {
      refusals.happened(refused);
    } else if (event instanceof HanEvent.RevocationsNotRead problem) {
      line(problem.reason());
    }
  }

  /** Tells that something of somebody was not taken. */
  void refused(String remote, String who, String reason) {
    happened(new HanEvent.Refused(remote, who, reason));
  }

  private void refused(HanEvent.Refused refused, long count) {
    line(Refusals.words(refused, count));
  }

  /** Tells of those that were held. */
  @Override
  public synchronized void close() {
    refusals.end();
  }
}
