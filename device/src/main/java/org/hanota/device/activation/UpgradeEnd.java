// SPDX-License-Identifier: Apache-2.0
package org.hanota.device.activation;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.ZigBeeTime;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Received;
import org.hanota.api.machine.StateWriter;
import org.hanota.api.machine.Timers;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.zcl.UpgradeEndRequest;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.device.DeviceConfig;
import org.hanota.device.DeviceParameters;
import org.hanota.device.DeviceTimer;
import org.hanota.device.bank.Journal.Activation;
import org.hanota.device.search.Queries;
import org.hanota.device.search.Server;
import org.hanota.device.search.ServerTime;

/** What the device holds, what it tells its server of that, and what the server says. */
public final class UpgradeEnd {
  private static final Held NOTHING = new Held.Nothing();

  private final DeviceConfig config;
  private final DeviceParameters parameters;
  private final Server server;
  private final Queries queries;
  private final UpgradeTime time;
  private final Timers<DeviceTimer> timers;
  private Held held = NOTHING;

  /** Rounds of tries without an answer. */
  private int rounds;

  /** Begins without a verified image. */
  public UpgradeEnd(
      DeviceConfig config,
      Server server,
      Queries queries,
      UpgradeTime time,
      Timers<DeviceTimer> timers) {
    this.config = config;
    this.parameters = config.parameters();
    this.server = server;
    this.queries = queries;
    this.time = time;
    this.timers = timers;
  }

  /** What comes after a try or an answer. */
  public enum Next {
    /** Nothing else than before. */
    STAY,
    /** The query for the next part. */
    NEXT_PART,
    /** The next query, with nothing kept. */
    FORGET,
    /** The image is put in place. */
    ACTIVATE,
    /** Its time is waited for. */
    COUNT_DOWN,
    /** A command or the server is waited for. */
    WAIT
  }

  /** What the device holds. */
  public Held held() {
    return held;
  }

  /** The verified image that waits in the slot. */
  public Optional<Held.Image> image() {
    return held instanceof Held.Image image ? Optional.of(image) : Optional.empty();
  }

  /** Holds a verified image, of which the server was not told yet. */
  public void hold(Held.Image image) {
    held = image;
    rounds = 0;
  }

  /** Nothing is held any more. */
  public void drop() {
    timers.stop(DeviceTimer.END);
    held = NOTHING;
  }

  /** Tells the server how the transfer ended. */
  public void begin(Now now, Held end, Effects effects) {
    held = end;
    server.firstTry();
    // Its time may have come while the image was checked.
    time.awaitOnce(now);
    request(now, effects);
  }

  /** Tells it, or looks for it. */
  public void request(Now now, Effects effects) {
    timers.stop(DeviceTimer.END);
    server.await(now);
    if (!server.isKnown()) {
      server.discover(effects);
    } else if (held instanceof Held.Image image) {
      server.send(new UpgradeEndRequest(ZclStatus.SUCCESS, image.file()), effects);
    } else if (held instanceof Held.Part part) {
      server.send(new UpgradeEndRequest(ZclStatus.REQUIRE_MORE_IMAGE, part.file()), effects);
    } else if (held instanceof Held.Refused refused) {
      server.send(new UpgradeEndRequest(refused.status(), refused.file()), effects);
    }
  }

  /**
   * A server was found while the device waits: it is asked at once, as if nobody was before, if an
   * answer is waited for. [hanota H157]
   *
   * @return whether it is asked
   */
  public boolean found(Now now, Effects effects) {
    if (!timers.runs(DeviceTimer.END)) {
      return false;
    }
    rounds = 0;
    server.firstTry();
    request(now, effects);
    return true;
  }

  /** No answer came in time. */
  public Next overdue(Now now, boolean isWaiting, Effects effects) {
    if (server.again(parameters.quickTries())) {
      server.countRetry();
      request(now, effects);
      return Next.STAY;
    }
    server.firstTry();
    if (held instanceof Held.Part) {
      // The query itself tells that the part has come.
      return Next.NEXT_PART;
    }
    if (!(held instanceof Held.Image image)) {
      return Next.FORGET;
    }
    rounds++;
    boolean again = rounds < parameters.endRequestTries();
    Optional<Activation> timed = time.timed();
    if (timed.isPresent()) {
      countDown(now, timed.get(), image.image(), effects);
      if (again) {
        requestLater(now);
      }
      return Next.COUNT_DOWN;
    }
    if (again) {
      requestLater(now);
      return waitFor(now, image, "the server to answer", isWaiting, effects);
    }
    if (config.upgradeTimeoutPolicy() == 0) {
      // The server is gone; the standard lets the device go on. [ZCL 11.11.4]
      return Next.ACTIVATE;
    }
    return waitFor(now, image, "a command", isWaiting, effects);
  }

