// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.supplier;

import static org.hanota.headend.HeadEndParameter.CAMPAIGN_STEP;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.StateWriter;
import org.hanota.api.machine.ToWan;
import org.hanota.headend.campaign.CampaignEvent;
import org.hanota.headend.campaign.CampaignInput;
import org.hanota.headend.campaign.CampaignInput.DeviceReport;
import org.hanota.headend.campaign.CampaignMachine;
import org.hanota.headend.campaign.CampaignOrder;
import org.hanota.headend.campaign.CampaignPlan;
import org.hanota.headend.campaign.CampaignState;
import org.hanota.headend.campaign.CampaignWorld;
import org.hanota.headend.campaign.Member;
import org.hanota.headend.capacity.Booking;
import org.hanota.headend.capacity.CapacityAnswer;
import org.hanota.headend.capacity.CapacityPlan;
import org.hanota.headend.dsp.AuditEntry;
import org.hanota.headend.letter.LetterMachine;
import org.hanota.headend.request.CommandVariant;
import org.hanota.headend.request.DeviceIdList;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.request.FirmwareRequest;
import org.hanota.headend.request.FirmwareVersion;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.request.ServiceRequest;
import org.hanota.headend.store.Changes;
import org.hanota.headend.store.RecordKinds;
import org.hanota.headend.store.RecordStore;
import org.hanota.headend.store.Stored;
import org.hanota.headend.supplier.CampaignRecords.Activation;

/**
 * A supplier whose campaigns become requests: 11.1 or 11.4 for devices whose turn it is, 11.3 for
 * those that found their image good, and what comes back is the end of a device. Campaigns and
 * requests are kept in one step, so that neither a restart nor a stop ever comes between them.
 * [hanota H97]
 */
public final class CampaignSupplier implements LetterMachine {
  /** What it keeps. */
  public static final RecordKinds KINDS =
      SupplierMachine.KINDS
          .and(CampaignMachine.KINDS)
          .and(CampaignRecords.KINDS)
          .and("audit", AuditEntry.class)
          .and("booking", Booking.class);

  private final CampaignSupplierConfig config;
  private final RecordStore store;
  private final Changes changes = new Changes();
  private final GatheredEffects ofCampaigns = new GatheredEffects();
  private final GatheredEffects ofRequests = new GatheredEffects();
  private final List<ToWan> letters = new ArrayList<>();
  private final List<Event> events = new ArrayList<>();
  private final CampaignBook book = new CampaignBook(changes);
  private final CapacityPlan capacity;
  private final CampaignReports reports;
  private final CampaignMachine campaigns;
  private final CampaignActivations activations;
  private final SupplierMachine requests;
  private final CampaignLog log;

  // Of the input that is dealt with.
  private Optional<Room> asked = Optional.empty();
  private Optional<Octets> file = Optional.empty();

  private long wakeAt = Long.MAX_VALUE;

  /**
   * Makes a machine that has not started yet.
   *
   * @param store what it keeps, which outlives this object
   */
  public CampaignSupplier(CampaignSupplierConfig config, RecordStore store) {
    this.config = config;
    this.store = store;
    this.log = new CampaignLog(config.dialogue().self(), changes);
    this.capacity = new CapacityPlan(config.regions(), changes);
    this.reports = new CampaignReports(book, config.keys(), config.dialogue().dsp());
    List<Stored> kept = store.loadForStart();
    for (Stored each : kept) {
      boolean unused = book.load(each) || capacity.load(each) || log.load(each);
    }
    this.campaigns =
        new CampaignMachine(
            new World(),
            new GatheredStore(kept, CampaignMachine.KINDS, changes),
            config.dialogue().parameters());
    this.activations =
        new CampaignActivations(
            book,
            campaigns.view(),
            config.dialogue().parameters().get(CAMPAIGN_STEP),
            (target, body, now) -> ask(target, CommandVariant.PRE_COMMAND, body, now));
    this.requests =
        new SupplierMachine(
            config.dialogue(), new GatheredStore(kept, SupplierMachine.KINDS, changes));
  }

  /** What a campaign asks of its supplier when it is created or goes on. */
  private final class World implements CampaignWorld {
    @Override
    public Collection<Member> members() {
      return config.estate().members();
    }

    @Override
    public boolean isListed(CampaignPlan.Target target) {
      return config.estate().isListed(target);
    }

    @Override
    public CapacityAnswer capacity(CampaignPlan plan, Collection<Member> devices, long utcMillis) {
      Room room = new Room(plan.name(), plan.wanted(devices, utcMillis));
      asked = Optional.of(room);
      return capacity.answer(room.campaign(), room.wanted());
    }
  }

