// SPDX-License-Identifier: Apache-2.0
package org.hanota.headendsql;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.hanota.api.Eui64;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.ToWan;
import org.hanota.api.node.NodeEvent;
import org.hanota.api.node.TimeSource;
import org.hanota.api.transport.Scheduler;
import org.hanota.headend.letter.Letter;
import org.jspecify.annotations.Nullable;

/**
 * A process of a head end: acts on what a database keeps while it has the lease, and waits for the
 * lease while another process has it. Where the other one dies, this one has taken over after the
 * lease's term and a fifth of it, plus the time to load what is kept.
 */
public final class HeadEndProcess implements AutoCloseable {
  /** A lease that is not renewed for so long is free: three lost renewals take nobody's place. */
  public static final Duration TERM = Duration.ofSeconds(5);

  /** A process that cannot ask its database for so long ends: whoever supervises it looks. */
  static final Duration PATIENCE = Duration.ofMinutes(10);

  private static final long TICK_MS = TERM.toMillis() / 5;

  private final Database database;
  private final String holder;
  private final List<Part> parts;
  private final Outside outside;
  private final Watcher watcher;
  private final TimeSource time;
  private final ScheduledExecutorService machinesThread = thread("head end", this::machineFailed);
  private final ScheduledExecutorService leaseThread = thread("lease", this::giveUp);
  private final AtomicBoolean gaveUp = new AtomicBoolean();

  /** Written on the lease's thread. */
  private volatile @Nullable Acting acting;

  // Of the lease's thread.
  private String waitsFor = "";
  private OptionalLong failsSinceNanos = OptionalLong.empty();

  /** Hears whether this process acts. Called on the lease's thread; must not block. */
  public interface Watcher {
    /** It is about to act: what it says to {@code teller} the machines hear before any input. */
    default void begins(Teller teller) {}

    /** It acts from now on, in that epoch, and takes inputs. */
    void acts(long epoch);

    /** It does not act any more, or cannot; it tries again. The same is said once. */
    void waits(String why);

    /**
     * It has a fault that nothing else ends, or could not ask its database for too long: the
     * process should end and be started anew. Said once, on any thread.
     */
    void givesUp(String why);
  }

  /** Tells machines what nobody else says again. */
  public interface Teller {
    /** See {@link Machines#tell}. */
    void tell(Eui64 machine, List<? extends Input> inputs);
  }

  private record Acting(Lease lease, Machines machines) {}

  /**
   * A process that does not run yet.
   *
   * @param holder for people: which process
   * @param outside gets what is for others, while this process acts
   */
  public HeadEndProcess(
      Database database,
      String holder,
      List<Part> parts,
      Outside outside,
      Watcher watcher,
      TimeSource time) {
    this.database = database;
    this.holder = holder;
    this.parts = List.copyOf(parts);
    this.outside = outside;
    this.watcher = watcher;
    this.time = time;
  }

  /** What a task throws comes to the thread's handler. */
  private static ScheduledExecutorService thread(String name, BiConsumer<String, Throwable> told) {
    return Executors.newSingleThreadScheduledExecutor(
        task -> {
          Thread made = new Thread(task, name);
          made.setUncaughtExceptionHandler((thread, fault) -> told.accept(name, fault));
          return made;
        });
  }

  private void giveUp(String thread, Throwable fault) {
    giveUp(thread + ": " + fault);
  }

  /**
   * A start that the database failed is tried again, here or where another process takes over.
   * [hanota H151]
   */
  private void machineFailed(String thread, Throwable fault) {
    if (fault instanceof DatabaseFailed && fault.getCause() instanceof SQLException) {
      later(() -> standBy(String.valueOf(fault.getMessage())));
    } else {
      giveUp(thread, fault);
    }
  }

  private void giveUp(String why) {
    if (gaveUp.compareAndSet(false, true)) {
      watcher.givesUp(why);
    }
  }

  private void waits(String why) {
    if (!why.equals(waitsFor)) {
      waitsFor = why;
      watcher.waits(why);
    }
  }

  /** Begins to ask for the lease. */
  public void start() {
    Future<?> unused =
        leaseThread.scheduleWithFixedDelay(this::tick, 0, TICK_MS, TimeUnit.MILLISECONDS);
  }

  /**
   * Gives a machine an input.
   *
   * @return whether this process acts now; if not, nothing becomes of it. What becomes of it where
   *     it does, the machine says: a letter is confirmed once what follows from it is kept
   */
  public boolean input(Eui64 machine, Input input) {
    Acting now = acting;
    if (now == null || !now.lease().isHeld()) {
      return false;
    }
    now.machines().input(machine, input);
    return true;
  }

