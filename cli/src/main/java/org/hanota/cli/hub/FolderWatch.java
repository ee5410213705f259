// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.hanota.api.node.Driver;
import org.hanota.cli.CommandFailed;
import org.hanota.hub.HubInput;
import org.hanota.hub.catalogue.ImageStore;

/**
 * Sees that a folder changes while its images are served. A change is taken once it has settled: a
 * look that finds the same as the one before. Network storage tells nobody of changes, so the
 * folder is looked at again and again.
 */
final class FolderWatch {
  private final ImageFolder folder;
  private final ImageStore store;
  private final ServeLog log;
  private final ServeHealth health;

  /** What the images that are served were read from. */
  private Map<Path, String> taken = Map.of();

  private Map<Path, String> last = Map.of();

  /** What was told of the folder, so that each look does not tell it again. */
  private Set<String> told = Set.of();

  private String trouble = "";

  FolderWatch(ImageFolder folder, ImageStore store, ServeLog log, ServeHealth health) {
    this.folder = folder;
    this.store = store;
    this.log = log;
    this.health = health;
  }

  /** Reads the folder before the hub starts. */
  void readFirst() throws IOException {
    taken = folder.glance();
    last = taken;
    Set<String> now = new HashSet<>();
    List<ImageFolder.Change> unused = read(now).into(store);
    told = now;
  }

  /** The looks that go on until they are stopped. */
  interface Looking extends AutoCloseable {
    /** No look begins any more; returns once the last has ended. */
    @Override
    void close();
  }

  /** Looks again and again, until it is closed; {@code hub} is told of what changed. */
  Looking begin(Driver hub, long intervalMs) {
    ScheduledExecutorService looks =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "hanota-folder");
              thread.setDaemon(true);
              return thread;
            });
    var unused =
        looks.scheduleWithFixedDelay(
            health.watched(() -> look(hub)), intervalMs, intervalMs, TimeUnit.MILLISECONDS);
    return () -> {
      looks.shutdown();
      try {
        boolean unusedEnded = looks.awaitTermination(1, TimeUnit.MINUTES);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    };
  }

  private void look(Driver hub) {
    try {
      Map<Path, String> now = folder.glance();
      boolean settled = now.equals(last);
      last = now;
      if (settled && !now.equals(taken)) {
        take(hub, now);
      }
      trouble = "";
    } catch (IOException fault) {
      trouble(CommandFailed.reason(fault));
    } catch (CommandFailed | UncheckedIOException fault) {
      trouble(String.valueOf(fault.getMessage()));
    }
  }

  /** What stays wrong is said once; what is served is served on, and the next look tries again. */
  private void trouble(String why) {
    if (!why.equals(trouble)) {
      log.warn("the folder's changes wait: " + why);
    }
    trouble = why;
  }

  private void take(Driver hub, Map<Path, String> now) throws IOException {
    Set<String> saying = new HashSet<>();
    ImageFolder.Contents contents = read(saying);
    List<ImageFolder.Change> changes;
    synchronized (hub) {
      // No call of the hub comes between its store and what it knows of it.
      changes = contents.into(store);
      hub.input(new HubInput.ImagesChanged());
    }
    taken = now;
    told = saying;
    changes.forEach(log::changed);
  }

  private ImageFolder.Contents read(Set<String> saying) throws IOException {
    return folder.read(
        line -> {
          saying.add(line);
          if (!told.contains(line)) {
            log.warn(line);
          }
        });
  }
}
