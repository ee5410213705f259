// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.clock;

import static org.hanota.headend.HeadEndParameter.HEAD_END_CLOCK_ABSENCE;
import static org.hanota.headend.HeadEndParameter.HEAD_END_CLOCK_CHECK;
import static org.hanota.headend.HeadEndParameter.HEAD_END_CLOCK_CONFIRMATION;
import static org.hanota.headend.HeadEndParameter.HEAD_END_CLOCK_READINGS;
import static org.hanota.headend.HeadEndParameter.HEAD_END_CLOCK_STEP;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.hanota.api.ParameterValues;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.StateWriter;
import org.hanota.api.machine.ToWan;
import org.hanota.api.machine.TrustedClock;
import org.hanota.api.machine.TrustedClock.Reading;
import org.hanota.headend.HeadEndParameter;
import org.hanota.headend.letter.LetterEffects;
import org.hanota.headend.letter.LetterMachine;
import org.hanota.headend.store.RecordStore;
import org.hanota.headend.store.Stored;

/**
 * A machine of the head end that gets a time which is trusted. While its clock is in doubt it goes
 * on from the last trusted time as monotonic time passes, and never ahead of what the clock shows:
 * what is due later waits, and users are answered. The doubt is told and ends by itself. [hanota
 * H130]
 */
public final class ClockedMachine implements LetterMachine {
  /** What is kept is not older than this while the machine keeps anything. */
  private static final long KEEP_MS = TimeUnit.HOURS.toMillis(12);

  private final RecordStore store;
  private final TrustedClock.Limits limits;
  private final long checkMs;
  private final TrustedClock clock;
  private final LetterMachine machine;
  private final Optional<KeptClock> before;
  private Optional<KeptClock> kept;

  private Now shown = new Now(0, Now.UTC_UNKNOWN);
  private long startNanos;

  /** Whether a time was trusted since the start. */
  private boolean isBegun;

  private boolean isDoubted;
  private long nextLook = Long.MAX_VALUE;

  /** When the machine itself wants to be woken. */
  private long machinesWake = Long.MAX_VALUE;

  private long wakeAt = Long.MAX_VALUE;

  /**
   * Makes a machine that has not started yet.
   *
   * @param store what it keeps, and its clock
   * @param machine makes it, with what it kept
   */
  public ClockedMachine(
      ParameterValues<HeadEndParameter> parameters,
      RecordStore store,
      Function<RecordStore, ? extends LetterMachine> machine) {
    this.store = store;
    this.limits =
        new TrustedClock.Limits(
            parameters.get(HEAD_END_CLOCK_STEP),
            parameters.get(HEAD_END_CLOCK_ABSENCE),
            parameters.get(HEAD_END_CLOCK_CONFIRMATION),
            parameters.getInt(HEAD_END_CLOCK_READINGS));
    this.checkMs = parameters.get(HEAD_END_CLOCK_CHECK);
    List<Stored> read = store.loadForStart();
    this.before =
        read.stream().filter(KeptClock.class::isInstance).map(KeptClock.class::cast).findFirst();
    this.kept = before;
    this.clock =
        new TrustedClock(
            limits, of(before.map(KeptClock::trusted)), of(before.flatMap(KeptClock::doubted)));
    this.machine = machine.apply(new Beside(read));
  }

  private static OptionalLong of(Optional<Long> value) {
    return value.isPresent() ? OptionalLong.of(value.get()) : OptionalLong.empty();
  }

  /** The store without the clock, which goes with what is saved where that is due. */
  private final class Beside implements RecordStore {
    /** Read once for the clock and the machine, and not held any longer. */
    private Optional<List<Stored>> read;

    Beside(List<Stored> read) {
      this.read = Optional.of(read);
    }

    @Override
    public List<Stored> load() {
      return withoutClock(store.load());
    }

    @Override
    public List<Stored> loadForStart() {
      List<Stored> all = read.orElseGet(store::loadForStart);
      read = Optional.empty();
      return withoutClock(all);
    }

    private static List<Stored> withoutClock(List<Stored> all) {
      return all.stream().filter(each -> !(each instanceof KeptClock)).toList();
    }

    @Override
    public void save(List<Stored> put, List<String> removed) {
      Optional<KeptClock> fresh = state().filter(each -> isUrgent(each) || isOld(each));
      if (fresh.isEmpty()) {
        store.save(put, removed);
      } else {
        List<Stored> all = new ArrayList<>(put);
        all.add(fresh.get());
        store.save(all, removed);
        kept = fresh;
      }
    }
  }