  /**
   * The same.
   *
   * @param after comes once the machine has dealt with it, or at once where nothing becomes of it:
   *     then with false
   */
  public void input(Eui64 machine, Input input, Consumer<Boolean> after) {
    Acting now = acting;
    if (now == null || !now.lease().isHeld()) {
      after.accept(false);
    } else {
      now.machines().input(machine, input, after);
    }
  }

  /**
   * Does something between two calls of the machines, after the inputs that were given before.
   *
   * @return whether this process acts now; if not, it is not done
   */
  public boolean between(Runnable task) {
    Acting now = acting;
    if (now == null || !now.lease().isHeld()) {
      return false;
    }
    now.machines().between(task);
    return true;
  }

  /** Asks for the lease, or renews it; whatever goes wrong, it is asked again. */
  void tick() {
    try {
      ask();
      failsSinceNanos = OptionalLong.empty();
    } catch (LeaseLost lost) {
      standBy(String.valueOf(lost.getMessage()));
    } catch (RuntimeException fault) {
      failed(fault);
    } catch (Error fault) {
      giveUp("its lease: " + fault);
    }
  }

  private void ask() {
    Acting now = acting;
    if (now != null) {
      now.lease().renew();
      return;
    }
    Optional<Lease> lease = database.take(holder, TERM, () -> time.now().monotonicNanos());
    if (lease.isPresent()) {
      begin(lease.get());
    } else {
      waits(Lease.holder(database) + " acts");
    }
  }

  private void failed(RuntimeException fault) {
    String why = String.valueOf(fault.getMessage());
    long nanos = time.now().monotonicNanos();
    long since = failsSinceNanos.orElse(nanos);
    failsSinceNanos = OptionalLong.of(since);
    Acting now = acting;
    if (now == null) {
      waits(why);
    } else if (!now.lease().isHeld()) {
      standBy(why);
    }
    if (nanos - since >= PATIENCE.toNanos()) {
      giveUp("it could not ask its database for " + PATIENCE.toSeconds() + " seconds: " + why);
    }
  }

  private void begin(Lease lease) {
    Machines machines =
        new Machines(
            parts,
            part -> lease.store(part.id(), part.kinds()),
            Scheduler.of(machinesThread),
            time,
            new Watched(),
            () -> {
              if (!lease.isHeld()) {
                throw new LeaseLost("the lease of epoch " + lease.epoch() + " has run out");
              }
            });
    // To load what is kept may take longer than the lease lasts: it is renewed meanwhile.
    machines.start();
    watcher.begins(machines::tell);
    acting = new Acting(lease, machines);
    waitsFor = "";
    watcher.acts(lease.epoch());
  }

  /** A machine that finds the lease lost ends the whole process's acting. */
  private final class Watched implements Outside {
    @Override
    public void letter(Letter letter) {
      outside.letter(letter);
    }

    @Override
    public void toHub(ToWan what) {
      outside.toHub(what);
    }

    @Override
    public void event(Eui64 machine, Now now, Event event) {
      if (event instanceof NodeEvent.Failed failed && failed.cause() instanceof LeaseLost lost) {
        later(() -> standBy(String.valueOf(lost.getMessage())));
      }
      outside.event(machine, now, event);
    }
  }

  private void later(Runnable task) {
    try {
      Scheduler.of(leaseThread).schedule(0, task);
    } catch (RejectedExecutionException closing) {
      // It stands by for good.
    }
  }

  private void standBy(String why) {
    Acting before = acting;
    if (before != null) {
      acting = null;
      onMachinesThread(before.machines()::close);
      try {
        before.lease().close();
      } catch (DatabaseFailed fault) {
        // It runs out by itself.
        waits(String.valueOf(fault.getMessage()));
      }
      waits(why);
    }
  }

  private void onMachinesThread(Runnable task) {
    try {
      machinesThread.submit(task).get();
    } catch (InterruptedException fault) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException fault) {
      giveUp("its machines do not close: " + fault.getCause());
    }
  }

  /** Ends, and gives the lease back, so that another process acts at once. */
  @Override
  public void close() {
    later(() -> standBy("it ends"));
    leaseThread.shutdown();
    try {
      if (!leaseThread.awaitTermination(TERM.toMillis(), TimeUnit.MILLISECONDS)) {
        leaseThread.shutdownNow();
      }
    } catch (InterruptedException fault) {
      Thread.currentThread().interrupt();
    }
    machinesThread.shutdownNow();
  }
}
