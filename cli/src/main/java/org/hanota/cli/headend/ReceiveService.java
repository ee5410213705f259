// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.api.ParameterValues;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.Existing;
import org.hanota.cli.OutputFile;
import org.hanota.cli.Printable;
import org.hanota.headend.duis.Duis;
import org.hanota.headend.duis.signature.SignatureVerifier;
import org.hanota.headend.duis.signature.Verdict;
import org.hanota.headend.request.DuisMessage;
import org.hanota.keys.Sha256;

/**
 * A user's receive service: answers and alerts that the DCC signed become files of a folder, each
 * once; 204 once the file is there, 400 for what is not the DCC's.
 */
final class ReceiveService extends Handler.Abstract {
  private static final int TAKEN = 204;
  private static final Pattern NAME = Pattern.compile("(\\d{6,9})\\.xml");

  /** The DCC sends again within minutes what it was not told of; thousands come between. */
  private static final int REMEMBERED = 10_000;

  private final SignatureVerifier dcc;
  private final Path folder;
  private final InstantSource clock;
  private final Told told;
  private final Bodies bodies;

  // Guarded by this object.
  private final Set<Octets> kept = new LinkedHashSet<>();
  private int last;

  /** Goes on behind the messages that the folder has already. */
  ReceiveService(
      SignatureVerifier dcc,
      Path folder,
      InstantSource clock,
      ParameterValues<HttpParameter> limits,
      Told told)
      throws IOException {
    this.dcc = dcc;
    this.folder = folder;
    this.clock = clock;
    this.told = told;
    this.bodies = new Bodies(limits.get(HttpParameter.BODIES_OCTETS));
    try (Stream<Path> files = Files.list(folder)) {
      last =
          files
              .map(file -> NAME.matcher(String.valueOf(file.getFileName())))
              .filter(Matcher::matches)
              .mapToInt(name -> Integer.parseInt(name.group(1)))
              .max()
              .orElse(0);
    }
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) {
    String remote = Request.getRemoteAddr(request);
    bodies.read(request, response, callback, body -> take(body, remote, response, callback));
    return true;
  }

  private void take(Octets body, String remote, Response response, Callback callback) {
    Verdict verdict;
    try {
      verdict = dcc.verify(body, clock.millis());
    } catch (FormatException fault) {
      refuse(String.valueOf(fault.getMessage()), remote, response, callback);
      return;
    }
    if (verdict instanceof Verdict.Refused refused) {
      refuse(refused.step().words() + ": " + refused.reason(), remote, response, callback);
    } else if (verdict instanceof Verdict.Verified verified) {
      keep(body, verified.message(), response, callback);
    } else {
      // DUIS does not sign what is said at once to a request, and that comes to whoever asked.
      refuse("an acknowledgement, which nobody signed", remote, response, callback);
    }
  }

  private void refuse(String why, String remote, Response response, Callback callback) {
    told.refused(remote, "a message", why);
    Bodies.answer(response, callback, 400, Printable.line(why));
  }

  private void keep(Octets body, DuisMessage message, Response response, Callback callback) {
    try {
      keep(body, message);
    } catch (IOException | CommandFailed fault) {
      told.line("not kept: " + fault.getMessage());
      Bodies.answer(response, callback, 503, "not kept: send it again");
      return;
    }
    response.setStatus(TAKEN);
    callback.succeeded();
  }

  /** The same message is signed anew where it is sent again: what it says tells that it is. */
  private synchronized void keep(Octets body, DuisMessage message) throws IOException {
    Octets says = Sha256.of(Duis.write(message));
    if (kept.contains(says)) {
      return;
    }
    String name = String.format(Locale.ROOT, "%06d.xml", last + 1);
    while (Files.exists(folder.resolve(name))) {
      // Somebody else's, since this began: it is kept, and this goes behind it.
      last++;
      name = String.format(Locale.ROOT, "%06d.xml", last + 1);
    }
    OutputFile.write(folder.resolve(name), body.toByteArray(), Existing.KEEP);
    last++;
    kept.add(says);
    if (kept.size() > REMEMBERED) {
      kept.remove(kept.iterator().next());
    }
    told.line(name + "  " + DuisLine.of(message));
  }
}
