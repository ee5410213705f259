// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.hanota.api.Eui64;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Now;
import org.hanota.api.node.NodeEvent;
import org.hanota.headend.campaign.CampaignEvent;
import org.hanota.headend.campaign.CampaignEventText;
import org.hanota.headend.request.ResponseBody.DccAlertMessage;
import org.hanota.headend.request.ResponseBody.DeviceAlertMessage;
import org.hanota.headend.supplier.CampaignSupplier;
import org.hanota.headend.supplier.CampaignSupplierConfig;
import org.hanota.headend.supplier.Dialogue;
import org.hanota.headend.supplier.SupplierEstate;
import org.hanota.headend.supplier.SupplierEvent;
import org.hanota.headendsql.HeadEndProcess;
import org.hanota.headendsql.Part;
import org.jspecify.annotations.Nullable;

/**
 * A supplier with campaigns in the process of a DCC: takes its people's words, and is looked at.
 */
final class CampaignDesk {
  private static final long ANSWER_WITHIN_MS = 30_000;

  /** What is shown of the past; the whole is in the audit log and in the users' answers. */
  private static final int LATEST = 100;

  private final Eui64 supplier;
  private final DccEstate estate;
  private final Part part;
  private final Map<String, Dialogue> latestRequests = new LinkedHashMap<>();
  private final Deque<Said> latestEvents = new ArrayDeque<>();
  private final String name = UUID.randomUUID().toString();
  private long events;
  private @Nullable HeadEndProcess process;

  /** Made anew at each start; read and written on the machines' thread. */
  private @Nullable CampaignSupplier machine;

  /** What a word leads to, while one is said; on the machines' thread. */
  private @Nullable List<Event> collected;

  /** Something that happened, with its number since this process began. */
  record Said(long number, Instant time, String kind, String what) {}

  /** This process does not act now, or does not answer. */
  static final class StandsBy extends RuntimeException {
    private static final long serialVersionUID = 1;

    StandsBy(String line) {
      super(line);
    }
  }

  CampaignDesk(Function<SupplierEstate, CampaignSupplierConfig> config, DccEstate estate) {
    CampaignSupplierConfig made = config.apply(estate);
    this.estate = estate;
    this.supplier = made.dialogue().self();
    this.part = Part.of(made, fresh -> machine = fresh);
  }

  /** What the supplier knows of its devices. */
  DccEstate estate() {
    return estate;
  }

  /** Names this process among those that number events from 1 on. */
  String name() {
    return name;
  }

  Eui64 supplier() {
    return supplier;
  }

  Part part() {
    return part;
  }

  void attach(HeadEndProcess running) {
    process = running;
  }

  /** Something that this supplier's machine reports; on the machines' thread. */
  void heard(Now now, Event event) {
    if (collected != null) {
      collected.add(event);
    }
    if (event instanceof SupplierEvent.Moved moved) {
      latestRequests.remove(moved.dialogue().id().toString());
      latestRequests.put(moved.dialogue().id().toString(), moved.dialogue());
      if (latestRequests.size() > LATEST) {
        latestRequests.remove(latestRequests.keySet().iterator().next());
      }
    } else if (event instanceof SupplierEvent.Told told
        && (told.response().body() instanceof DccAlertMessage
            || told.response().body() instanceof DeviceAlertMessage)) {
      say(now, "alert", CampaignText.alert(told.response()));
    } else if (event instanceof CampaignEvent campaign) {
      say(now, "campaign", CampaignEventText.of(campaign));
    }
  }

  private void say(Now now, String kind, String what) {
    events++;
    latestEvents.addLast(new Said(events, Instant.ofEpochMilli(now.utcMillis()), kind, what));
    if (latestEvents.size() > LATEST) {
      latestEvents.removeFirst();
    }
  }

  /** What happened last, the newest last; on the machines' thread. */
  List<Said> latest() {
    return List.copyOf(latestEvents);
  }

  /** The requests that moved last, the newest last; on the machines' thread. */
  List<Dialogue> latestRequests() {
    return List.copyOf(latestRequests.values());
  }

  /**
   * Says a word and returns what followed at once.
   *
   * @throws StandsBy if this process does not act
   */
  synchronized List<Event> say(Input word) {
    CompletableFuture<List<Event>> followed = new CompletableFuture<>();
    HeadEndProcess acting = acting();
    boolean isGiven = acting.between(() -> collected = new ArrayList<>());
    acting.input(
        supplier,
        word,
        taken -> {
          List<Event> all = collected;
          collected = null;
          if (taken && all != null) {
            followed.complete(all);
          } else {
            followed.completeExceptionally(
                new StandsBy("the head end is not ready and has not heard it: say it once more"));
          }
        });
    List<Event> all = awaited(isGiven, followed);
    if (all.stream().anyMatch(NodeEvent.Failed.class::isInstance)) {
      throw new StandsBy("the head end failed and starts again: say it once more");
    }
    return all;
  }

  /**
   * Looks at the machine between two of its calls.
   *
   * @throws StandsBy if this process does not act
   */
  <T> T look(Function<CampaignSupplier, T> looking) {
    CompletableFuture<T> seen = new CompletableFuture<>();
    boolean isGiven =
        acting()
            .between(
                () -> {
                  try {
                    CampaignSupplier now = machine;
                    if (now == null) {
                      throw new StandsBy("the head end has not begun yet");
                    }
                    seen.complete(looking.apply(now));
                  } catch (RuntimeException fault) {
                    seen.completeExceptionally(fault);
                  }
                });
    return awaited(isGiven, seen);
  }

  private HeadEndProcess acting() {
    HeadEndProcess running = process;
    if (running == null) {
      throw new IllegalStateException("the desk is not attached to a process");
    }
    return running;
  }

  private static <T> T awaited(boolean isGiven, CompletableFuture<T> future) {
    if (!isGiven) {
      throw new StandsBy("another process acts: ask that one");
    }
    try {
      return future.get(ANSWER_WITHIN_MS, TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      throw new StandsBy("no answer in time: look at the status before you say it again");
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new StandsBy("the head end ends");
    } catch (ExecutionException fault) {
      if (fault.getCause() instanceof RuntimeException plain) {
        throw plain;
      }
      throw new IllegalStateException(fault.getCause());
    }
  }
}
