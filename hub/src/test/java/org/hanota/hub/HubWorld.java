// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import java.util.List;
import java.util.Optional;
import org.hanota.api.FileVersion;
import org.hanota.api.Octets;
import org.hanota.api.ZigBeeTime;
import org.hanota.api.control.Offer;
import org.hanota.api.control.UpgradeTime;
import org.hanota.api.zcl.BlockRequestOptions;
import org.hanota.api.zcl.ImageBlockRequest;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.UpgradeEndRequest;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.hanota.api.zcl.ZclMessage;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.hub.store.InMemoryTransferStore;
import org.hanota.testing.RecordedEffects;

/** A hub with one device and an operator; what it sends is held against what it may send. */
final class HubWorld {
  /** What a hub does wrong; planted between it and its device. */
  enum Fault {
    NONE,
    SERVES_OTHER_OCTETS,
    SERVES_MORE_THAN_WAS_ASKED_FOR,
    SERVES_ANOTHER_OFFSET,
    OFFERS_ANOTHER_VERSION,
    OFFERS_ANOTHER_SIZE,
    RUNS_WHAT_IS_HELD,
    IGNORES_AN_ABORT,
    FORGETS_AT_A_RESTART
  }

  private final Fault fault;
  private final Counter hub = new Counter(p -> p.with(HubParameter.SERVES_UNASKED, false));
  private Optional<UpgradeTime> offered = Optional.empty();

  /** Whether the device has not come to the end of it. */
  private boolean isOpen;

  private boolean hasEnded;

  HubWorld(Fault fault) {
    this.fault = fault;
    hub.start();
  }

  void offer(UpgradeTime when) {
    hub.input(
        new HubInput.Start(new Offer(Counter.device(1), Counter.IMAGE, when, 0, Optional.empty())));
    offered = Optional.of(when);
    isOpen = !hasEnded;
  }

  void abort() {
    if (fault != Fault.IGNORES_AN_ABORT && offered.isPresent()) {
      hub.input(new HubInput.Abort(Counter.device(1).address(), "tester: a test"));
    }
    offered = Optional.empty();
    isOpen = false;
  }

  void restart() {
    if (fault == Fault.FORGETS_AT_A_RESTART) {
      hub.port = new InMemoryTransferStore();
    }
    hub.start();
  }

  void pass(long millis) {
    hub.pass(millis);
  }

  void query() {
    hub.query(1);
    List<QueryNextImageResponse.Success> offers = sent(QueryNextImageResponse.Success.class);
    check(offers.isEmpty() || offered.isPresent(), "offers what nobody has offered");
    check(!offers.isEmpty() || !isOpen, "does not offer what was offered");
    for (QueryNextImageResponse.Success offer : offers) {
      check(
          offer.image().equals(Counter.IMAGE) && offer.imageSizeOctets() == Counter.FILE.length(),
          "offers " + offer);
    }
  }

  void block(int offset, int size) {
    hub.receive(1, new ImageBlockRequest(Counter.IMAGE, offset, size, BlockRequestOptions.NONE));
    for (ImageBlockResponse.Success block : sent(ImageBlockResponse.Success.class)) {
      int length = block.data().length();
      check(block.fileOffset() == offset && length <= size, "serves " + block);
      check(block.data().equals(Counter.FILE.slice(offset, length)), "serves other octets");
    }
  }

  void end() {
    hub.receive(1, new UpgradeEndRequest(ZclStatus.SUCCESS, Counter.IMAGE));
    isOpen = false;
    hasEnded = true;
    for (UpgradeEndResponse end : sent(UpgradeEndResponse.class)) {
      boolean isHeld = offered.filter(UpgradeTime.Held.class::isInstance).isPresent();
      check(!isHeld || end.waits(), "lets run what is held");
    }
  }

  private <T extends ZclMessage> List<T> sent(Class<T> type) {
    return hub.effects.sent.stream()
        .map(RecordedEffects.Sent::message)
        .map(this::faulty)
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  private ZclMessage faulty(ZclMessage message) {
    if (message instanceof ImageBlockResponse.Success block) {
      Octets one = Octets.copyOf((byte) 0);
      return switch (fault) {
        case SERVES_OTHER_OCTETS ->
            new ImageBlockResponse.Success(
                block.image(), block.fileOffset(), Octets.wrap(new byte[block.data().length()]));
        case SERVES_MORE_THAN_WAS_ASKED_FOR ->
            new ImageBlockResponse.Success(
                block.image(), block.fileOffset(), block.data().concat(one));
        case SERVES_ANOTHER_OFFSET ->
            new ImageBlockResponse.Success(block.image(), block.fileOffset() + 1, block.data());
        default -> message;
      };
    } else if (message instanceof QueryNextImageResponse.Success offer) {
      return switch (fault) {
        case OFFERS_ANOTHER_VERSION ->
            new QueryNextImageResponse.Success(
                offer.image().withVersion(new FileVersion(7)), offer.imageSizeOctets());
        case OFFERS_ANOTHER_SIZE ->
            new QueryNextImageResponse.Success(offer.image(), offer.imageSizeOctets() + 1);
        default -> message;
      };
    } else if (fault == Fault.RUNS_WHAT_IS_HELD && message instanceof UpgradeEndResponse end) {
      return new UpgradeEndResponse(end.image(), ZigBeeTime.ZERO, ZigBeeTime.ZERO);
    }
    return message;
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError("the hub " + what);
    }
  }
}
