// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.machine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All transitions of a machine: what it does on each stimulus in each state and where that may
 * lead. Every pair must be there, if only as ignored; a machine that goes where its table does not
 * say is a fault of ours.
 *
 * @param <S> states
 * @param <I> stimuli
 * @param <M> the machine, which the actions work on
 */
public final class TransitionTable<S extends Enum<S>, I extends Enum<I>, M> {
  /** What a machine does on a stimulus. */
  @FunctionalInterface
  public interface Action<S, M> {
    /** Acts and says which state it is in now. */
    S apply(M machine);
  }

  /**
   * One entry.
   *
   * @param from the state
   * @param stimulus what happens
   * @param to where it may lead
   * @param note what the machine does, for the diagram
   */
  public record Transition<S, I>(S from, I stimulus, Set<S> to, String note) {}

  private record Entry<S extends Enum<S>, M>(EnumSet<S> to, Action<S, M> action, String note) {}

  private final Class<S> states;
  private final Class<I> stimuli;
  private final Map<S, Map<I, Entry<S, M>>> entries;

  /** The same entries by state and stimulus, since every message is looked up here. */
  private final List<@Nullable Entry<S, M>> lookup = new ArrayList<>();

  private final int width;

  private TransitionTable(Class<S> states, Class<I> stimuli, Map<S, Map<I, Entry<S, M>>> entries) {
    this.states = states;
    this.stimuli = stimuli;
    this.entries = entries;
    this.width = stimuli.getEnumConstants().length;
    for (Map<I, Entry<S, M>> row : entries.values()) {
      for (I stimulus : EnumSet.allOf(stimuli)) {
        lookup.add(row.get(stimulus));
      }
    }
  }

  /** Begins a table. */
  public static <S extends Enum<S>, I extends Enum<I>, M> Builder<S, I, M> of(
      Class<S> states, Class<I> stimuli) {
    return new Builder<>(states, stimuli);
  }

  /** Acts on {@code stimulus} in {@code state} and returns the state that it leads to. */
  public S fire(S state, I stimulus, M machine) {
    Entry<S, M> entry = entry(state, stimulus);
    if (entry == null) {
      throw new AssertionError("no transition for " + stimulus + " in " + state);
    }
    S next = entry.action().apply(machine);
    if (!entry.to().contains(next)) {
      throw new AssertionError(stimulus + " in " + state + " led to " + next);
    }
    return next;
  }

  @SuppressWarnings("EnumOrdinal") // an index of our own that never leaves this object
  private @Nullable Entry<S, M> entry(S state, I stimulus) {
    return lookup.get(state.ordinal() * width + stimulus.ordinal());
  }

  /** Pairs without an entry, as text; none in a complete table. */
  public List<String> missing() {
    List<String> missing = new ArrayList<>();
    for (S state : EnumSet.allOf(states)) {
      for (I stimulus : EnumSet.allOf(stimuli)) {
        if (entry(state, stimulus) == null) {
          missing.add(state + " on " + stimulus);
        }
      }
    }
    return missing;
  }

  /** The entries that do something, in the order of the states and stimuli. */
  public List<Transition<S, I>> transitions() {
    List<Transition<S, I>> all = new ArrayList<>();
    entries.forEach(
        (state, row) ->
            row.forEach(
                (stimulus, entry) -> {
                  if (!entry.note().isEmpty()) {
                    all.add(
                        new Transition<>(
                            state,
                            stimulus,
                            Collections.unmodifiableSet(entry.to()),
                            entry.note()));
                  }
                }));
    return all;
  }

  /** The diagram in Mermaid's language. */
  public String diagram() {
    StringBuilder out = new StringBuilder("stateDiagram-v2\n");
    for (Transition<S, I> transition : transitions()) {
      for (S to : transition.to()) {
        out.append("  ")
            .append(transition.from())
            .append(" --> ")
            .append(to)
            .append(" : ")
            .append(transition.stimulus())
            .append('\n');
      }
    }
    return out.toString();
  }

  /** Builds a table. */
  public static final class Builder<S extends Enum<S>, I extends Enum<I>, M> {
    private final Class<S> states;
    private final Class<I> stimuli;
    private final Map<S, Map<I, Entry<S, M>>> entries;

    private Builder(Class<S> states, Class<I> stimuli) {
      this.states = states;
      this.stimuli = stimuli;
      this.entries = new EnumMap<>(states);
      for (S state : EnumSet.allOf(states)) {
        entries.put(state, new EnumMap<>(stimuli));
      }
    }

    /**
     * In {@code from}, {@code stimulus} makes {@code action} run, which leads to one of {@code to}.
     */
    public Builder<S, I, M> on(S from, I stimulus, String note, Action<S, M> action, Set<S> to) {
      put(from, stimulus, new Entry<>(EnumSet.copyOf(to), action, note));
      return this;
    }

    /** The same in several states. */
    public Builder<S, I, M> on(
        Set<S> from, I stimulus, String note, Action<S, M> action, Set<S> to) {
      for (S state : EnumSet.copyOf(from)) {
        on(state, stimulus, note, action, to);
      }
      return this;
    }

    /** These stimuli do nothing in these states. */
    public Builder<S, I, M> ignore(Set<S> from, Set<I> ignored) {
      for (S state : EnumSet.copyOf(from)) {
        for (I stimulus : EnumSet.copyOf(ignored)) {
          put(state, stimulus, new Entry<>(EnumSet.of(state), machine -> state, ""));
        }
      }
      return this;
    }

    private void put(S from, I stimulus, Entry<S, M> entry) {
      Map<I, Entry<S, M>> row = entries.get(from);
      if (row == null || row.putIfAbsent(stimulus, entry) != null) {
        throw new AssertionError(from + " on " + stimulus + " stands in the table twice");
      }
    }

    /** The table; fails if a pair is missing. */
    public TransitionTable<S, I, M> build() {
      TransitionTable<S, I, M> table = new TransitionTable<>(states, stimuli, entries);
      if (!table.missing().isEmpty()) {
        throw new AssertionError("missing: " + table.missing());
      }
      return table;
    }
  }
}
