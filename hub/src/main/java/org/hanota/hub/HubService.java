// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.control.CatalogueImage;
import org.hanota.api.control.HubControl;
import org.hanota.api.control.HubStatus;
import org.hanota.api.control.ImageOrder;
import org.hanota.api.control.Offer;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Machine;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.node.Driver;
import org.hanota.api.node.NodeEvent;
import org.jspecify.annotations.Nullable;

/**
 * A running hub as others steer it. Give {@link #listener} to the driver of a {@link HubMachine},
 * then {@link #attach} the driver.
 */
public final class HubService implements HubControl {
  private final List<Consumer<UpdateEvent>> listeners = new CopyOnWriteArrayList<>();
  private volatile @Nullable Driver driver;

  private volatile Supplier<Optional<HubStatus.HeadEnd>> headEnd = Optional::empty;

  /** Why the node was off the last time. */
  private volatile String failure = "it starts";

  /** A service without a hub yet. */
  public HubService() {}

  /** Joins the service to its hub. */
  public void attach(Driver hub) {
    driver = hub;
  }

  /** Its status tells of the connection to its head end, too. */
  public void headEnd(Supplier<Optional<HubStatus.HeadEnd>> connection) {
    headEnd = connection;
  }

  /** Passes a hub's event on to whoever watches. */
  public void listener(Now now, Event event) {
    if (event instanceof UpdateEvent update) {
      listeners.forEach(listener -> listener.accept(update));
    } else if (event instanceof NodeEvent.Failed failed) {
      failure = Outage.reason(failed.cause());
    }
  }

  private Driver driver() {
    Driver hub = driver;
    if (hub == null) {
      throw new IllegalStateException("no hub is attached");
    }
    return hub;
  }

  private static Optional<HubMachine> working(Machine machine) {
    return machine instanceof RestingHub resting
        ? resting.working()
        : Optional.of((HubMachine) machine);
  }

  private <T> T ask(Function<HubMachine, T> question, Function<HubStatus, T> whileOff) {
    return driver()
        .inspect(
            machine ->
                working(machine)
                    .map(question)
                    .orElseGet(() -> whileOff.apply(((RestingHub) machine).resting())))
        .orElseGet(() -> whileOff.apply(HubStatus.outOfService(Eui64.UNKNOWN, failure)));
  }

  @Override
  public HubStatus status(HubStatus.Page page) {
    HubStatus status = ask(machine -> machine.status(page), off -> off);
    return headEnd.get().map(status::withHeadEnd).orElse(status);
  }

  @Override
  public List<CatalogueImage> catalogue() {
    return ask(HubMachine::catalogue, off -> List.of());
  }

  @Override
  public Answer start(Offer offer) {
    Answer answer = ask(machine -> machine.check(offer), HubService::refused);
    return answer instanceof Answer.Accepted ? give(new HubInput.Start(offer)) : answer;
  }

  private static Answer refused(HubStatus off) {
    return new Answer.Refused("the hub is out of service: " + off.outage().orElse(""));
  }

  @Override
  public Answer pause(Eui64 device) {
    return steer(new HubInput.Pause(device));
  }

  @Override
  public Answer resume(Eui64 device) {
    return steer(new HubInput.Resume(device));
  }

  @Override
  public Answer abort(Eui64 device, String order) {
    return steer(new HubInput.Abort(device, order));
  }

  @Override
  public Answer pause(ImageId image, String order) {
    return steer(new HubInput.OrderImage(new ImageOrder(image, ImageOrder.Kind.PAUSED, order)));
  }

  @Override
  public Answer resume(ImageId image) {
    return steer(new HubInput.ResumeImage(image));
  }

  @Override
  public Answer abort(ImageId image, String order) {
    return steer(new HubInput.OrderImage(new ImageOrder(image, ImageOrder.Kind.ABORTED, order)));
  }

  private Answer steer(HubInput order) {
    Answer answer = ask(machine -> machine.check(order), HubService::refused);
    return answer instanceof Answer.Accepted ? give(order) : answer;
  }

  /** What could not be stored was not accepted. */
  private Answer give(HubInput order) {
    return driver().input(order)
        ? new Answer.Accepted()
        : new Answer.Refused("the hub could not do it: " + failure);
  }

  @Override
  public AutoCloseable progress(Consumer<UpdateEvent> listener) {
    listeners.add(listener);
    return () -> listeners.remove(listener);
  }
}
