// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.supplier;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.store.Changes;
import org.hanota.headend.store.Stored;
import org.hanota.headend.supplier.CampaignRecords.Activation;
import org.hanota.headend.supplier.CampaignRecords.Image;
import org.hanota.headend.supplier.CampaignRecords.Update;

/** Which requests campaigns have led to, and for which devices. */
final class CampaignBook {
  private final Changes changes;
  private final Map<String, Image> images = new TreeMap<>();
  private final Map<MessageId, Update> updates = new LinkedHashMap<>();

  /** The latest 11.1 or 11.4 of each device; looked up only. */
  private final Map<Eui64, MessageId> latest = new HashMap<>();

  /** Looked up only. */
  private final Map<Eui64, Activation> activations = new HashMap<>();

  /** Those whose 11.3 is to go, by campaign and device. */
  private final Map<String, Map<Eui64, Activation>> ready = new TreeMap<>();

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
      unready(before);
    }
    if (activation.request().isEmpty()) {
      ready
          .computeIfAbsent(activation.campaign(), none -> new TreeMap<>())
          .put(activation.device(), activation);
    }
  }

  private void unready(Activation before) {
    ready.computeIfPresent(
        before.campaign(),
        (campaign, all) -> {
          all.remove(before.device());
          return all.isEmpty() ? null : all;
        });
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

  private boolean isLatest(Eui64 device, MessageId update) {
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
  void verified(String campaign, Eui64 device) {
    Activation before = activations.get(device);
    if (before == null || !before.campaign().equals(campaign)) {
      put(new Activation(campaign, device, Optional.empty()));
    }
  }

  /** The activation went out, or was taken back. */
  void activation(String campaign, Eui64 device, Optional<MessageId> request) {
    put(new Activation(campaign, device, request));
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
        .sorted(java.util.Comparator.comparing(Activation::device))
        .toList();
  }

  /** Devices whose activation waits, by campaign; a copy of what is there now. */
  Map<String, List<Eui64>> ready() {
    Map<String, List<Eui64>> all = new TreeMap<>();
    ready.forEach((campaign, waiting) -> all.put(campaign, List.copyOf(waiting.keySet())));
    return all;
  }

  /** An activation will never go out. */
  void forget(Eui64 device) {
    Activation before = activations.remove(device);
    if (before != null) {
      unready(before);
      changes.remove(before.key());
    }
  }
}
