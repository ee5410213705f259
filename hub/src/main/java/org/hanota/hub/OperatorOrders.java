// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.control.HubControl.Answer;
import org.hanota.api.control.ImageOrder;
import org.hanota.api.control.Phase;
import org.hanota.api.machine.UpdateEvent.Failure;
import org.hanota.hub.announce.Activations;
import org.hanota.hub.offer.ImageOrders;
import org.hanota.hub.update.Call;
import org.hanota.hub.update.Cause;
import org.hanota.hub.update.Device;
import org.hanota.hub.update.HubStimulus;
import org.hanota.hub.update.Update;

/** What an operator says of the updates of a device, or of those of an image: one rule for both. */
final class OperatorOrders {
  private static final Set<Phase> TRANSFER =
      EnumSet.of(Phase.QUEUED, Phase.NOTIFIED, Phase.TRANSFERRING, Phase.VERIFYING);
  private static final Set<Phase> PAUSED = EnumSet.of(Phase.PAUSED);
  private static final Set<Phase> OPEN =
      Stream.of(Phase.values())
          .filter(Phase::isOpen)
          .collect(Collectors.toCollection(() -> EnumSet.noneOf(Phase.class)));

  private final HubParts parts;
  private final HubSteps steps;
  private final ImageOrders orders;

  OperatorOrders(HubParts parts, HubSteps steps) {
    this.parts = parts;
    this.steps = steps;
    this.orders = parts.orders();
  }

  /** Does as an operator says. Returns whether this is an order at all. */
  boolean take(HubInput input, Call call) {
    if (input instanceof HubInput.Pause pause) {
      fire(updates(pause.device()), HubStimulus.PAUSE, Cause.NONE, call);
    } else if (input instanceof HubInput.Resume resume) {
      fire(updates(resume.device()), HubStimulus.RESUME, Cause.NONE, call);
    } else if (input instanceof HubInput.Abort abort) {
      stop(updates(abort.device()), abort.order(), call);
    } else if (input instanceof HubInput.OrderImage said) {
      take(said.order(), call);
    } else if (input instanceof HubInput.ResumeImage resume) {
      orders.end(resume.image());
      fire(updates(resume.image()), HubStimulus.RESUME, Cause.NONE, call);
    } else {
      return false;
    }
    return true;
  }

  private void take(ImageOrder order, Call call) {
    orders.put(order);
    List<Update> updates = updates(order.image());
    switch (order.kind()) {
      case PAUSED -> fire(updates, HubStimulus.PAUSE, Cause.NONE, call);
      case ABORTED -> stop(updates, order.order(), call);
    }
  }

  private void stop(List<Update> updates, String order, Call call) {
    for (Update update : updates) {
      boolean mayRun = update.hasImage() && !Activations.isAhead(update, call.now());
      String detail =
          mayRun ? order + "; the device was to run its image by now, and may do so" : order;
      steps.fire(update, HubStimulus.STOPPED, Cause.Failing.of(Failure.STOPPED, detail), call);
    }
  }

  private void fire(List<Update> updates, HubStimulus stimulus, Cause cause, Call call) {
    updates.forEach(update -> steps.fire(update, stimulus, cause, call));
  }

  private List<Update> updates(Eui64 device) {
    return parts.devices().find(device).map(Device::updates).orElse(List.of());
  }

  private List<Update> updates(ImageId image) {
    ImageOrder named = new ImageOrder(image, ImageOrder.Kind.PAUSED, "");
    return parts.devices().updates().stream()
        .filter(update -> parts.offers().isUnderWay(update, named))
        .toList();
  }

  /** Whether an order would be taken now, and if not, why. */
  Answer check(HubInput order) {
    if (order instanceof HubInput.Pause pause) {
      return check(
          pause.device(),
          TRANSFER,
          "no transfer under way; one that has its image already can only be aborted");
    }
    if (order instanceof HubInput.Resume resume) {
      return check(resume.device(), PAUSED, "no update that is paused");
    }
    if (order instanceof HubInput.Abort abort) {
      return check(abort.device(), OPEN, "no update under way");
    }
    if (order instanceof HubInput.OrderImage said) {
      return check(said.order());
    }
    if (order instanceof HubInput.ResumeImage resume) {
      return orders.named(resume.image()).isPresent() || isAny(updates(resume.image()), PAUSED)
          ? new Answer.Accepted()
          : refused(
              "image "
                  + resume.image()
                  + " has no update that is paused, and nothing was said of it");
    }
    return new Answer.Accepted();
  }

  private Answer check(Eui64 address, Set<Phase> phases, String without) {
    Optional<Device> device = parts.devices().find(address);
    if (device.isEmpty()) {
      return refused("no device " + address + " is known");
    }
    List<Update> updates = device.get().updates();
    if (isAny(updates, phases)) {
      return new Answer.Accepted();
    }
    String stand =
        updates.stream()
            .map(update -> update.phase().name().toLowerCase(Locale.ROOT))
            .distinct()
            .collect(Collectors.joining(", "));
    return refused(
        "device "
            + address
            + " has "
            + without
            + (stand.isEmpty() ? "" : " (it is " + stand + ")"));
  }

  /** Checks an order for an image: without an update of it, the image must be served unasked. */
  private Answer check(ImageOrder order) {
    ImageId image = order.image();
    if (isAny(updates(image), order.kind() == ImageOrder.Kind.PAUSED ? TRANSFER : OPEN)) {
      return new Answer.Accepted();
    }
    Optional<ImageOrder> before = orders.named(image);
    if (before.isPresent() && before.get().kind() == order.kind()) {
      return refused(
          "image %s is %s already: %s"
              .formatted(
                  image, order.kind().name().toLowerCase(Locale.ROOT), before.get().order()));
    }
    boolean isHeld = !parts.catalogue().named(image).isEmpty();
    if (isHeld && parts.config().parameters().servesUnasked()) {
      return new Answer.Accepted();
    }
    return refused(
        "image %s has no update under way, and %s"
            .formatted(
                image,
                isHeld
                    ? "this hub serves only what is offered"
                    : "none of this hub's images has that name"));
  }

  private static boolean isAny(List<Update> updates, Set<Phase> phases) {
    return updates.stream().anyMatch(update -> phases.contains(update.phase()));
  }

  private static Answer refused(String reason) {
    return new Answer.Refused(reason);
  }
}