  /**
   * The server has answered with a default response. One that gives the update up does not undo a
   * signed command, whose time may be later than a server waits: only a command does. [hanota H12]
   */
  public Next answered(Now now, ZclStatus answer, Effects effects) {
    boolean aborts = answer.equals(ZclStatus.ABORT);
    Optional<Activation> commanded = time.commanded();
    if (aborts && held instanceof Held.Image image && commanded.isPresent()) {
      return countDown(now, commanded.get(), image.image(), effects);
    }
    if (held instanceof Held.Part && !aborts) {
      return Next.NEXT_PART;
    }
    return held instanceof Held.Refused || aborts ? Next.FORGET : Next.STAY;
  }

  /** The server says when the image runs. */
  public Next response(
      Now now,
      Received received,
      UpgradeEndResponse response,
      boolean isWaiting,
      boolean isCountingDown,
      Effects effects) {
    if (!(held instanceof Held.Image image)) {
      return Next.STAY;
    }
    server.awaitNothing();
    if (config.upgradeActivationPolicy() != 0) {
      // Only a command activates this device. [ZCL 11.10.12]
      if (!response.waits()) {
        server.reply(received, ZclStatus.NOT_AUTHORIZED, effects);
      }
      if (isCountingDown) {
        return Next.STAY;
      }
      Optional<Activation> timed = time.byClock();
      return timed.isPresent()
          ? countDown(now, timed.get(), image.image(), effects)
          : waitFor(now, image, "a command", isWaiting, effects);
    }
    rounds = 0;
    Said said = said(now, received, response, image.image(), effects);
    return switch (said.next()) {
      case COUNT_DOWN -> countingDown(now, image.image(), said.until(), effects);
      case WAIT -> {
        requestLater(now);
        yield waitFor(now, image, said.until(), isWaiting, effects);
      }
      default -> said.next();
    };
  }

  /** The same while the image is still checked: the server is asked anew once that is done. */
  public void responseBeforehand(
      Now now, Received received, UpgradeEndResponse response, ImageId image, Effects effects) {
    if (config.upgradeActivationPolicy() == 0) {
      Said unused = said(now, received, response, image, effects);
    } else if (!response.waits()) {
      server.reply(received, ZclStatus.NOT_AUTHORIZED, effects);
    }
  }

  /**
   * What the server says.
   *
   * @param until what is waited for, in words
   */
  private record Said(Next next, String until) {}

  /** Takes the place of what the server said before. */
  private Said said(
      Now now, Received received, UpgradeEndResponse response, ImageId image, Effects effects) {
    time.clear(now);
    if (response.waits()) {
      return new Said(Next.WAIT, "the server to say when");
    }
    Eui64 source = received.source().address();
    if (response.currentTime().equals(ZigBeeTime.INVALID) && time.isInDoubt()) {
      long utc = response.upgradeTime().utcMillis();
      boolean isAhead = time.setInDoubt(now, image, utc, source);
      return new Said(isAhead ? Next.COUNT_DOWN : Next.ACTIVATE, text(utc));
    }
    OptionalLong delay =
        ServerTime.delayMs(response.currentTime(), response.upgradeTime(), now.shownUtcMillis());
    if (delay.isEmpty()) {
      server.reply(received, ZclStatus.INVALID_VALUE, effects);
      return new Said(Next.WAIT, "a time that makes sense");
    }
    long delayMs = delay.getAsLong();
    if (delayMs == 0) {
      return new Said(Next.ACTIVATE, "now");
    }
    OptionalLong utc = time.set(now, image, delayMs, source);
    return new Said(
        Next.COUNT_DOWN, utc.isPresent() ? text(utc.getAsLong()) : delayMs / 1000 + " s from now");
  }

  private void requestLater(Now now) {
    timers.set(DeviceTimer.END, now.plusMillis(parameters.endRequestRetryMs()));
  }

  private Next waitFor(
      Now now, Held.Image image, String until, boolean isWaiting, Effects effects) {
    server.awaitNothing();
    if (!isWaiting) {
      effects.report(new UpdateEvent.Waiting(config.address(), image.image(), until));
    }
    queries.later(now);
    return Next.WAIT;
  }

  /** Waits for the time of an activation that is decided. */
  public Next countDown(Now now, Activation decided, ImageId image, Effects effects) {
    time.await(now);
    String until =
        decided.utcMillis().isPresent()
            ? text(decided.utcMillis().getAsLong())
            : "the time that the server has set";
    return countingDown(now, image, until, effects);
  }

  private Next countingDown(Now now, ImageId image, String until, Effects effects) {
    server.awaitNothing();
    timers.stop(DeviceTimer.END);
    effects.report(new UpdateEvent.Waiting(config.address(), image, until));
    queries.later(now);
    return Next.COUNT_DOWN;
  }

  /** Any time, also one that no ZigBee clock can show. */
  private static String text(long utcMillis) {
    return Instant.ofEpochMilli(utcMillis).toString();
  }

  /** Sends no further Upgrade End Request. */
  public void stop() {
    timers.stop(DeviceTimer.END);
  }

  /** Writes what decides what happens next. */
  public void describe(StateWriter out) {
    out.put("holds", held).put("rounds", rounds);
  }
}
