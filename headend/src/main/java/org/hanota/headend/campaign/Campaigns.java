// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import org.hanota.api.Eui64;
import org.hanota.headend.store.Changes;
import org.hanota.headend.store.Stored;

/** Every campaign, and which of them has a device. */
final class Campaigns {
  /** Where a device is. */
  record Place(Campaign campaign, Entry entry) {
    /** Whether no other campaign may have it. */
    boolean isHeld() {
      return !campaign.state().isFinal() || entry.state().isUnderWay();
    }
  }

  /** What is kept of a device that its campaign does not have. */
  record Stray(Campaign campaign, Eui64 device) {}

  private static final Set<CampaignState> GOING =
      EnumSet.of(CampaignState.RUNNING, CampaignState.PAUSED);

  private final Tables tables;
  private final Changes changes;
  private final Map<String, Campaign> campaigns = new TreeMap<>();

  /** Looked up only: its order decides nothing. */
  private final Map<Eui64, Place> places = new HashMap<>();

  Campaigns(Tables tables, Changes changes) {
    this.tables = tables;
    this.changes = changes;
  }

  /** Every campaign, by name. */
  Collection<Campaign> all() {
    return campaigns.values();
  }

  Optional<Campaign> find(String name) {
    return Optional.ofNullable(campaigns.get(name));
  }

  Optional<Place> place(Eui64 device) {
    return Optional.ofNullable(places.get(device));
  }

  /** The campaign that has a device and has not ended; empty for none. */
  String owner(Eui64 device) {
    return place(device).filter(Place::isHeld).map(each -> each.campaign().name()).orElse("");
  }

  /** See {@link CampaignView#nextRequest}. */
  OptionalLong nextRequest(String campaign, long utcMillis) {
    return find(campaign)
        .filter(each -> GOING.contains(each.state()))
        .map(each -> OptionalLong.of(Window.open(each.plan().windows(), utcMillis)))
        .orElse(OptionalLong.empty());
  }

  /** A new campaign with its devices. */
  void create(CampaignPlan plan, List<Records.Enrolled> enrolled, String by) {
    Campaign campaign = new Campaign(plan, tables, changes);
    campaigns.put(plan.name(), campaign);
    campaign.create(enrolled, by).forEach(each -> place(campaign, each));
  }

  /**
   * A device joins the first campaign that is open for it, in a wave without a size of its own.
   *
   * @return what became of that
   */
  List<CampaignEvent> join(Member member) {
    List<CampaignEvent> events = new ArrayList<>();
    for (Campaign each : campaigns.values()) {
      Optional<Group> group =
          each.isOpenFor(member)
              ? each.groups().stream().filter(wave -> wave.takesLater(member)).findFirst()
              : Optional.empty();
      if (group.isEmpty()) {
        continue;
      }
      Optional<Place> held = place(member.device());
      if (held.filter(place -> place.isHeld() || place.campaign() == each).isPresent()) {
        String why = "it is in campaign " + held.get().campaign().name();
        events.add(new CampaignEvent.NotJoined(each.name(), member.device(), why));
        continue;
      }
      Records.Enrolled enrolled = new Records.Enrolled(member, group.get().number());
      Entry entry = each.enrol(List.of(enrolled)).get(0);
      each.joins(entry);
      place(each, entry);
      String wave = group.get().plan().name();
      events.add(new CampaignEvent.DeviceJoined(each.name(), member.device(), wave));
      break;
    }
    return events;
  }

  /** A campaign is known no more; its name and its devices are free. */
  void forget(Campaign campaign) {
    campaigns.remove(campaign.name());
    campaign
        .entries()
        .forEach(
            each ->
                places.computeIfPresent(
                    each.member.device(),
                    (device, place) -> place.campaign() == campaign ? null : place));
  }

  private void place(Campaign campaign, Entry entry) {
    places.put(entry.member.device(), new Place(campaign, entry));
  }

  /**
   * Takes all that was kept.
   *
   * @return what does not fit
   */
  List<Stray> load(List<Stored> kept) {
    for (Stored record : kept) {
      if (record instanceof Records.Created created) {
        String name = created.plan().name();
        campaigns.put(name, new Campaign(created.plan(), tables, changes));
      }
    }
    Map<String, Map<Eui64, Entry>> entries = new TreeMap<>();
    for (Stored record : kept) {
      if (record instanceof Records.Position position) {
        named(position.campaign()).load(position);
      } else if (record instanceof Records.Wave wave) {
        named(wave.campaign()).groups().get(wave.number()).load(wave);
      } else if (record instanceof Records.Members members) {
        Campaign campaign = named(members.campaign());
        for (Entry each : campaign.load(members)) {
          place(campaign, each);
          entries
              .computeIfAbsent(campaign.name(), none -> new HashMap<>())
              .put(each.member.device(), each);
        }
      } else if (!(record instanceof Records.Created) && !(record instanceof Records.Outcome)) {
        throw new IllegalStateException("the store has " + record + ", which is no campaign's");
      }
    }
    List<Stray> strays = new ArrayList<>();
    for (Stored record : kept) {
      if (record instanceof Records.Outcome outcome) {
        Entry entry = entries.getOrDefault(outcome.campaign(), Map.of()).get(outcome.device());
        if (entry != null) {
          entry.load(outcome);
        } else {
          strays.add(new Stray(named(outcome.campaign()), outcome.device()));
        }
      }
    }
    campaigns.values().forEach(Campaign::loaded);
    return strays;
  }

  private Campaign named(String name) {
    return find(name)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "the store has a record of " + name + ", no such campaign"));
  }
}
