// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.Existing;
import org.hanota.cli.OutputFile;
import org.hanota.cli.Printable;
import org.hanota.headend.duis.signature.SignatureVerifier;
import org.hanota.headend.duis.signature.Verdict;

/**
 * A user's receive service: answers and alerts of the DCC become files of a folder; 204 once the
 * file is there, 400 for what is not the DCC's. The same message may come more than once.
 */
final class ReceiveService extends Handler.Abstract {
  private static final int TAKEN = 204;

  private final SignatureVerifier dcc;
  private final Path folder;
  private final InstantSource clock;
  private final PrintWriter out;
  private final AtomicInteger count = new AtomicInteger();

  ReceiveService(SignatureVerifier dcc, Path folder, InstantSource clock, PrintWriter out) {
    this.dcc = dcc;
    this.folder = folder;
    this.clock = clock;
    this.out = out;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    Bodies.read(request, response, callback, body -> take(body, response, callback));
    return true;
  }

  private void take(Octets body, Response response, Callback callback) {
    Verdict verdict;
    try {
      verdict = dcc.verify(body, clock.millis());
    } catch (FormatException fault) {
      Bodies.answer(response, callback, 400, Printable.line(String.valueOf(fault.getMessage())));
      return;
    }
    if (verdict instanceof Verdict.Refused refused) {
      Bodies.answer(
          response,
          callback,
          400,
          Printable.line(refused.step().words() + ": " + refused.reason()));
      return;
    }
    try {
      keep(body, verdict);
    } catch (IOException | CommandFailed fault) {
      synchronized (out) {
        out.println(Printable.line("not kept: " + fault.getMessage()));
        out.flush();
      }
      Bodies.answer(response, callback, 503, "not kept: send it again");
      return;
    }
    response.setStatus(TAKEN);
    callback.succeeded();
  }

  private void keep(Octets body, Verdict verdict) throws IOException {
    String name = String.format(Locale.ROOT, "%06d.xml", count.incrementAndGet());
    OutputFile.write(folder.resolve(name), body.toByteArray(), Existing.KEEP);
    String line =
        verdict instanceof Verdict.Verified verified
            ? DuisLine.of(verified.message())
            : DuisLine.of(((Verdict.Acknowledgement) verdict).response());
    synchronized (out) {
      out.println(Printable.line(name + "  " + line));
      out.flush();
    }
  }
}
