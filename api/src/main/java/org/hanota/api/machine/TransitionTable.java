// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.machine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All transitions of a machine: what it does on each stimulus in each state, and where that leads.
 * A table states only what happens: an action of {@link Builder#go} or {@link Builder#stay} has no
 * say in where it leads, and one of {@link Builder#choose} leads to one of the targets that stand
 * beside it. A pair of state and stimulus without an entry cannot be built, so what is ignored
 * stands there too.
 *
 * @param <S> states
 * @param <I> stimuli
 * @param <M> what the actions work on
 */
public final class TransitionTable<S extends Enum<S>, I extends Enum<I>, M> {
  /** The clause of a rule that no standard has. */
  public static final String OURS = "";

  /** What a machine does where the table alone says where that leads. */
  @FunctionalInterface
  public interface Act<M> {
    /** Acts. */
    void perform(M machine);
  }

  /** What a machine does where the outcome decides where that leads. */
  @FunctionalInterface
  public interface Decision<S, M> {
    /**
     * Acts and says which state it is in now.
     *
     * @param state the state in which the stimulus came
     */
    S decide(M machine, S state);
  }

  /**
   * One transition.
   *
   * @param from the state
   * @param stimulus what happens
   * @param to where it leads
   * @param clause the clause that asks for it, in brackets, or {@link #OURS}
   * @param note what the machine does
   */
  public record Edge<S, I>(S from, I stimulus, S to, String clause, String note) {}

  /** An entry; of those that are ignored, the action is null. */
  private record Entry<S extends Enum<S>, M>(
      EnumSet<S> to,
      S only,
      @Nullable Act<M> act,
      @Nullable Decision<S, M> decision,
      String clause,
      String note) {
    boolean isIgnored() {
      return act == null && decision == null;
    }
  }

  private final List<S> states;
  private final List<I> stimuli;

  /** By state and stimulus, since every message is looked up here. */
  private final List<Entry<S, M>> entries;

  private final @Nullable Consumer<? super Edge<S, I>> watcher;

  private TransitionTable(
      List<S> states,
      List<I> stimuli,
      List<Entry<S, M>> entries,
      @Nullable Consumer<? super Edge<S, I>> watcher) {
    this.states = states;
    this.stimuli = stimuli;
    this.entries = entries;
    this.watcher = watcher;
  }

  /** Begins a table. */
  public static <S extends Enum<S>, I extends Enum<I>, M> Builder<S, I, M> of(
      Class<S> states, Class<I> stimuli) {
    return new Builder<>(List.copyOf(EnumSet.allOf(states)), List.copyOf(EnumSet.allOf(stimuli)));
  }

  /** The same table, which tells {@code watcher} each edge that is taken, ignored ones excepted. */
  public TransitionTable<S, I, M> watchedBy(Consumer<? super Edge<S, I>> watcher) {
    return new TransitionTable<>(states, stimuli, entries, watcher);
  }

  /** The same table, in which {@code stimulus} is ignored in {@code from}: a fault to be found. */
  @SuppressWarnings("EnumOrdinal") // an index of our own that never leaves this object
  public TransitionTable<S, I, M> without(S from, I stimulus) {
    List<Entry<S, M>> fewer = new ArrayList<>(entries);
    fewer.set(
        from.ordinal() * stimuli.size() + stimulus.ordinal(),
        new Entry<>(EnumSet.of(from), from, null, null, OURS, ""));
    return new TransitionTable<>(states, stimuli, List.copyOf(fewer), watcher);
  }

  /** Acts on {@code stimulus} in {@code state} and returns the state that it leads to. */
  @SuppressWarnings("EnumOrdinal") // an index of our own that never leaves this object
  public S fire(S state, I stimulus, M machine) {
    Entry<S, M> entry = entries.get(state.ordinal() * stimuli.size() + stimulus.ordinal());
    S next = entry.only();
    if (entry.act() != null) {
      entry.act().perform(machine);
    } else if (entry.decision() != null) {
      next = entry.decision().decide(machine, state);
      if (!entry.to().contains(next)) {
        throw new AssertionError(stimulus + " in " + state + " led to " + next);
      }
    }
    if (watcher != null && !entry.isIgnored()) {
      watcher.accept(new Edge<>(state, stimulus, next, entry.clause(), entry.note()));
    }
    return next;
  }

  /** Every transition that is not ignored, in the order of states, stimuli and targets. */
  public List<Edge<S, I>> edges() {
    List<Edge<S, I>> edges = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      Entry<S, M> entry = entries.get(i);
      if (!entry.isIgnored()) {
        S from = states.get(i / stimuli.size());
        I stimulus = stimuli.get(i % stimuli.size());
        entry
            .to()
            .forEach(to -> edges.add(new Edge<>(from, stimulus, to, entry.clause(), entry.note())));
      }
    }
    return edges;
  }

  /** Builds a table. */
  public static final class Builder<S extends Enum<S>, I extends Enum<I>, M> {
    private final List<S> states;
    private final List<I> stimuli;
    private final List<@Nullable Entry<S, M>> entries = new ArrayList<>();

    private Builder(List<S> states, List<I> stimuli) {
      this.states = states;
      this.stimuli = stimuli;
      for (int i = 0; i < states.size() * stimuli.size(); i++) {
        entries.add(null);
      }
    }

    /** In {@code from}, {@code stimulus} makes {@code act} run and leads to {@code to}. */
    public Builder<S, I, M> go(S from, I stimulus, String clause, String note, Act<M> act, S to) {
      put(from, stimulus, new Entry<>(EnumSet.of(to), to, act, null, clause, note));
      return this;
    }

    /** The same in several states, all of which lead to {@code to}. */
    public Builder<S, I, M> go(
        Set<S> from, I stimulus, String clause, String note, Act<M> act, S to) {
      from.forEach(state -> go(state, stimulus, clause, note, act, to));
      return this;
    }

    /** In {@code from}, {@code stimulus} makes {@code act} run; the state stays. */
    public Builder<S, I, M> stay(S from, I stimulus, String clause, String note, Act<M> act) {
      return go(from, stimulus, clause, note, act, from);
    }

    /** The same in several states, each of which stays. */
    public Builder<S, I, M> stay(Set<S> from, I stimulus, String clause, String note, Act<M> act) {
      from.forEach(state -> stay(state, stimulus, clause, note, act));
      return this;
    }

    /**
     * In {@code from}, {@code stimulus} makes {@code decision} run, which leads to one of {@code
     * to}: at least two, each of which can happen.
     */
    public Builder<S, I, M> choose(
        S from, I stimulus, String clause, String note, Decision<S, M> decision, Set<S> to) {
      if (to.size() < 2) {
        throw new AssertionError(from + " on " + stimulus + " has no choice");
      }
      put(from, stimulus, new Entry<>(EnumSet.copyOf(to), from, null, decision, clause, note));
      return this;
    }

    /** These stimuli do nothing in these states. */
    public Builder<S, I, M> ignore(Set<S> from, Set<I> ignored) {
      for (S state : from) {
        for (I stimulus : ignored) {
          put(state, stimulus, new Entry<>(EnumSet.of(state), state, null, null, OURS, ""));
        }
      }
      return this;
    }

    @SuppressWarnings("EnumOrdinal") // an index of our own that never leaves this object
    private int index(S state, I stimulus) {
      return state.ordinal() * stimuli.size() + stimulus.ordinal();
    }

    private void put(S from, I stimulus, Entry<S, M> entry) {
      if (entries.set(index(from, stimulus), entry) != null) {
        throw new AssertionError(from + " on " + stimulus + " stands in the table twice");
      }
    }

    /** The table; fails if a pair is missing. */
    public TransitionTable<S, I, M> build() {
      Collection<String> missing = new ArrayList<>();
      List<Entry<S, M>> complete = new ArrayList<>();
      for (int i = 0; i < entries.size(); i++) {
        Entry<S, M> entry = entries.get(i);
        if (entry == null) {
          missing.add(states.get(i / stimuli.size()) + " on " + stimuli.get(i % stimuli.size()));
        } else {
          complete.add(entry);
        }
      }
      if (!missing.isEmpty()) {
        throw new AssertionError("missing: " + missing);
      }
      return new TransitionTable<>(states, stimuli, complete, null);
    }
  }
}
