// SPDX-License-Identifier: Apache-2.0
package org.hanota.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.hanota.api.Eui64;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.machine.SendResult;
import org.hanota.api.transport.Frame;
import org.hanota.api.transport.Scheduler;
import org.hanota.api.transport.Transport;
import org.hanota.api.zcl.Clusters;
import org.hanota.api.zcl.Direction;
import org.hanota.api.zcl.OtaAttribute;
import org.hanota.api.zcl.ReadAttributes;
import org.hanota.api.zcl.ZclCodec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * The work of a machine's jobs may run on another thread while messages come: hub and device then
 * send the same octets at the same times as with jobs on the thread of their scheduler.
 */
class JobsElsewhereTest {
  private static final Peer READER = new Peer(new Eui64(0x00DB123456789200L), 1);
  private static final int THREADS = 4;
  private static final int REPEATS = 8;

  /** Messages that a machine has answered before the work of a job begins at all. */
  private static final int BEFORE_WORK = 4;

  /**
   * The same with jobs on threads of a pool. Time stands still while one runs, and somebody reads
   * attributes of both machines. What a machine does on a thread of the pool is handed to the
   * home's own thread, since clock and network are for one thread.
   */
  private static final class Threaded extends InProcessHome {
    private final ExecutorService pool;
    private final Thread own = Thread.currentThread();
    private final Queue<Runnable> handedOver = new ConcurrentLinkedQueue<>();
    private final Map<Peer, Transport.Receiver> machines = new LinkedHashMap<>();
    private int answers;
    int jobs;

    Threaded(ExecutorService pool) {
      this.pool = pool;
    }

    private void onOwnThread(Runnable work) {
      if (Thread.currentThread() == own) {
        work.run();
      } else {
        handedOver.add(work);
      }
    }

    @Override
    Transport side(Peer node, Transport plain) {
      return new Transport() {
        @Override
        public void open(Receiver receiver) {
          machines.put(node, receiver);
          plain.open(receiver);
        }

        @Override
        public void send(long sendId, Frame frame) {
          Frame kept = frame.withZcl(frame.zcl().copy());
          onOwnThread(() -> sendOnOwnThread(sendId, kept));
        }

        private void sendOnOwnThread(long sendId, Frame frame) {
          if (frame.destination().equals(READER)) {
            answers++;
            Transport.Receiver machine = Objects.requireNonNull(machines.get(node));
            clock.schedule(0, () -> machine.onSent(sendId, SendResult.DELIVERED));
          } else {
            plain.send(sendId, frame);
          }
        }

        @Override
        public void discover(int profileId, int clusterId) {
          onOwnThread(() -> plain.discover(profileId, clusterId));
        }

        @Override
        public int maximumPayload(Peer destination) {
          return plain.maximumPayload(destination);
        }

        @Override
        public void close() {
          plain.close();
        }
      };
    }

    @Override
    public Scheduler scheduler() {
      return (delay, task) -> onOwnThread(() -> clock.schedule(delay, task));
    }

    @Override
    public Executor jobs() {
      return this::elsewhere;
    }

    private void elsewhere(Runnable work) {
      jobs++;
      CountDownLatch begins = new CountDownLatch(1);
      Future<?> job =
          pool.submit(
              () -> {
                begins.await();
                work.run();
                return null;
              });
      int before = answers;
      while (!job.isDone()) {
        read(device(), Direction.SERVER_TO_CLIENT);
        read(hub(), Direction.CLIENT_TO_SERVER);
        clock.advanceMillis(0);
        if (answers - before >= BEFORE_WORK) {
          begins.countDown();
        }
      }
      for (Runnable next = handedOver.poll(); next != null; next = handedOver.poll()) {
        next.run();
      }
    }

    private void read(Peer node, Direction direction) {
      Transport.Receiver machine = machines.get(node);
      if (machine == null) {
        return;
      }
      machine.onFrame(
          new Frame(
              READER,
              node,
              Clusters.PROFILE_SMART_ENERGY,
              Clusters.OTA_UPGRADE,
              SendOptions.ACKNOWLEDGED,
              ZclCodec.encode(
                  new ReadAttributes(
                      Clusters.OTA_UPGRADE,
                      direction,
                      List.of(OtaAttribute.IMAGE_UPGRADE_STATUS.id())),
                  1,
                  false)));
    }
  }

  private static List<String> inline(Check check) {
    InProcessHome home = new InProcessHome();
    check.run(() -> home);
    return home.frames;
  }

  private static List<String> threaded(Check check, ExecutorService pool) {
    Threaded home = new Threaded(pool);
    check.run(() -> home);
    assertThat(home.jobs).isPositive();
    return home.frames;
  }

  @Test
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  void updatesWhoseJobsRunOnOtherThreadsSendWhatTheySendWithoutThem() throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(THREADS);
    ExecutorService homes = Executors.newFixedThreadPool(THREADS);
    try {
      for (Check check : UpdateSuite.checks()) {
        List<String> expected = inline(check);
        assertThat(expected).as(check.name()).hasSizeGreaterThan(150);
        List<Callable<List<String>>> all = new ArrayList<>();
        for (int i = 0; i < REPEATS; i++) {
          all.add(() -> threaded(check, pool));
        }
        for (Future<List<String>> frames : homes.invokeAll(all)) {
          assertThat(frames.get()).as(check.name()).isEqualTo(expected);
        }
      }
    } finally {
      homes.shutdownNow();
      pool.shutdownNow();
    }
  }
}
