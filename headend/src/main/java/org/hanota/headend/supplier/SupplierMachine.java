// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.supplier;

import static org.hanota.headend.HeadEndParameter.ENDED_REQUEST_KEPT;
import static org.hanota.headend.HeadEndParameter.FORGOTTEN_AT_ONCE;
import static org.hanota.headend.HeadEndParameter.FUTURE_DATED_MAXIMUM;
import static org.hanota.headend.HeadEndParameter.LETTER_RETRY;

import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hanota.api.Octets;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.StateWriter;
import org.hanota.api.machine.TransitionTable;
import org.hanota.gbcs.Message;
import org.hanota.headend.clock.KeptClock;
import org.hanota.headend.letter.Content;
import org.hanota.headend.letter.Ledger;
import org.hanota.headend.letter.Letter;
import org.hanota.headend.letter.LetterMachine;
import org.hanota.headend.letter.Outbox;
import org.hanota.headend.request.CommandVariant;
import org.hanota.headend.request.DuisMessage;
import org.hanota.headend.request.ExecutionDateTime;
import org.hanota.headend.request.FirmwareRequest.ActivateFirmware;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.request.Request;
import org.hanota.headend.request.Response;
import org.hanota.headend.request.ResponseBody.ResponseMessage;
import org.hanota.headend.request.ResponseContent;
import org.hanota.headend.request.ServiceRequest.SignedPreCommand;
import org.hanota.headend.store.Changes;
import org.hanota.headend.store.RecordKinds;
import org.hanota.headend.store.RecordStore;
import org.hanota.headend.store.Stored;

/**
 * A supplier: puts requests under counters that only rise, compares each pre-command with what it
 * asked for and signs it once, and takes each answer and alert once however often it comes. What
 * ended long ago it forgets. [hanota H167]
 */
public final class SupplierMachine implements LetterMachine {
  /** What it keeps. */
  public static final RecordKinds KINDS =
      Outbox.KINDS
          .and(KeptClock.KINDS)
          .and("dialogue", Dialogue.class)
          .and("counter", Counter.class)
          .and("replacement", Replacement.class)
          .and("taken", Taken.class);

  private static final Comparator<Dialogue> BY_DUE =
      Comparator.comparingLong(Dialogue::expiresUtcMillis).thenComparing(Dialogue::key);

  private final SupplierConfig config;
  private final TransitionTable<DialogueState, DialogueStimulus, DialogueStep> table;
  private final Ledger ledger;
  private final Changes changes;
  private final Outbox outbox;
  private final Replacements replacements;
  private final Map<MessageId, Dialogue> dialogues = new LinkedHashMap<>();

  /** Those that are open expire, those that have ended are forgotten. */
  private final NavigableSet<Dialogue> due = new TreeSet<>(BY_DUE);

  private final Map<DialogueState, Long> counts = new EnumMap<>(DialogueState.class);
  private Counter counter = new Counter(0);
  private Taken taken = new Taken(List.of());

  /** The last counter of a RequestID. */
  private record Counter(long last) implements Stored {
    @Override
    public String key() {
      return "counter";
    }
  }

  /** The numbers of the latest letters. */
  private record Taken(List<Long> numbers) implements Stored {
    private static final int KEPT = 256;

    Taken with(long number) {
      List<Long> more = Stream.concat(numbers.stream(), Stream.of(number)).toList();
      return new Taken(more.subList(Math.max(0, more.size() - KEPT), more.size()));
    }

    @Override
    public String key() {
      return "taken";
    }
  }

  /**
   * Makes a supplier that has not started yet.
   *
   * @param store what it keeps, which outlives this object
   */
  public SupplierMachine(SupplierConfig config, RecordStore store) {
    this(config, store, DialogueTransitions.TABLE, ReplacementTransitions.TABLE);
  }

  SupplierMachine(
      SupplierConfig config,
      RecordStore store,
      TransitionTable<DialogueState, DialogueStimulus, DialogueStep> table,
      TransitionTable<ReplacementState, ReplacementStimulus, ReplacementStep> replacing) {
    this.config = config;
    this.table = table;
    this.ledger = new Ledger(config.self(), config.parameters().get(LETTER_RETRY), store);
    this.changes = ledger.changes();
    this.outbox = ledger.outbox();
    this.replacements = new Replacements(config, replacing, changes, this::ask);
  }

  @Override
  public void onStart(Now now, Effects effects) {
    ledger.start(this::load, now, effects);
    due(now, effects);
  }

  private boolean load(Stored record) {
    if (record instanceof Dialogue dialogue) {
      place(dialogue);
    } else if (record instanceof Counter kept) {
      counter = kept;
    } else if (record instanceof Taken kept) {
      taken = kept;
    } else if (record instanceof Replacement kept) {
      replacements.load(kept);
    } else {
      return false;
    }
    return true;
  }

