// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.supplier;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.machine.Now;
import org.hanota.headend.campaign.CampaignEvent;
import org.hanota.headend.campaign.CampaignPlan;
import org.hanota.headend.campaign.CampaignView;
import org.hanota.headend.request.ExecutionDateTime;
import org.hanota.headend.request.FirmwareRequest.ActivateFirmware;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.supplier.CampaignRecords.Activation;

/** The 11.3 of devices that have their image: when each may go, and how many. [hanota H160] */
final class CampaignActivations {
  private final CampaignBook book;
  private final CampaignView view;
  private final long mostOfCall;
  private final Asker asker;
  private long left;

  /** Puts a request. */
  interface Asker {
    MessageId ask(Eui64 device, ActivateFirmware body, Now now);
  }

  /**
   * Of the campaigns of a book.
   *
   * @param mostOfCall how many 11.3 one call of the machine may ask for
   */
  CampaignActivations(CampaignBook book, CampaignView view, long mostOfCall, Asker asker) {
    this.book = book;
    this.view = view;
    this.mostOfCall = mostOfCall;
    this.asker = asker;
  }

  /** A call of the machine begins to look at them. */
  void callBegins() {
    left = mostOfCall;
  }

  /** Only the image of the campaign is activated, and only where the campaign sent it. */
  void verified(CampaignReports.Receipt receipt) {
    Eui64 device = receipt.device();
    Optional<String> campaign =
        view.campaignOf(device)
            .filter(name -> view.plan(name).orElseThrow().target().hash().equals(receipt.hash()));
    if (campaign.isPresent()) {
      view.regionUnderWay(campaign.get(), device)
          .ifPresent(region -> book.verified(campaign.get(), device, region));
    }
  }

  /** Of a device that has ended only a request that may still go out is remembered. */
  void moved(CampaignEvent.DeviceMoved moved, Predicate<MessageId> isOpen) {
    if (!moved.state().isWaiting() && !moved.state().isUnderWay()) {
      book.activation(moved.device())
          .filter(each -> each.request().filter(isOpen).isEmpty())
          .ifPresent(each -> book.forget(moved.device()));
    }
  }

  /**
   * So many go out as this call may still ask for, and as each region may have in a period.
   *
   * @return whether anything changed
   */
  boolean run(Now now) {
    boolean isMore = false;
    for (Map.Entry<String, ActivationLine> each : book.lines().entrySet()) {
      OptionalLong opens = view.nextRequest(each.getKey(), now.utcMillis());
      if (opens.isEmpty() || opens.getAsLong() > now.utcMillis()) {
        continue;
      }
      CampaignPlan plan = view.plan(each.getKey()).orElseThrow();
      for (Activation next : each.getValue().due(plan.pace(), now.utcMillis(), left)) {
        activate(next, plan.target().hash(), now);
        isMore = true;
      }
    }
    return isMore;
  }

  private void activate(Activation next, Octets hash, Now now) {
    if (view.regionUnderWay(next.campaign(), next.device()).isEmpty()) {
      book.forget(next.device());
      return;
    }
    left--;
    ActivateFirmware body = new ActivateFirmware(ExecutionDateTime.NOW, hash);
    book.activated(next, asker.ask(next.device(), body, now), now.utcMillis());
  }

  /** When the next may go out, in monotonic nanoseconds; never is the largest number. */
  long nextNanos(Now now) {
    long next = Long.MAX_VALUE;
    for (Map.Entry<String, ActivationLine> each : book.lines().entrySet()) {
      OptionalLong opens = view.nextRequest(each.getKey(), now.utcMillis());
      if (opens.isPresent()) {
        CampaignPlan.Pace pace = view.plan(each.getKey()).orElseThrow().pace();
        long when = each.getValue().nextUtcMillis(pace, opens.getAsLong());
        if (when != Long.MAX_VALUE) {
          next = Math.min(next, now.plusMillis(when - now.utcMillis()));
        }
      }
    }
    return next;
  }
}
