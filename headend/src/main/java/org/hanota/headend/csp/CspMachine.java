// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.csp;

import static org.hanota.headend.HeadEndParameter.DELIVERIES_PER_HUB;
import static org.hanota.headend.HeadEndParameter.LETTER_RETRY;
import static org.hanota.headend.HeadEndParameter.WAN_RETRY;
import static org.hanota.headend.HeadEndParameter.WAN_TIMEOUT;

import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.StateWriter;
import org.hanota.api.machine.TransitionTable;
import org.hanota.headend.clock.KeptClock;
import org.hanota.headend.letter.Content;
import org.hanota.headend.letter.Delivery;
import org.hanota.headend.letter.Ledger;
import org.hanota.headend.letter.Letter;
import org.hanota.headend.letter.LetterMachine;
import org.hanota.headend.letter.Outbox;
import org.hanota.headend.store.Changes;
import org.hanota.headend.store.RecordKinds;
import org.hanota.headend.store.RecordStore;
import org.hanota.headend.store.Stored;
import org.hanota.keys.Sha256;

/**
 * The communications service provider: carries images and commands to hubs over the WAN, each until
 * the hub has said what became of it or its time is over, and what hubs say to the DSP. Security
 * goes first, commands pass images. [hanota H84]
 */
public final class CspMachine implements LetterMachine {
  private static final String NEXT = "next consignment";

  /** What it keeps. */
  public static final RecordKinds KINDS =
      Outbox.KINDS.and(KeptClock.KINDS).and("consignment", Consignment.class).and(NEXT, Next.class);

  private final CspConfig config;
  private final TransitionTable<ConsignmentState, ConsignmentStimulus, ConsignmentStep> table;
  private final Ledger ledger;
  private final Changes changes;
  private final Outbox outbox;
  private final Consignments consignments = new Consignments();
  private long next = 1;

  /** The number of the next consignment: numbers are never used twice. */
  private record Next(long number) implements Stored {
    @Override
    public String key() {
      return NEXT;
    }
  }

  /**
   * Makes a CSP that has not started yet.
   *
   * @param store what it keeps, which outlives this object
   */
  public CspMachine(CspConfig config, RecordStore store) {
    this(config, store, CspTransitions.TABLE);
  }

  CspMachine(
      CspConfig config,
      RecordStore store,
      TransitionTable<ConsignmentState, ConsignmentStimulus, ConsignmentStep> table) {
    this.config = config;
    this.table = table;
    this.ledger = new Ledger(config.self(), config.parameters().get(LETTER_RETRY), store);
    this.changes = ledger.changes();
    this.outbox = ledger.outbox();
  }

  @Override
  public void onStart(Now now, Effects effects) {
    ledger.start(this::load, now, effects);
    due(now, effects);
  }

  private boolean load(Stored record) {
    if (record instanceof Consignment consignment) {
      consignments.put(consignment);
    } else if (record instanceof Next kept) {
      next = kept.number();
    } else {
      return false;
    }
    return true;
  }

  @Override
  public void onInput(Now now, Input input, Effects effects) {
    if (input instanceof Letter.Confirmed confirmed) {
      outbox.confirmed(confirmed);
    } else if (input instanceof Letter.Message letter) {
      take(letter, now, effects);
      effects.toWan(
          new Letter.Confirmed(config.self(), letter.from(), letter.number(), Optional.empty()));
    } else if (input instanceof CspInput.HubCame came) {
      for (Consignment each : consignments.sentTo(came.hub())) {
        fire(each, ConsignmentStimulus.RETRY_DUE, "", now, effects);
      }
    } else if (input instanceof CspInput.HubTook took) {
      fire(took.number(), took.hub(), ConsignmentStimulus.TAKEN, "", now, effects);
    } else if (input instanceof CspInput.HubRefused refused) {
      fire(
          refused.number(),
          refused.hub(),
          ConsignmentStimulus.REJECTED,
          refused.reason(),
          now,
          effects);
    } else if (input instanceof CspInput.HubSaid said) {
      outbox.post(config.dsp(), new Content.FromHub(said.hub(), said.message()), now);
      effects.toWan(new HubHeard(said.hub(), Sha256.of(said.message())));
    } else if (input instanceof CspInput.HubWants wants) {
      outbox.post(
          config.dsp(), new Content.PartWanted(wants.hub(), wants.device(), wants.part()), now);
    } else if (!(input instanceof Input.ServerFound) && !(input instanceof Input.NoServer)) {
      throw new IllegalArgumentException("input is " + input + ", allowed those of a CSP");
    }
    finish(now, effects);
  }