  /** What would be kept now; empty if no time was ever trusted. */
  private Optional<KeptClock> state() {
    OptionalLong trusted = trusted();
    OptionalLong doubted = clock.doubtedToStore(shown);
    return trusted.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new KeptClock(
                trusted.getAsLong(),
                doubted.isPresent() ? Optional.of(doubted.getAsLong()) : Optional.empty()));
  }

  /** The trusted time as it goes on, whatever the clock shows; time off is not in it. */
  private OptionalLong trusted() {
    if (isBegun || before.isEmpty()) {
      return clock.toStore(shown);
    }
    long ranNanos = shown.monotonicNanos() - startNanos;
    return OptionalLong.of(before.get().trusted() + TimeUnit.NANOSECONDS.toMillis(ranNanos));
  }

  /** A restart would take what is kept for another clock than this one is. */
  private boolean isUrgent(KeptClock now) {
    if (kept.isEmpty() || kept.get().doubted().isPresent() != now.doubted().isPresent()) {
      return true;
    }
    // A clock that comes nearer while it is doubted must not be near enough after a restart.
    return now.trusted() < kept.get().trusted() - limits.stepMs()
        || now.ahead() < kept.get().ahead() - limits.stepMs();
  }

  private boolean isOld(KeptClock now) {
    return now.trusted() - kept.orElse(now).trusted() >= KEEP_MS;
  }

  @Override
  public void onStart(Now now, Effects effects) {
    startNanos = now.monotonicNanos();
    call(now, effects, machine::onStart);
  }

  @Override
  public void onInput(Now now, Input input, Effects effects) {
    call(now, effects, (trusted, own) -> machine.onInput(trusted, input, own));
  }

  @Override
  public void onTimer(Now now, Effects effects) {
    wakeAt = Long.MAX_VALUE;
    machinesWake = Long.MAX_VALUE;
    call(now, effects, machine::onTimer);
  }

  private void call(Now now, Effects effects, BiConsumer<Now, Effects> call) {
    shown = now;
    call.accept(judge(effects), new Own(effects));
    // Most machines have kept it with something else by now.
    Optional<KeptClock> fresh = state().filter(this::isUrgent);
    if (fresh.isPresent()) {
      store.save(List.of(fresh.get()), List.of());
      kept = fresh;
    }
    long next = Math.min(machinesWake, nextLook);
    if (next != wakeAt) {
      wakeAt = next;
      effects.wakeAt(next);
    }
  }

  /** The time to act by, and a doubt that begins or ends. */
  private Now judge(Effects effects) {
    Reading reading = clock.read(shown);
    if (reading == Reading.TRUSTED) {
      isBegun = true;
      if (isDoubted) {
        effects.report(new ClockEvent.Trusted(shown.utcMillis()));
      }
      isDoubted = false;
      nextLook = Long.MAX_VALUE;
      return shown;
    }
    OptionalLong trusted = trusted();
    if (trusted.isEmpty()) {
      return shown;
    }
    long used =
        shown.knowsUtc() ? Math.min(shown.utcMillis(), trusted.getAsLong()) : trusted.getAsLong();
    if (reading == Reading.DOUBTED && !isDoubted) {
      isDoubted = true;
      effects.report(new ClockEvent.Doubted(shown.utcMillis(), used));
    }
    if (isDoubted && (nextLook == Long.MAX_VALUE || nextLook <= shown.monotonicNanos())) {
      nextLook = shown.plusMillis(checkMs);
    }
    return new Now(shown.monotonicNanos(), used);
  }

  /** What the machine wants done; it is woken for its clock, too. */
  private final class Own extends LetterEffects {
    private final Effects effects;

    Own(Effects effects) {
      this.effects = effects;
    }

    @Override
    public void wakeAt(long monotonicNanos) {
      machinesWake = monotonicNanos;
    }

    @Override
    public void toWan(ToWan what) {
      effects.toWan(what);
    }

    @Override
    public void report(Event event) {
      effects.report(event);
    }
  }

  @Override
  public void describe(StateWriter out) {
    out.put("doubts its clock", isDoubted);
    clock.describe(out);
    machine.describe(out);
  }
}
