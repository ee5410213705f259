// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.supplier;

import static org.hanota.headend.HeadEndParameter.REPLACEMENT_RETRY;
import static org.hanota.headend.HeadEndParameter.REPLACEMENT_TRIES;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hanota.api.Eui64;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.StateWriter;
import org.hanota.api.machine.TransitionTable;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.request.Response;
import org.hanota.headend.store.Changes;

/**
 * The replacements of a supplier's damaged devices. A step and the request that follows from it are
 * kept at once, so that a restart in any state asks for nothing twice and forgets nothing. [hanota
 * H125]
 */
final class Replacements {
  private final SupplierConfig config;
  private final TransitionTable<ReplacementState, ReplacementStimulus, ReplacementStep> table;
  private final Changes changes;
  private final Asker asker;
  private final Map<Eui64, Replacement> all = new TreeMap<>();

  /** Puts a request to the DCC. */
  interface Asker {
    /** Puts it and names it. */
    MessageId ask(SupplierInput.Ask ask, Now now, Effects effects);
  }

  Replacements(
      SupplierConfig config,
      TransitionTable<ReplacementState, ReplacementStimulus, ReplacementStep> table,
      Changes changes,
      Asker asker) {
    this.config = config;
    this.table = table;
    this.changes = changes;
    this.asker = asker;
  }

  void load(Replacement kept) {
    all.put(kept.plan().damaged(), kept);
  }

  /** A person says something about a replacement. */
  void input(SupplierInput told, Now now, Effects effects) {
    if (told instanceof SupplierInput.Replace replace) {
      Replacement before = all.get(replace.plan().damaged());
      if (before == null || before.isOver()) {
        fire(Replacement.of(replace.plan()), ReplacementStimulus.START, "begins", now, effects);
      }
    } else if (told instanceof SupplierInput.ResumeReplacement resume) {
      fire(resume.damaged(), ReplacementStimulus.RESUME, "resumed", now, effects);
    } else if (told instanceof SupplierInput.AbandonReplacement abandon) {
      fire(abandon.damaged(), ReplacementStimulus.ABANDON, abandon.reason(), now, effects);
    } else {
      throw new IllegalArgumentException("input is " + told + ", allowed one about a replacement");
    }
  }

  private void fire(
      Eui64 damaged, ReplacementStimulus stimulus, String reason, Now now, Effects effects) {
    Replacement found = all.get(damaged);
    if (found != null) {
      fire(found, stimulus, reason, now, effects);
    }
  }

  /** A request has come to its end; {@code said} is empty where nothing came. */
  void ended(MessageId request, Optional<Response> said, Now now, Effects effects) {
    for (Replacement each : List.copyOf(all.values())) {
      if (each.asked().filter(request::equals).isPresent()) {
        StepAnswer answer =
            said.map(response -> StepAnswer.of(response, each.plan().replacement()))
                .orElse(StepAnswer.NONE);
        fire(each, answer.stimulus(), answer.reason(), now, effects);
      }
    }
  }

  /** Asks again what is due. */
  void timer(Now now, Effects effects) {
    for (Replacement each : List.copyOf(all.values())) {
      if (each.dueUtcMillis().filter(due -> due <= now.utcMillis()).isPresent()) {
        fire(each, ReplacementStimulus.DUE, each.reason(), now, effects);
      }
    }
  }

  /** When something is due; {@link Long#MAX_VALUE} for never. */
  long nextUtcMillis() {
    return all.values().stream()
        .flatMap(each -> each.dueUtcMillis().stream())
        .mapToLong(Long::longValue)
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private void fire(
      Replacement before, ReplacementStimulus stimulus, String reason, Now now, Effects effects) {
    ReplacementStep step =
        new ReplacementStep(before, Math.toIntExact(config.parameters().get(REPLACEMENT_TRIES)));
    ReplacementState next = table.fire(before.state(), stimulus, step);
    if (next == before.state() && !step.isAsking() && !step.isWaiting()) {
      return;
    }
    Optional<MessageId> asked = Optional.empty();
    if (step.isAsking()) {
      Instant instant = Instant.ofEpochMilli(now.utcMillis());
      asked =
          Optional.of(
              asker.ask(
                  before.plan().ask(next, step.request(), config.dsp(), instant), now, effects));
    }
    Optional<Long> due =
        step.isWaiting()
            ? Optional.of(now.utcMillis() + config.parameters().get(REPLACEMENT_RETRY))
            : Optional.empty();
    Optional<ReplacementState> heldIn =
        next == ReplacementState.HELD ? Optional.of(before.state()) : Optional.empty();
    Replacement moved =
        new Replacement(
            before.plan(), next, step.request(), asked, step.tries(), due, heldIn, reason);
    load(moved);
    changes.put(moved);
    effects.report(new SupplierEvent.Replacing(moved));
  }

  void describe(StateWriter out) {
    all.values().forEach(each -> out.put(each.key(), each));
  }
}
