// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.supplier;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
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
import org.hanota.headend.letter.LetterMachine;
import org.hanota.headend.request.CommandVariant;
import org.hanota.headend.request.DeviceIdList;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.request.ExecutionDateTime;
import org.hanota.headend.request.FirmwareRequest;
import org.hanota.headend.request.FirmwareVersion;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.request.ServiceRequest;
import org.hanota.headend.store.Changes;
import org.hanota.headend.store.RecordKinds;
import org.hanota.headend.store.RecordStore;
import org.hanota.headend.store.Stored;

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
  private final SupplierMachine requests;
  private Optional<CapacityPlan.Wanted> wanted = Optional.empty();
  private long wakeAt = Long.MAX_VALUE;

  /**
   * Makes a machine that has not started yet.
   *
   * @param store what it keeps, which outlives this object
   */
  public CampaignSupplier(CampaignSupplierConfig config, RecordStore store) {
    this.config = config;
    this.store = store;
    this.capacity = new CapacityPlan(config.regions(), changes);
    this.reports = new CampaignReports(book, config.keys(), config.dialogue().dsp());
    List<Stored> kept = store.loadForStart();
    for (Stored each : kept) {
      if (!book.load(each)) {
        capacity.load(each);
      }
    }
    this.campaigns =
        new CampaignMachine(
            new World(),
            new GatheredStore(kept, CampaignMachine.KINDS, changes),
            config.dialogue().parameters());
    this.requests =
        new SupplierMachine(
            config.dialogue(), new GatheredStore(kept, SupplierMachine.KINDS, changes));
  }

  /** What a campaign asks of its supplier when it is created. */
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
      CapacityPlan.Wanted asked = plan.wanted(devices, utcMillis);
      wanted = Optional.of(asked);
      return capacity.answer(asked);
    }
  }

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
    // What campaigns ask for again was kept with the request that it led to.
    for (ToWan order : ofCampaigns.takeToWan()) {
      if (order instanceof CampaignOrder.Halt halt) {
        halt(halt, now);
      }
    }
    finish(now, effects);
  }

  @Override
  public void onInput(Now now, Input input, Effects effects) {
    if (input instanceof CampaignCreation creation) {
      create(creation, now);
    } else if (input instanceof CampaignInput word) {
      campaigns.onInput(now, word, ofCampaigns);
    } else {
      requests.onInput(now, input, ofRequests);
    }
    finish(now, effects);
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

  private void create(CampaignCreation creation, Now now) {
    String name = creation.plan().name();
    campaigns.onInput(now, new CampaignInput.Create(creation.plan()), ofCampaigns);
    for (Event event : ofCampaigns.takeEvents()) {
      events.add(event);
      if (event instanceof CampaignEvent.Accepted) {
        book.image(name, creation.file());
        wanted.ifPresent(asked -> capacity.book(name, asked));
      }
    }
  }

  /** Orders become requests and answers become reports until nothing is left; then all is kept. */
  private void finish(Now now, Effects effects) {
    boolean isMore = true;
    while (isMore) {
      // Answers first: what they lead to is put with the rest.
      boolean isAnswered = answers(now);
      boolean isOrdered = orders(now);
      isMore = activations(now) || isAnswered || isOrdered;
    }
    letters.addAll(ofRequests.takeToWan());
    changes.save(store);
    letters.forEach(effects::toWan);
    events.forEach(effects::report);
    letters.clear();
    events.clear();
    long next = Math.min(ofCampaigns.wakeAt(), Math.min(ofRequests.wakeAt(), nextActivation(now)));
    if (next != wakeAt) {
      wakeAt = next;
      effects.wakeAt(next);
    }
  }

  private boolean orders(Now now) {
    boolean isMore = false;
    for (Event event : ofCampaigns.takeEvents()) {
      events.add(event);
      isMore = true;
      if (event instanceof CampaignEvent.Stopped stopped) {
        capacity.release(stopped.campaign(), now.utcMillis());
      } else if (event instanceof CampaignEvent.Moved moved
          && moved.state() == CampaignState.RUNNING) {
        goOn(moved.campaign(), now);
      } else if (event instanceof CampaignEvent.Moved moved && moved.state().isFinal()) {
        capacity.release(moved.campaign(), now.utcMillis());
        book.ended(moved.campaign());
      }
    }
    Map<Batch, List<Member>> batches = new LinkedHashMap<>();
    for (ToWan order : ofCampaigns.takeToWan()) {
      isMore = true;
      if (order instanceof CampaignOrder.Update update) {
        Batch batch = new Batch(update.campaign(), update.target(), update.member().type());
        batches.computeIfAbsent(batch, none -> new ArrayList<>()).add(update.member());
      } else if (order instanceof CampaignOrder.Halt halt) {
        halt(halt, now);
      }
    }
    batches.forEach((batch, members) -> update(batch, members, now));
    return isMore;
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
    for (CampaignRecords.Activation each : book.activations(halt.campaign())) {
      if (withdrawn(each.request().orElseThrow(), now)) {
        book.activation(each.campaign(), each.device(), Optional.empty());
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
    if (requests.dialogue(request).filter(each -> !each.state().isFinal()).isEmpty()) {
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
        meaning.receipts().forEach(this::verified);
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

  /** Only the image of the campaign is activated, and only where the campaign sent it. */
  private void verified(CampaignReports.Receipt receipt) {
    Optional<String> campaign = campaigns.view().campaignOf(receipt.device());
    if (campaign
        .flatMap(campaigns.view()::plan)
        .filter(plan -> plan.target().hash().equals(receipt.hash()))
        .isPresent()) {
      book.verified(campaign.get(), receipt.device());
    }
  }

  private boolean activations(Now now) {
    boolean isMore = false;
    for (Map.Entry<String, List<Eui64>> each : book.ready().entrySet()) {
      Octets hash = campaigns.view().plan(each.getKey()).orElseThrow().target().hash();
      for (Eui64 device : each.getValue()) {
        OptionalLong when = campaigns.view().nextRequest(each.getKey(), device, now.utcMillis());
        if (when.isPresent() && when.getAsLong() <= now.utcMillis()) {
          MessageId request =
              ask(
                  device,
                  CommandVariant.PRE_COMMAND,
                  new FirmwareRequest.ActivateFirmware(ExecutionDateTime.NOW, hash),
                  now);
          book.activation(each.getKey(), device, Optional.of(request));
          isMore = true;
        }
      }
    }
    return isMore;
  }

  /** When the next window opens for those that have their image; never is the largest number. */
  private long nextActivation(Now now) {
    long next = Long.MAX_VALUE;
    for (Map.Entry<String, List<Eui64>> each : book.ready().entrySet()) {
      for (Eui64 device : each.getValue()) {
        OptionalLong when = campaigns.view().nextRequest(each.getKey(), device, now.utcMillis());
        if (when.isPresent()) {
          next = Math.min(next, now.plusMillis(when.getAsLong() - now.utcMillis()));
        }
      }
    }
    return next;
  }

  @Override
  public void describe(StateWriter out) {
    campaigns.describe(out);
    requests.describe(out);
    book.ready().forEach((campaign, devices) -> out.put("ready " + campaign, devices));
  }
}
