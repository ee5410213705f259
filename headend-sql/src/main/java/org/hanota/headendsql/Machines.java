// SPDX-License-Identifier: Apache-2.0
package org.hanota.headendsql;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hanota.api.Eui64;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.ToWan;
import org.hanota.api.node.Driver;
import org.hanota.api.node.NodeConfig;
import org.hanota.api.node.TimeSource;
import org.hanota.api.transport.Scheduler;
import org.hanota.headend.letter.Letter;
import org.hanota.headend.store.RecordStore;

/**
 * Machines of a head end that run in one process, on one scheduler: letters among them stay inside,
 * the rest goes out. A machine that fails starts anew from what it kept, as a {@link Driver} does
 * it; a letter that meets it while it is off is sent again by whoever sent it.
 */
public final class Machines implements AutoCloseable {
  private static final int ENDPOINT = 1;
  private static final int NO_PROFILE = 0;

  /** A machine that failed is on again after some such times. */
  private static final long TELL_AGAIN_NANOS = 1_000_000_000L;

  /** Whatever a machine fails on so often is passed over: its failures were reported. */
  private static final int TELL_FAILURES_MAX = 20;

  private final Scheduler scheduler;
  private final Outside outside;
  private final Runnable maySpeak;
  private final Map<Eui64, Driver> drivers = new TreeMap<>();

  // Written on the scheduler's thread, as it is read.
  private boolean isClosed;

  /**
   * Machines that have not started yet.
   *
   * @param stores what each of them keeps, asked for once for each
   * @param scheduler runs one task at a time
   * @param maySpeak throws where nothing may go out now; what was kept goes when it may
   */
  public Machines(
      List<Part> parts,
      Function<Part, RecordStore> stores,
      Scheduler scheduler,
      TimeSource time,
      Outside outside,
      Runnable maySpeak) {
    this.scheduler = scheduler;
    this.outside = outside;
    this.maySpeak = maySpeak;
    for (Part part : parts) {
      RecordStore store = stores.apply(part);
      NodeConfig config = new NodeConfig(new Peer(part.id(), ENDPOINT), NO_PROFILE, false, false);
      Driver driver =
          Driver.builder(config, () -> part.machine().apply(store), new NoAir(), scheduler, time)
              .listener((now, event) -> outside.event(part.id(), now, event))
              .build();
      driver.connect(this::carry);
      drivers.put(part.id(), driver);
    }
  }

  /** Starts them, later, each for itself: what one throws keeps no other from starting. */
  public void start() {
    drivers.values().forEach(driver -> scheduler.schedule(0, driver::start));
  }

  /** Whether that is one of them. */
  public boolean has(Eui64 machine) {
    return drivers.containsKey(machine);
  }

  /**
   * Gives one of them an input, later.
   *
   * @throws IllegalArgumentException if it is none of them
   */
  public void input(Eui64 machine, Input input) {
    input(machine, input, taken -> {});
  }

  /**
   * The same.
   *
   * @param after comes once it has dealt with it, with false if it was off and heard nothing
   */
  public void input(Eui64 machine, Input input, Consumer<Boolean> after) {
    Driver driver = of(machine);
    scheduler.schedule(
        0,
        () -> {
          boolean isTaken = false;
          try {
            isTaken = driver.input(input);
          } finally {
            after.accept(isTaken);
          }
        });
  }

  /**
   * Gives one of them inputs that nobody else says again, in their order and with no other input
   * between: while it is off they wait, and one on which it fails is given again, so often. [hanota
   * H154, H181]
   *
   * @throws IllegalArgumentException if it is none of them
   */
  public void tell(Eui64 machine, List<? extends Input> inputs) {
    Driver driver = of(machine);
    List<Input> all = List.copyOf(inputs);
    scheduler.schedule(0, () -> tell(driver, all, 0));
  }

  private void tell(Driver driver, List<Input> inputs, int failures) {
    int given = 0;
    int failed = failures;
    boolean goesOn = !isClosed;
    try {
      while (goesOn && given < inputs.size()) {
        goesOn = false;
        goesOn = driver.input(inputs.get(given)) || failed == TELL_FAILURES_MAX;
        if (goesOn) {
          given++;
          failed = 0;
        }
      }
    } finally {
      if (!isClosed && given < inputs.size()) {
        tellOnceOn(driver, inputs.subList(given, inputs.size()), failed + 1);
      }
    }
  }

  private void tellOnceOn(Driver driver, List<Input> inputs, int failures) {
    scheduler.schedule(
        TELL_AGAIN_NANOS,
        () -> {
          if (driver.inspect(on -> true).isPresent()) {
            tell(driver, inputs, failures);
          } else if (!isClosed) {
            tellOnceOn(driver, inputs, failures);
          }
        });
  }

  /** Does something between two of their calls, after the inputs that were given before. */
  void between(Runnable task) {
    scheduler.schedule(0, task);
  }

  private Driver of(Eui64 machine) {
    Driver driver = drivers.get(machine);
    if (driver == null) {
      throw new IllegalArgumentException("machine is " + machine + ", allowed " + drivers.keySet());
    }
    return driver;
  }

  private void carry(ToWan what) {
    maySpeak.run();
    if (what instanceof Letter letter && has(letter.to())) {
      input(letter.to(), letter);
    } else if (what instanceof Letter letter) {
      outside.letter(letter);
    } else {
      outside.toHub(what);
    }
  }

  @Override
  public void close() {
    isClosed = true;
    drivers.values().forEach(Driver::close);
  }
}
