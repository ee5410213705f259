// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import static org.hanota.headend.HeadEndParameter.LETTER_RETRY;

import java.util.Collection;
import java.util.Optional;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.StateWriter;
import org.hanota.headend.check.CheckLists;
import org.hanota.headend.clock.KeptClock;
import org.hanota.headend.estate.Device;
import org.hanota.headend.estate.Estate;
import org.hanota.headend.estate.Listing;
import org.hanota.headend.letter.Content;
import org.hanota.headend.letter.Ledger;
import org.hanota.headend.letter.Letter;
import org.hanota.headend.letter.LetterMachine;
import org.hanota.headend.letter.Outbox;
import org.hanota.headend.request.Response;
import org.hanota.headend.store.RecordKinds;
import org.hanota.headend.store.RecordStore;
import org.hanota.headend.track.Track;
import org.hanota.headend.track.TrackStimulus;

/**
 * The data service provider: checks what users ask for, keeps the inventory, holds back what is
 * anomalous, tracks each request for each device, and tells users what hubs and devices say. What a
 * call changes is kept in one step before anybody is told of it.
 */
public final class DspMachine implements LetterMachine {
  /** What it keeps. */
  public static final RecordKinds KINDS =
      Outbox.KINDS
          .and(KeptClock.KINDS)
          .and(Estate.KINDS)
          .and(DspParts.KINDS)
          .and(Reports.KINDS)
          .and(EstateFileSays.KINDS);

  private final Ledger ledger;
  private final DspParts parts;
  private final Distribution distribution;
  private final Reports reports;
  private final Registers registers;
  private final EstateFileSays file;
  private final ServiceDesk desk;

  /**
   * Makes a DSP that has not started yet.
   *
   * @param store what it keeps, which outlives this object
   */
  public DspMachine(DspConfig config, RecordStore store) {
    this(config, CheckLists.ALL, store);
  }

  /**
   * Makes a DSP with checks of the caller's.
   *
   * @param checks what must hold before anything travels
   * @param store what it keeps, which outlives this object
   */
  public DspMachine(DspConfig config, CheckLists checks, RecordStore store) {
    this.ledger = new Ledger(config.self(), config.parameters().get(LETTER_RETRY), store);
    this.parts = new DspParts(config, checks, ledger);
    Answers answers = new Answers(parts);
    this.distribution = new Distribution(parts, answers);
    this.reports =
        new Reports(parts, answers, new Outcomes(parts, answers), new HomeOutcomes(parts));
    this.registers = new Registers(parts);
    this.file = new EstateFileSays(parts, registers);
    this.desk =
        new ServiceDesk(
            parts,
            answers,
            distribution,
            new Activations(parts, answers),
            new LocalResponses(parts, answers, reports),
            new InventoryDesk(parts, answers, registers),
            registers);
  }

  @Override
  public void onStart(Now now, Effects effects) {
    ledger.start(
        record -> parts.load(record) || reports.load(record) || file.load(record), now, effects);
    due(new DspCall(now, effects));
  }

  @Override
  public void onInput(Now now, Input input, Effects effects) {
    DspCall call = new DspCall(now, effects);
    if (input instanceof Letter.Confirmed confirmed) {
      parts.outbox().confirmed(confirmed);
    } else if (input instanceof Letter.Message letter) {
      Optional<Response> acknowledgement = take(letter, call);
      effects.toWan(
          new Letter.Confirmed(
              parts.config().self(), letter.from(), letter.number(), acknowledgement));
    } else if (input instanceof DspInput told) {
      take(told, call);
    } else if (!(input instanceof Input.ServerFound) && !(input instanceof Input.NoServer)) {
      throw new IllegalArgumentException("input is " + input + ", allowed those of a DSP");
    }
    finish(call);
  }

  private Optional<Response> take(Letter.Message letter, DspCall call) {
    Content content = letter.content();
    if (content instanceof Content.ServiceCall called) {
      return Optional.of(desk.take(letter.from(), called, call));
    }
    if (!letter.from().equals(parts.config().csp())) {
      parts.audit(letter.from(), "is no CSP: " + content.getClass().getSimpleName(), call);
    } else if (content instanceof Content.Ended ended) {
      distribution.ended(ended, call);
      desk.ended(ended, call);
    } else if (content instanceof Content.FromHub from) {
      Optional<String> unused = reports.take(from, call);
    } else if (content instanceof Content.PartWanted wanted) {
      distribution.partWanted(wanted, call);
    } else {
      parts.audit(letter.from(), "says what is not for a DSP: " + content, call);
    }
    return Optional.empty();
  }

  private void take(DspInput told, DspCall call) {
    if (told instanceof DspInput.Said said) {
      take(said, call);
    } else if (told instanceof DspInput.UserKnown known) {
      registers.known(known.user());
    } else if (told instanceof DspInput.DeviceKnown known) {
      parts.estate().put(known.device());
    } else if (told instanceof DspInput.Listed listed) {
      registers.listed(listed.listing(), call);
    } else if (told instanceof DspInput.RuleKnown known) {
      parts.estate().put(known.rule());
    } else if (told instanceof DspInput.Registered registered) {
      parts.estate().put(registered.registration());
    } else if (told instanceof DspInput.UserSuspended suspended) {
      registers.suspended(suspended.user(), suspended.isSuspended(), call);
    } else if (told instanceof DspInput.SupplierChanged changed) {
      registers.supplierChanged(changed.hub(), changed.role(), changed.gaining(), call);
    } else if (told instanceof DspInput.Judged judged) {
      desk.judged(judged, call);
    }
  }

  private void take(DspInput.Said said, DspCall call) {
    if (said.what() instanceof DspInput.UserKnown known) {
      file.user(known.user(), call);
    } else if (said.what() instanceof DspInput.DeviceKnown known) {
      file.device(known.device(), call);
    } else if (said.what() instanceof DspInput.Listed listed) {
      file.listing(listed.listing(), call);
    } else {
      take(said.what(), call);
    }
  }

  @Override
  public void onTimer(Now now, Effects effects) {
    ledger.woken();
    due(new DspCall(now, effects));
  }

  private void due(DspCall call) {
    for (Track track : parts.tracks().expired(call.utcMillis())) {
      parts.fire(track, TrackStimulus.TIME_OUT, "nothing was heard while " + track.state(), call);
      distribution.expired(track, call);
      desk.expired(track, call);
    }
    desk.timer(call);
    parts.forgetting().timer(call);
    UntakenAnswers.timer(parts, call);
    parts.outbox().timer(call.now(), call.effects());
    finish(call);
  }

  private void finish(DspCall call) {
    parts.forgetting().settle(call);
    ledger.callEnds(
        Math.min(
            Math.min(parts.tracks().nextUtcMillis(), parts.nextWaitUtcMillis()),
            parts.forgetting().nextUtcMillis()),
        call.now(),
        call.effects());
  }

  /** The inventory, to look at between two calls. */
  public Collection<Device> devices() {
    return parts.estate().devices();
  }

  /** The Central Products List, to look at between two calls. */
  public Collection<Listing> listings() {
    return parts.estate().listings();
  }

  @Override
  public void describe(StateWriter out) {
    parts.describe(out);
  }
}
