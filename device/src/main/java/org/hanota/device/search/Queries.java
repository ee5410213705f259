// SPDX-License-Identifier: Apache-2.0
package org.hanota.device.search;

import java.util.List;
import org.hanota.api.ImageId;
import org.hanota.api.ImageType;
import org.hanota.api.SeededRandom;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Timers;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.zcl.Clusters;
import org.hanota.api.zcl.Direction;
import org.hanota.api.zcl.QueryNextImageRequest;
import org.hanota.api.zcl.ReadAttributes;
import org.hanota.device.DeviceConfig;
import org.hanota.device.DeviceParameters;
import org.hanota.device.DeviceTimer;
import org.hanota.device.DeviceType;
import org.hanota.device.bank.Journal.Boot;
import org.hanota.device.bank.Journal.Download;
import org.hanota.device.journal.DeviceJournal;

/** When and what a device queries. */
public final class Queries {
  private final DeviceConfig config;
  private final DeviceParameters parameters;
  private final DeviceJournal journal;
  private final Server server;
  private final Timers<DeviceTimer> timers;
  private final SeededRandom random;
  private long sent;

  /** No query is due yet. */
  public Queries(
      DeviceConfig config,
      DeviceJournal journal,
      Server server,
      Timers<DeviceTimer> timers,
      SeededRandom random) {
    this.config = config;
    this.parameters = config.parameters();
    this.journal = journal;
    this.server = server;
    this.timers = timers;
    this.random = random;
  }

  /** The device starts. */
  public void start(Now now) {
    if (config.type() == DeviceType.GSME) {
      awaitFlags(now);
    }
  }

  /** Queries the server, or looks for one. False if none is known. */
  public boolean query(Now now, Effects effects) {
    timers.stop(DeviceTimer.QUERY);
    server.firstTry();
    if (journal.current().boot() != Boot.CONFIRMED) {
      // Only now, since a cut in the call that tells discards what it told.
      journal.endReported();
    } else {
      journal.keepAge(now);
    }
    if (!server.isKnown()) {
      server.discover(effects);
      return false;
    }
    effects.report(new UpdateEvent.Querying(config.address(), journal.runningImage()));
    send(now, effects);
    return true;
  }

  /** Sends the query, for the first time or again. */
  public void send(Now now, Effects effects) {
    sent++;
    server.send(new QueryNextImageRequest(queried(), config.hardwareVersion()), effects);
    server.await(now);
  }

  /** The running version, as that of the model or of the part that comes next. [ZCL 11.13.9] */
  public ImageId queried() {
    ImageId running = journal.runningImage();
    ImageType type =
        journal
            .download()
            .filter(Download::awaitsPart)
            .map(Download::file)
            .orElse(running)
            .imageType();
    return new ImageId(config.manufacturerCode(), type, running.fileVersion());
  }

  /** Queries while an image waits, or looks for a server; no answer is waited for. */
  public void beside(Now now, Effects effects) {
    timers.stop(DeviceTimer.QUERY);
    later(now);
    if (server.isKnown()) {
      sent++;
      server.send(
          new QueryNextImageRequest(journal.runningImage(), config.hardwareVersion()), effects);
    } else {
      server.discover(effects);
    }
  }

  /** A device that waits goes on querying, and looks for a server that it does not know sooner. */
  public void later(Now now) {
    if (!timers.runs(DeviceTimer.QUERY)) {
      after(now, server.isKnown() ? parameters.queryIntervalMs() : parameters.endRequestRetryMs());
    }
  }

  /** The next query is due then. */
  public void after(Now now, long millis) {
    timers.set(DeviceTimer.QUERY, now.plusMillis(millis));
  }

  /**
   * It is due at some moment until then: a home full of devices must not ask at once. [ZCL 11.16]
   */
  public void within(Now now, long millis) {
    after(now, random.belowLong(Math.max(1, millis)));
  }

  /** Stops the timer of the next query. */
  public void stop() {
    timers.stop(DeviceTimer.QUERY);
  }

  /** A gas meter is not notified: it looks whether its hub has news. [ZSE D.3] */
  public void readFlags(Now now, Effects effects) {
    awaitFlags(now);
    server.sendBeside(
        new ReadAttributes(
            Clusters.METERING,
            Direction.SERVER_TO_CLIENT,
            List.of(Notifications.FUNCTIONAL_NOTIFICATION_FLAGS)),
        effects);
  }

  private void awaitFlags(Now now) {
    timers.set(DeviceTimer.FLAGS, now.plusMillis(parameters.notificationPollMs()));
  }

  /** Queries since the start. */
  public long sent() {
    return sent;
  }
}