  @Override
  public void onInput(Now now, Input input, Effects effects) {
    if (input instanceof SupplierInput.Ask ask) {
      MessageId unused = ask(ask, now, effects);
    } else if (input instanceof SupplierInput.Withdraw withdraw) {
      dialogue(withdraw.request()).ifPresent(found -> withdraw(found, now, effects));
    } else if (input instanceof SupplierInput.PutAgain again) {
      dialogue(again.request()).ifPresent(found -> putAgain(found, now, effects));
    } else if (input instanceof SupplierInput told) {
      replacements.input(told, now, effects);
    } else if (input instanceof Letter.Confirmed confirmed) {
      outbox.confirmed(confirmed);
      acknowledged(confirmed, now, effects);
    } else if (input instanceof Letter.Message letter) {
      take(letter, now, effects);
      effects.toWan(
          new Letter.Confirmed(config.self(), letter.from(), letter.number(), Optional.empty()));
    } else if (!(input instanceof Input.ServerFound) && !(input instanceof Input.NoServer)) {
      throw new IllegalArgumentException("input is " + input + ", allowed those of a supplier");
    }
    finish(now, effects);
  }

  private MessageId ask(SupplierInput.Ask ask, Now now, Effects effects) {
    counter = new Counter(Math.max(counter.last() + 1, now.utcMillis()));
    changes.put(counter);
    MessageId id = new MessageId(config.self(), ask.target(), counter.last());
    Request request =
        new Request(DuisMessage.SCHEMA_VERSION, id, ask.variant(), ask.service(), ask.body());
    put(
        new Dialogue(
            request,
            outbox.nextNumber(),
            Optional.empty(),
            DialogueState.ASKED,
            Optional.empty(),
            now.utcMillis() + 2 * config.parameters().get(FUTURE_DATED_MAXIMUM)));
    send(request, now, effects);
    return id;
  }

  /** How far a request got, if it is one of this supplier. */
  public Optional<Dialogue> dialogue(MessageId request) {
    return Optional.ofNullable(dialogues.get(request));
  }

  /** How many requests are in which state. */
  public Map<DialogueState, Long> counts() {
    return new EnumMap<>(counts);
  }

  private void withdraw(Dialogue dialogue, Now now, Effects effects) {
    DialogueStimulus stimulus =
        dialogue.request().commandVariant().critical()
            ? DialogueStimulus.TAKEN_BACK
            : DialogueStimulus.RECALL;
    fire(dialogue, stimulus, Optional.empty(), now, effects);
    if (dialogue(dialogue.id()).orElseThrow().state() == DialogueState.WITHDRAWN) {
      outbox.withdraw(dialogue.letter());
    }
  }

  private void putAgain(Dialogue dialogue, Now now, Effects effects) {
    fire(dialogue, DialogueStimulus.PUT_AGAIN, Optional.empty(), now, effects);
    if (dialogue.state().isRecalled()) {
      outbox.retryNow(now);
    }
  }

  private void send(Request request, Now now, Effects effects) {
    effects.report(new SupplierEvent.Asked(request));
    outbox.post(
        config.dsp(), new Content.ServiceCall(request.commandVariant().service(), request), now);
  }

  private void put(Dialogue dialogue) {
    place(dialogue);
    changes.put(dialogue);
  }

  private void place(Dialogue dialogue) {
    Dialogue before = dialogues.put(dialogue.id(), dialogue);
    if (before != null) {
      due.remove(before);
      counts.merge(before.state(), -1L, Long::sum);
    }
    counts.merge(dialogue.state(), 1L, Long::sum);
    due.add(dialogue);
    letters(dialogue);
  }

  /** It ended long ago: nothing of it is kept, and what nobody took of it is not put again. */
  private void forget(Dialogue dialogue) {
    dialogues.remove(dialogue.id());
    due.remove(dialogue);
    counts.merge(dialogue.state(), -1L, Long::sum);
    outbox.withdraw(dialogue.letter());
    dialogue.signedLetter().ifPresent(outbox::withdraw);
    changes.remove(dialogue.key());
  }

  /** What was recalled is not put again while it is; once it has ended so, never. */
  private void letters(Dialogue dialogue) {
    long letter = dialogue.signedLetter().orElse(dialogue.letter());
    if (dialogue.state().isRecalled()) {
      outbox.hold(letter);
    } else if (outbox.release(letter) && dialogue.state().isFinal()) {
      outbox.withdraw(letter);
    }
  }

  /** What the DCC says at once. */
  private void acknowledged(Letter.Confirmed confirmed, Now now, Effects effects) {
    Optional<Response> said = confirmed.acknowledgement();
    Optional<Dialogue> about = said.flatMap(Response::requestId).map(dialogues::get);
    if (said.isEmpty() || about.isEmpty()) {
      return;
    }
    boolean isSigned =
        about.get().signedLetter().filter(number -> number == confirmed.number()).isPresent();
    DialogueStimulus stimulus =
        said.get().code().isError()
            ? DialogueStimulus.NOT_TAKEN
            : isSigned ? DialogueStimulus.SIGNED_TAKEN : DialogueStimulus.TAKEN;
    effects.report(new SupplierEvent.Told(said.get()));
    fire(about.get(), stimulus, said.get(), now, effects);
  }