  private void take(Letter.Message letter, Now now, Effects effects) {
    if (letter.content() instanceof Content.Deliver deliver) {
      deliver(letter.number(), deliver.delivery());
    } else if (letter.content() instanceof Content.Withdraw withdraw) {
      for (Consignment each : consignments.of(withdraw.request())) {
        if (withdraw.hub().filter(hub -> !hub.equals(each.hub())).isEmpty()) {
          fire(each, ConsignmentStimulus.TAKEN_BACK, withdraw.reason(), now, effects);
        }
      }
    } else {
      throw new IllegalArgumentException(
          "letter is " + letter + ", allowed a delivery or a withdrawal");
    }
  }

  /** A letter that comes twice, and a delivery that is under way, begin nothing. */
  private void deliver(long letter, Delivery delivery) {
    if (consignments.knows(letter, delivery.id())) {
      return;
    }
    put(
        new Consignment(
            next,
            letter,
            delivery.id(),
            Optional.of(delivery),
            ConsignmentState.QUEUED,
            Long.MAX_VALUE));
    next++;
    changes.put(new Next(next));
  }

  private void put(Consignment consignment) {
    consignments.put(consignment);
    changes.put(consignment);
  }

  /** A hub speaks of its own consignments only. */
  private void fire(
      long number,
      Eui64 hub,
      ConsignmentStimulus stimulus,
      String reason,
      Now now,
      Effects effects) {
    consignments
        .find(number)
        .filter(found -> found.hub().equals(hub))
        .ifPresent(found -> fire(found, stimulus, reason, now, effects));
  }

  private void fire(
      Consignment consignment,
      ConsignmentStimulus stimulus,
      String reason,
      Now now,
      Effects effects) {
    ConsignmentStep step = new ConsignmentStep();
    ConsignmentState state = table.fire(consignment.state(), stimulus, step);
    if (consignment.delivery().isEmpty()) {
      return;
    }
    Delivery delivery = consignment.delivery().get();
    if (step.isSending()) {
      put(consignment.sent(now.utcMillis() + config.parameters().get(WAN_RETRY)));
      effects.toWan(
          new ToHub(
              consignment.hub(), consignment.number(), delivery.id().request(), delivery.load()));
    } else if (step.isRecalling()) {
      put(consignment.recalled());
      effects.toWan(new Recalled(consignment.hub(), consignment.number()));
    } else if (step.isEnding()) {
      put(consignment.ended(state, now.utcMillis() + config.parameters().get(WAN_TIMEOUT)));
      outbox.post(
          config.dsp(),
          new Content.Ended(
              consignment.id(), delivery.load().devices(), Consignment.end(state, reason)),
          now);
    }
  }

  @Override
  public void onTimer(Now now, Effects effects) {
    ledger.woken();
    due(now, effects);
  }

  private void due(Now now, Effects effects) {
    for (Consignment each : consignments.due(now.utcMillis())) {
      if (!each.isOpen()) {
        consignments.remove(each.number());
        changes.remove(each.key());
      } else if (each.expiresUtcMillis() <= now.utcMillis()) {
        fire(each, ConsignmentStimulus.TIME_OVER, "", now, effects);
      } else {
        fire(each, ConsignmentStimulus.RETRY_DUE, "", now, effects);
      }
    }
    outbox.timer(now, effects);
    finish(now, effects);
  }

  /** Whoever's turn it is goes. */
  private void finish(Now now, Effects effects) {
    for (Eui64 hub : consignments.hubsWithTurns()) {
      consignments
          .turns(hub, config.parameters().get(DELIVERIES_PER_HUB))
          .forEach(each -> fire(each, ConsignmentStimulus.TURN, "", now, effects));
    }
    ledger.callEnds(consignments.nextUtcMillis(), now, effects);
  }

  @Override
  public void describe(StateWriter out) {
    out.put(NEXT, next);
    consignments.all().forEach(each -> out.put(each.key(), each));
    outbox.describe(out);
  }
}