  /** What a campaign asked of the WAN in this call. */
  private record Room(String campaign, CapacityPlan.Wanted wanted) {}

  /** The campaigns, to look at: how each stands, and what a plan would do. */
  public CampaignMachine campaigns() {
    return campaigns;
  }

  /** The supplier's requests, to look at. */
  public SupplierMachine requests() {
    return requests;
  }

  /** What the WAN carries and has promised to campaigns. */
  public CapacityPlan capacity() {
    return capacity;
  }

  @Override
  public void onStart(Now now, Effects effects) {
    requests.onStart(now, ofRequests);
    campaigns.onStart(now, ofCampaigns);
    book.campaigns().stream().filter(campaigns.view()::isOver).forEach(book::over);
    finish(now, effects);
  }

  @Override
  public void onInput(Now now, Input input, Effects effects) {
    asked = Optional.empty();
    file = Optional.empty();
    if (input instanceof CampaignCreation creation) {
      file = Optional.of(creation.file());
      say(new CampaignInput.Create(creation.plan(), creation.by()), now);
    } else if (input instanceof CampaignInput word) {
      say(word, now);
    } else {
      requests.onInput(now, input, ofRequests);
    }
    finish(now, effects);
  }

  private void say(CampaignInput word, Now now) {
    log.said(word, now);
    campaigns.onInput(now, word, ofCampaigns);
  }

  @Override
  public void onTimer(Now now, Effects effects) {
    wakeAt = Long.MAX_VALUE;
    if (ofRequests.isDue(now.monotonicNanos())) {
      requests.onTimer(now, ofRequests);
    }
    if (ofCampaigns.isDue(now.monotonicNanos())) {
      campaigns.onTimer(now, ofCampaigns);
    }
    finish(now, effects);
  }

  /** Orders become requests and answers become reports until nothing is left; then all is kept. */
  private void finish(Now now, Effects effects) {
    activations.callBegins();
    boolean isMore = true;
    while (isMore) {
      // Answers first: what they lead to is put with the rest.
      boolean isAnswered = answers(now);
      boolean isOrdered = orders(now);
      isMore = activations.run(now) || isAnswered || isOrdered;
    }
    letters.addAll(ofRequests.takeToWan());
    changes.save(store);
    letters.forEach(effects::toWan);
    events.forEach(effects::report);
    letters.clear();
    events.clear();
    long next =
        Math.min(ofCampaigns.wakeAt(), Math.min(ofRequests.wakeAt(), activations.nextNanos(now)));
    if (next != wakeAt) {
      wakeAt = next;
      effects.wakeAt(next);
    }
  }

  private boolean orders(Now now) {
    boolean isMore = false;
    Set<String> moved = new TreeSet<>();
    for (Event event : ofCampaigns.takeEvents()) {
      events.add(event);
      isMore = true;
      happened((CampaignEvent) event, now).ifPresent(moved::add);
    }
    Map<Batch, List<Member>> batches = new LinkedHashMap<>();
    for (ToWan order : ofCampaigns.takeToWan()) {
      isMore = true;
      if (order instanceof CampaignOrder.Update update) {
        if (update.isAgain()) {
          // It was kept with the request that it led to.
          continue;
        }
        Batch batch = new Batch(update.campaign(), update.target(), update.member().type());
        batches.computeIfAbsent(batch, none -> new ArrayList<>()).add(update.member());
      } else if (order instanceof CampaignOrder.Halt halt) {
        halt(halt, now);
      }
    }
    batches.forEach((batch, members) -> update(batch, members, now));
    moved.stream().filter(campaigns.view()::isOver).forEach(book::over);
    return isMore;
  }

  /** What follows for the WAN and the book; the campaign that may have come to its end by that. */
  private Optional<String> happened(CampaignEvent event, Now now) {
    log.happened(event, now);
    if (event instanceof CampaignEvent.Accepted accepted) {
      book.image(accepted.campaign(), file.orElseThrow());
      bookRoom(accepted.campaign());
    } else if (event instanceof CampaignEvent.Stopped stopped) {
      capacity.release(stopped.campaign(), now.utcMillis());
    } else if (event instanceof CampaignEvent.Moved moved) {
      if (moved.state().isFinal()) {
        capacity.release(moved.campaign(), now.utcMillis());
        book.ended(moved.campaign());
      } else if (moved.state() == CampaignState.RUNNING) {
        bookRoom(moved.campaign());
        goOn(moved.campaign(), now);
      }
      return Optional.of(moved.campaign());
    } else if (event instanceof CampaignEvent.DeviceMoved moved) {
      activations.moved(moved, this::isOpen);
      return Optional.of(moved.campaign());
    }
    return Optional.empty();
  }