  private void take(Letter.Message letter, Now now, Effects effects) {
    if (!(letter.content() instanceof Content.Answer answer)) {
      throw new IllegalArgumentException("letter is " + letter + ", allowed an answer");
    }
    if (taken.numbers().contains(letter.number())) {
      return;
    }
    taken = taken.with(letter.number());
    changes.put(taken);
    Response response = answer.response();
    effects.report(new SupplierEvent.Told(response));
    Optional<Dialogue> about = response.requestId().map(dialogues::get);
    about.ifPresent(
        dialogue -> fire(dialogue, stimulus(dialogue, response), response, now, effects));
  }

  private DialogueStimulus stimulus(Dialogue dialogue, Response response) {
    Optional<ResponseContent> content =
        response.body() instanceof ResponseMessage message ? message.content() : Optional.empty();
    if (response.code().isError()) {
      return DialogueStimulus.ERROR;
    }
    if (content.isPresent() && content.get() instanceof ResponseContent.PreCommand given) {
      return PreCommands.isOf(dialogue.request(), given.gbcsPayload())
          ? DialogueStimulus.PRE_COMMAND
          : DialogueStimulus.OTHER_PRE_COMMAND;
    }
    return content.isPresent()
            && content.get() instanceof ResponseContent.FutureDatedDeviceAlertMessage
        ? DialogueStimulus.OUTCOME
        : DialogueStimulus.ANSWER;
  }

  private void fire(
      Dialogue dialogue, DialogueStimulus stimulus, Response said, Now now, Effects effects) {
    fire(dialogue, stimulus, Optional.of(said), now, effects);
  }

  private void fire(
      Dialogue dialogue,
      DialogueStimulus stimulus,
      Optional<Response> said,
      Now now,
      Effects effects) {
    DialogueStep step = new DialogueStep();
    DialogueState next = table.fire(dialogue.state(), stimulus, step);
    if (next == dialogue.state()) {
      return;
    }
    Dialogue moved = dialogue.in(next, said.map(Response::code));
    if (step.isSigning()) {
      moved = moved.signedBy(outbox.nextNumber());
    }
    if (next.isFinal()) {
      long ended = now.knowsUtc() ? now.utcMillis() : moved.expiresUtcMillis();
      moved = moved.forgottenAt(ended + config.parameters().get(ENDED_REQUEST_KEPT));
    }
    put(moved);
    effects.report(new SupplierEvent.Moved(moved));
    if (step.isSigning()) {
      sign(moved, said.flatMap(PreCommands::given).orElseThrow(), now, effects);
    } else if (next.isFinal()) {
      replacements.ended(moved.id(), said, now, effects);
    }
  }

  private void sign(Dialogue dialogue, Octets preCommand, Now now, Effects effects) {
    Message signed = Message.parse(preCommand).sign(config.signer());
    ExecutionDateTime when =
        dialogue.request().body() instanceof ActivateFirmware order
            ? order.executionDateTime()
            : ExecutionDateTime.NOW;
    send(
        new Request(
            dialogue.request().schemaVersion(),
            dialogue.id(),
            CommandVariant.SIGNED_COMMAND,
            dialogue.request().service(),
            new SignedPreCommand(when, signed.octets())),
        now,
        effects);
  }

  @Override
  public void onTimer(Now now, Effects effects) {
    ledger.woken();
    due(now, effects);
  }

  private void due(Now now, Effects effects) {
    List<Dialogue> over =
        due.stream().takeWhile(each -> each.expiresUtcMillis() <= now.utcMillis()).toList();
    long left = config.parameters().get(FORGOTTEN_AT_ONCE);
    for (Dialogue each : over) {
      if (!each.state().isFinal()) {
        fire(each, DialogueStimulus.TIME_OVER, Optional.empty(), now, effects);
      } else if (left > 0) {
        forget(each);
        left--;
      }
    }
    replacements.timer(now, effects);
    outbox.timer(now, effects);
    finish(now, effects);
  }

  private void finish(Now now, Effects effects) {
    long next = due.isEmpty() ? Long.MAX_VALUE : due.first().expiresUtcMillis();
    ledger.callEnds(Math.min(next, replacements.nextUtcMillis()), now, effects);
  }

  @Override
  public void describe(StateWriter out) {
    dialogues.values().forEach(dialogue -> out.put(dialogue.key(), dialogue));
    replacements.describe(out);
    out.put(counter.key(), counter);
    out.put(taken.key(), taken);
    outbox.describe(out);
  }
}
