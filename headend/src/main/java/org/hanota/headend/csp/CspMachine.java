// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.csp;

import static org.hanota.headend.HeadEndParameter.DELIVERIES_PER_HUB;
import static org.hanota.headend.HeadEndParameter.LETTER_RETRY;
import static org.hanota.headend.HeadEndParameter.WAN_RETRY;
import static org.hanota.headend.HeadEndParameter.WAN_TIMEOUT;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hanota.api.Eui64;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.StateWriter;
import org.hanota.api.machine.TransitionTable;
import org.hanota.headend.estate.ReasonClass;
import org.hanota.headend.letter.Content;
import org.hanota.headend.letter.Delivery;
import org.hanota.headend.letter.Letter;
import org.hanota.headend.letter.LetterMachine;
import org.hanota.headend.letter.Outbox;
import org.hanota.headend.store.Changes;
import org.hanota.headend.store.RecordStore;
import org.hanota.headend.store.Stored;

/**
 * The communications service provider: carries images and commands to hubs over the WAN, each until
 * the hub has said what became of it or its time is over, and what hubs say to the DSP. Security
 * goes first, commands pass images. [hanota H84]
 */
public final class CspMachine implements LetterMachine {
  private static final String NEXT = "next consignment";

  /** The more urgent reason goes first, of equal ones what came first. */
  private static final Comparator<Consignment> TURN =
      Comparator.comparing(
              (Consignment each) ->
                  each.delivery().map(Delivery::reason).orElse(ReasonClass.FUNCTION))
          .thenComparing(Consignment::number);

  private final CspConfig config;
  private final RecordStore store;
  private final TransitionTable<ConsignmentState, ConsignmentStimulus, ConsignmentStep> table;
  private final Changes changes = new Changes();
  private final Outbox outbox;
  private final Map<Long, Consignment> consignments = new TreeMap<>();
  private long next = 1;
  private long wakeAt = Long.MAX_VALUE;

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
    this.store = store;
    this.table = table;
    this.outbox = new Outbox(config.self(), config.parameters().get(LETTER_RETRY), changes);
  }

  @Override
  public void onStart(Now now, Effects effects) {
    for (Stored record : store.load()) {
      if (record instanceof Consignment consignment) {
        consignments.put(consignment.number(), consignment);
      } else if (record instanceof Next kept) {
        next = kept.number();
      } else if (!outbox.load(record)) {
        throw new IllegalStateException("the store has " + record + ", which is no CSP's");
      }
    }
    outbox.start(now, effects);
    due(now, effects);
  }

  @Override
  public void onInput(Now now, Input input, Effects effects) {
    if (input instanceof Letter.Confirmed confirmed) {
      outbox.confirmed(confirmed);
    } else if (input instanceof Letter.Message letter) {
      take(letter, now, effects);
      effects.toWan(
          new Letter.Confirmed(config.self(), letter.from(), letter.number(), Optional.empty()));
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
      for (Consignment each : List.copyOf(consignments.values())) {
        if (each.id().request().equals(withdraw.request())
            && withdraw.hub().filter(hub -> !hub.equals(each.hub())).isEmpty()) {
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
    boolean isKnown =
        consignments.values().stream()
            .anyMatch(
                each ->
                    each.letter() == letter || (each.isOpen() && each.id().equals(delivery.id())));
    if (isKnown) {
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
    consignments.put(consignment.number(), consignment);
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
    Consignment found = consignments.get(number);
    if (found != null && found.hub().equals(hub)) {
      fire(found, stimulus, reason, now, effects);
    }
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
      effects.toWan(new ToHub(consignment.hub(), consignment.number(), delivery.load()));
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
    wakeAt = Long.MAX_VALUE;
    due(now, effects);
  }

  private void due(Now now, Effects effects) {
    for (Consignment each : List.copyOf(consignments.values())) {
      if (each.isOpen() && expires(each) <= now.utcMillis()) {
        fire(each, ConsignmentStimulus.TIME_OVER, "", now, effects);
      } else if (each.retryUtcMillis() <= now.utcMillis()) {
        if (each.isOpen()) {
          fire(each, ConsignmentStimulus.RETRY_DUE, "", now, effects);
        } else {
          consignments.remove(each.number());
          changes.remove(each.key());
        }
      }
    }
    outbox.timer(now, effects);
    finish(now, effects);
  }

  private static long expires(Consignment consignment) {
    return consignment.delivery().map(Delivery::expiresUtcMillis).orElse(Long.MAX_VALUE);
  }

  /** Whoever's turn it is goes; what the call changed is kept before anybody is told. */
  private void finish(Now now, Effects effects) {
    turns(now, effects);
    changes.save(store);
    outbox.callEnds(effects);
    long utc = Long.MAX_VALUE;
    for (Consignment each : consignments.values()) {
      utc = Math.min(utc, Math.min(each.retryUtcMillis(), expires(each)));
    }
    long nanos = outbox.nextNanos();
    if (utc != Long.MAX_VALUE) {
      nanos = Math.min(nanos, now.plusMillis(Math.max(0, utc - now.utcMillis())));
    }
    if (nanos != wakeAt) {
      wakeAt = nanos;
      effects.wakeAt(nanos);
    }
  }

  private void turns(Now now, Effects effects) {
    Map<Eui64, Long> underWay = new TreeMap<>();
    for (Consignment each : consignments.values()) {
      if (each.isImage() && each.state() == ConsignmentState.SENT) {
        underWay.merge(each.hub(), 1L, Long::sum);
      }
    }
    List<Consignment> waiting =
        consignments.values().stream()
            .filter(each -> each.state() == ConsignmentState.QUEUED)
            .sorted(TURN)
            .toList();
    for (Consignment each : waiting) {
      if (!each.isImage()) {
        fire(each, ConsignmentStimulus.TURN, "", now, effects);
      } else if (underWay.getOrDefault(each.hub(), 0L)
          < config.parameters().get(DELIVERIES_PER_HUB)) {
        underWay.merge(each.hub(), 1L, Long::sum);
        fire(each, ConsignmentStimulus.TURN, "", now, effects);
      }
    }
  }

  @Override
  public void describe(StateWriter out) {
    out.put(NEXT, next);
    consignments.values().forEach(each -> out.put(each.key(), each));
    outbox.describe(out);
  }
}
