// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.supplier;

import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.store.Changes;
import org.hanota.headend.store.Stored;
import org.hanota.headend.supplier.CampaignRecords.Activation;
import org.hanota.headend.supplier.CampaignRecords.Image;
import org.hanota.headend.supplier.CampaignRecords.Update;

/**
 * Which requests campaigns have led to, and for which devices, until they are over. [hanota H161]
 */
final class CampaignBook {
  private final Changes changes;
  private final Map<String, Image> images = new TreeMap<>();
  private final Map<MessageId, Update> updates = new LinkedHashMap<>();

  /** The latest 11.1 or 11.4 of each device; looked up only. */
  private final Map<Eui64, MessageId> latest = new HashMap<>();

  /** Looked up only. */
  private final Map<Eui64, Activation> activations = new HashMap<>();

  /** Those whose 11.3 is to go, by campaign. */
  private final Map<String, ActivationLine> lines = new TreeMap<>();

  CampaignBook(Changes changes) {
    this.changes = changes;
  }

  /** Takes a record that was kept, if it is one of these. */
  boolean load(Stored record) {
    if (record instanceof Image image) {
      images.put(image.campaign(), image);
    } else if (record instanceof Update update) {
      place(update);
    } else if (record instanceof Activation activation) {
      place(activation);
    } else {
      return false;
    }
    return true;
  }

  private void place(Update update) {
    updates.put(update.request(), update);
    update.devices().forEach(each -> latest.put(each, update.request()));
  }

  private void place(Activation activation) {
    Activation before = activations.put(activation.device(), activation);
    if (before != null) {
      line(before.campaign()).remove(before);
    }
    line(activation.campaign()).add(activation);
  }

  private ActivationLine line(String campaign) {
    return lines.computeIfAbsent(campaign, none -> new ActivationLine());
  }

  /** A campaign was accepted. */
  void image(String campaign, Octets file) {
    Image image = new Image(campaign, file);
    images.put(campaign, image);
    changes.put(image);
  }

  Octets image(String campaign) {
    Image image = images.get(campaign);
    if (image == null) {
      throw new IllegalStateException("the store has no image of campaign " + campaign);
    }
    return image.file();
  }

  /** No request of a campaign goes out any more. */
  void ended(String campaign) {
    if (images.remove(campaign) != null) {
      changes.remove(Image.key(campaign));
    }
    line(campaign).waiting().forEach(this::forget);
  }

  /** Nothing more is heard of a campaign's requests: all about them is forgotten. */
  void over(String campaign) {
    ended(campaign);
    for (MessageId request : updates(campaign)) {
      Update update = updates.remove(request);
      if (update != null) {
        update.devices().forEach(each -> latest.remove(each, request));
        changes.remove(update.key());
      }
    }
    activations(campaign).forEach(each -> forget(each.device()));
    lines.remove(campaign);
  }

  /** Campaigns of which something is kept here. */
  Set<String> campaigns() {
    Set<String> all = new TreeSet<>(images.keySet());
    all.addAll(lines.keySet());
    updates.values().forEach(each -> all.add(each.campaign()));
    return all;
  }

  /** An 11.1 or 11.4 was put. */
  void asked(Update update) {
    place(update);
    changes.put(update);
  }

  /** The devices for which a request is the latest; empty if it is none of a campaign. */
  Optional<List<Eui64>> devices(MessageId update) {
    return Optional.ofNullable(updates.get(update))
        .map(found -> found.devices().stream().filter(each -> isLatest(each, update)).toList());
  }

  /** Whether a request is the latest for a device. */
  boolean isLatest(Eui64 device, MessageId update) {
    return update.equals(latest.get(device));
  }

  /** The requests for updates of a campaign. */
  List<MessageId> updates(String campaign) {
    return updates.values().stream()
        .filter(each -> each.campaign().equals(campaign))
        .map(Update::request)
        .toList();
  }

  /** A device has its image: its activation may follow, once. */
  void verified(String campaign, Eui64 device, String region) {
    Activation before = activations.get(device);
    if (before == null || !before.campaign().equals(campaign)) {
      put(Activation.waiting(campaign, device, region));
    }
  }

  /** The activation went out. */
  void activated(Activation which, MessageId request, long utcMillis) {
    put(
        new Activation(
            which.campaign(), which.device(), which.region(), Optional.of(request), utcMillis));
  }

  /** It was taken back, and is to go once more. */
  void waitsAgain(Activation which) {
    put(Activation.waiting(which.campaign(), which.device(), which.region()));
  }

  private void put(Activation activation) {
    place(activation);
    changes.put(activation);
  }

  /** Whether that 11.3 is the one of a campaign. */
  boolean isActivation(MessageId request) {
    Activation found = activations.get(request.target());
    return found != null && found.request().filter(request::equals).isPresent();
  }

  /** The activations of a campaign that went out. */
  List<Activation> activations(String campaign) {
    return activations.values().stream()
        .filter(each -> each.campaign().equals(campaign) && each.request().isPresent())
        .sorted(Comparator.comparing(Activation::device))
        .toList();
  }

  /** The activation of a device, where it has its image. */
  Optional<Activation> activation(Eui64 device) {
    return Optional.ofNullable(activations.get(device));
  }

  /** Activations that wait, by campaign. */
  Map<String, ActivationLine> lines() {
    return Collections.unmodifiableMap(lines);
  }

  /** Nothing more is to be heard of a device's activation. */
  void forget(Eui64 device) {
    Activation before = activations.remove(device);
    if (before != null) {
      line(before.campaign()).remove(before);
      changes.remove(before.key());
    }
  }
}