  /** What a creation or a resumption asked for is promised, instead of what was promised before. */
  private void bookRoom(String campaign) {
    asked
        .filter(room -> room.campaign().equals(campaign))
        .ifPresent(room -> capacity.book(campaign, room.wanted()));
  }

  private boolean isOpen(MessageId request) {
    return requests.dialogue(request).filter(each -> !each.state().isFinal()).isPresent();
  }

  /** Devices for one request: of one campaign, and taken by one service. */
  private record Batch(String campaign, CampaignPlan.Target target, boolean isPpmid) {
    Batch(String campaign, CampaignPlan.Target target, DeviceType type) {
      this(campaign, target, type == DeviceType.PPMID);
    }

    ServiceRequest request(Octets image, List<Eui64> devices) {
      FirmwareVersion version = new FirmwareVersion(target.version().toString());
      DeviceIdList list = new DeviceIdList(devices);
      return isPpmid
          ? new FirmwareRequest.UpdatePpmidFirmware(image, version, list)
          : new FirmwareRequest.UpdateFirmware(image, version, list);
    }
  }

  private void update(Batch batch, List<Member> members, Now now) {
    Octets image = book.image(batch.campaign());
    for (int from = 0; from < members.size(); from += DeviceIdList.DEVICES_MAX) {
      int to = Math.min(members.size(), from + DeviceIdList.DEVICES_MAX);
      List<Eui64> devices = members.subList(from, to).stream().map(Member::device).toList();
      MessageId request =
          ask(
              config.dialogue().dsp(),
              CommandVariant.NON_DEVICE,
              batch.request(image, devices),
              now);
      devices.forEach(book::forget);
      book.asked(new CampaignRecords.Update(batch.campaign(), request, devices));
    }
  }

  private MessageId ask(Eui64 target, CommandVariant variant, ServiceRequest body, Now now) {
    requests.onInput(now, new SupplierInput.Ask(target, variant, body), ofRequests);
    Optional<MessageId> asked = Optional.empty();
    for (Event event : ofRequests.takeEvents()) {
      events.add(event);
      if (event instanceof SupplierEvent.Asked put) {
        asked = Optional.of(put.request().id());
      }
    }
    return asked.orElseThrow();
  }

  /**
   * Nothing is put again and nothing signed; an activation of which nothing was signed waits again.
   * Whatever else was put the DCC may have: those devices stay under way. [hanota H150]
   */
  private void halt(CampaignOrder.Halt halt, Now now) {
    for (MessageId update : book.updates(halt.campaign())) {
      boolean unused = withdrawn(update, now);
    }
    for (Activation each : book.activations(halt.campaign())) {
      if (withdrawn(each.request().orElseThrow(), now)) {
        book.waitsAgain(each);
      }
    }
  }

  /** What was taken back and may be at the DCC is put again, as the same request. */
  private void goOn(String campaign, Now now) {
    List<MessageId> recalled = new ArrayList<>(book.updates(campaign));
    book.activations(campaign).forEach(each -> recalled.add(each.request().orElseThrow()));
    recalled.forEach(
        request -> requests.onInput(now, new SupplierInput.PutAgain(request), ofRequests));
  }

  private boolean withdrawn(MessageId request, Now now) {
    if (!isOpen(request)) {
      return false;
    }
    requests.onInput(now, new SupplierInput.Withdraw(request), ofRequests);
    return requests
        .dialogue(request)
        .filter(each -> each.state() == DialogueState.WITHDRAWN)
        .isPresent();
  }

  private boolean answers(Now now) {
    List<Event> heard = ofRequests.takeEvents();
    for (Event event : heard) {
      events.add(event);
      if (event instanceof SupplierEvent.Told told) {
        CampaignReports.Meaning meaning = reports.of(told.response(), now.utcMillis());
        meaning.reports().forEach(each -> campaigns.onInput(now, each, ofCampaigns));
        meaning.receipts().forEach(activations::verified);
      } else if (event instanceof SupplierEvent.Moved moved) {
        moved(moved.dialogue(), now);
      }
    }
    return !heard.isEmpty();
  }

  /** A pre-command that is not what was asked for is not signed: the device gets no activation. */
  private void moved(Dialogue dialogue, Now now) {
    if (dialogue.state() == DialogueState.REFUSED && book.isActivation(dialogue.id())) {
      DeviceReport report = new DeviceReport.NotUpdated("its activation was refused");
      Eui64 device = dialogue.id().target();
      campaigns.onInput(now, new CampaignInput.Report(device, report), ofCampaigns);
    }
  }

  @Override
  public void describe(StateWriter out) {
    campaigns.describe(out);
    requests.describe(out);
    book.lines().forEach((campaign, line) -> out.put("ready " + campaign, line.waiting()));
  }
}
