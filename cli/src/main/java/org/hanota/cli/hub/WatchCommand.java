// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.hanota.api.Eui64;
import org.hanota.api.control.HubStatus;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.cli.ExitCode;
import org.hanota.transport.grpc.RemoteHub;
import org.hanota.transport.grpc.RemoteHub.HubUnreachable;
import picocli.CommandLine.Command;

/** Prints what happens, until it is stopped. */
@Command(
    name = "watch",
    mixinStandardHelpOptions = true,
    description = {
      "Prints what happens to updates, until stopped: each tenth of a transfer, or with --json"
          + " everything.",
      "Says when the hub is out of service, and watches on once a hub that ended is there again."
    },
    footer = {
      "",
      "Example:",
      "  hanota hub watch --hub localhost:7355 --insecure --json",
      "",
      "Exit: 0 stopped / 1 the hub cannot be asked at the start, or refuses for good."
    })
final class WatchCommand extends ControlCommand {
  /** A hub that rests tells nothing, so it is asked; often enough for somebody who looks on. */
  private static final long LOOK_MS = 2_000;

  private static final long PAUSE_MIN_MS = 250;
  private static final long PAUSE_MAX_MS = 10_000;
  private static final HubStatus.Page ONE = new HubStatus.Page(new Eui64(0), 1);

  private final Tenths tenths = new Tenths();
  private Optional<String> outage = Optional.empty();

  /** Why the hub is no longer watched, once that is so. */
  private volatile CompletableFuture<String> end = new CompletableFuture<>();

  /** Nobody reads what is printed, as behind {@code | head -1}. */
  private volatile boolean isUnread;

  @Override
  int run(RemoteHub remote) {
    // So that a hub that is not there is found out at once.
    tell(remote.status(ONE));
    try {
      while (true) {
        String reason = watch(remote);
        if (isUnread) {
          return ExitCode.DONE;
        }
        warn("the hub is no longer watched: " + reason + "; it is tried again");
        await(remote);
        warn("the hub is watched again");
      }
    } catch (InterruptedException enough) {
      return ExitCode.DONE;
    }
  }

  /** Until the hub ends; returns why. */
  private String watch(RemoteHub remote) throws InterruptedException {
    CompletableFuture<String> ended = new CompletableFuture<>();
    end = ended;
    AutoCloseable unused = remote.watch(this::print, ended::complete);
    while (true) {
      try {
        return ended.get(LOOK_MS, TimeUnit.MILLISECONDS);
      } catch (TimeoutException stillThere) {
        look(remote);
      } catch (ExecutionException impossible) {
        throw new AssertionError("it is only ever completed", impossible);
      }
    }
  }

  private void look(RemoteHub remote) {
    try {
      tell(remote.status(ONE));
    } catch (HubUnreachable busyOrGone) {
      if (busyOrGone.forGood()) {
        throw busyOrGone;
      }
      // If it is gone, the end of the stream says so.
    }
  }

  /** Until a hub answers there again. */
  private void await(RemoteHub remote) throws InterruptedException {
    for (long pauseMs = PAUSE_MIN_MS; ; pauseMs = Math.min(2 * pauseMs, PAUSE_MAX_MS)) {
      TimeUnit.MILLISECONDS.sleep(pauseMs);
      try {
        tell(remote.status(ONE));
        return;
      } catch (HubUnreachable notYet) {
        if (notYet.forGood()) {
          throw notYet;
        }
      }
    }
  }

  private void tell(HubStatus status) {
    if (status.outage().isPresent() && !status.outage().equals(outage)) {
      String why = status.outage().get();
      line("out of service: " + why, object("out-of-service").put("reason", why));
    } else if (status.outage().isEmpty() && outage.isPresent()) {
      line("in service again", object("in-service"));
    }
    outage = status.outage();
  }

  private static Instant now() {
    return InstantSource.system().instant();
  }

  private static ObjectNode object(String event) {
    return JsonNodeFactory.instance.objectNode().put("event", event).put("time", now().toString());
  }

  private void warn(String words) {
    if (json) {
      line("", object("warning").put("says", words));
    } else {
      PrintWriter err = spec.commandLine().getErr();
      err.println("hanota: " + words);
      err.flush();
    }
  }

  private synchronized void line(String words, ObjectNode object) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(json ? object : words);
    if (out.checkError()) {
      isUnread = true;
      end.complete("");
    }
  }

  private void print(UpdateEvent event) {
    if (json || tenths.worthTelling(event)) {
      line(EventText.of(event), EventJson.of(event, now()));
    }
  }
}
