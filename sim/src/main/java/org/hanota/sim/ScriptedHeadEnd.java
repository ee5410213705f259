// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.ParameterValues;
import org.hanota.api.control.WanLink;
import org.hanota.api.machine.Event;
import org.hanota.gbcs.key.Credentials;
import org.hanota.gbcs.payload.AlertCode;
import org.hanota.headend.HeadEndParameter;
import org.hanota.headend.edge.DuisWire;
import org.hanota.headend.request.CommandVariant;
import org.hanota.headend.request.DccAlert;
import org.hanota.headend.request.DccAlert.TransferResponseCode;
import org.hanota.headend.request.DeviceIdList;
import org.hanota.headend.request.ExecutionDateTime;
import org.hanota.headend.request.FirmwareRequest;
import org.hanota.headend.request.FirmwareVersion;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.request.Request;
import org.hanota.headend.request.Response;
import org.hanota.headend.request.ResponseBody;
import org.hanota.headend.request.ResponseContent;
import org.hanota.headend.supplier.SupplierEvent;
import org.hanota.headend.supplier.SupplierInput;
import org.hanota.otaformat.OtaHeader;
import org.hanota.sim.kernel.Kernel;
import org.hanota.sim.kernel.Pending;
import org.hanota.sim.scenario.ScriptStep;
import org.hanota.sim.scenario.ScriptStep.Action;

/**
 * The people at a supplier who do what a scenario's script says, with the real head end: they ask
 * for distributions and activations and read what the DCC tells them.
 */
public final class ScriptedHeadEnd implements HomeHeadEnd {
  /** What was not answered, or not possible at the time, is asked for again after so long. */
  private static final long REPEAT_NANOS = 600_000_000_000L;

  private static final int COMMAND_TRIES = 3;

  /** The device was not reached, or not in time: it is asked again. */
  private static final Set<String> LATE = Set.of("E20", "E21", "E30");

  private final Site site;
  private final Kernel kernel;
  private final RealHeadEnd headEnd;
  private final Map<Eui64, DevicePlan> plans = new TreeMap<>();
  private final Map<Eui64, Order> orders = new TreeMap<>();
  private final Map<String, List<Eui64>> asked = new TreeMap<>();
  private int lastOrder;
  private long lastDateUtcMillis;

  /**
   * What a device shall be told, until it answers.
   *
   * @param number of all orders
   * @param counter of the first request with it; empty before it was put
   */
  private record Order(int number, Optional<Long> counter, Octets hash, Action action) {
    boolean isAnsweredBy(MessageId request) {
      return counter.filter(first -> request.counter() >= first).isPresent();
    }
  }

  /** What people do later. */
  private sealed interface Later extends Pending.Step {
    /** The hub had no place for an image a while ago. */
    record Discarded(Eui64 device) implements Later {}

    /** Somebody's update of the device was under way. */
    record DistributeAgain(Eui64 device, DevicePlan plan) implements Later {}

    /** A device that gave no response is sent its order again, at most {@code tries} times. */
    record OrderAgain(Eui64 device, int order, int tries) implements Later {}
  }

  /** Starts the head end. */
  public ScriptedHeadEnd(Site site, DuisWire.Listener xml) {
    this.site = site;
    this.kernel = site.kernel();
    this.headEnd =
        new RealHeadEnd(site, ParameterValues.defaults(HeadEndParameter.class), xml, this::event);
  }

  @Override
  public void start() {
    headEnd.nodes().start();
  }

  @Override
  public void trust(Credentials credentials) {
    headEnd.trust(credentials);
  }

  @Override
  public void plan(Eui64 device, DevicePlan plan) {
    plans.put(device, plan);
    headEnd.plan(device, plan);
  }

  /**
   * Whatever the script sends, the Central Products List has: what is wrong with it shows later.
   */
  @Override
  public void distribute(Eui64 device, DevicePlan plan) {
    headEnd.nodes().tell(HomeEstate.listing(plan, plans.getOrDefault(device, plan)));
    FirmwareVersion version =
        new FirmwareVersion(OtaHeader.read(plan.image()).image().fileVersion().toString());
    DeviceIdList devices = new DeviceIdList(List.of(device));
    ask(
        GbParties.BROKER,
        CommandVariant.NON_DEVICE,
        plan.type().activatedByCommand()
            ? new FirmwareRequest.UpdateFirmware(plan.image(), version, devices)
            : new FirmwareRequest.UpdatePpmidFirmware(plan.image(), version, devices));
  }

  private void ask(Eui64 target, CommandVariant variant, FirmwareRequest body) {
    headEnd.nodes().ask(GbParties.SUPPLIER, new SupplierInput.Ask(target, variant, body));
  }

  @Override
  public void command(Eui64 device, Action action, DevicePlan plan) {
    if (action instanceof Action.Replay || action instanceof Action.ActivateOther) {
      throw new IllegalArgumentException(
          "the script has " + action + ", allowed where a stand-in plays the attacker");
    }
    Order order = new Order(++lastOrder, Optional.empty(), HomeEstate.hash(plan), action);
    orders.put(device, order);
    boolean isAtOnce = action instanceof Action.Activate activate && activate.inNanos().isEmpty();
    command(device, order, isAtOnce ? COMMAND_TRIES : Integer.MAX_VALUE);
  }

  @Override
  public void commandAsFormer(Eui64 device, DevicePlan plan) {
    throw new IllegalArgumentException(
        "the script has activateAsFormer, allowed where a stand-in sends what the DSP refuses");
  }

  private void command(Eui64 device, Order order, int tries) {
    if (tries > 0) {
      ask(
          device,
          CommandVariant.PRE_COMMAND,
          new FirmwareRequest.ActivateFirmware(when(order.action()), order.hash()));
      kernel.schedule(REPEAT_NANOS, new Later.OrderAgain(device, order.number(), tries - 1));
    }
  }

  private ExecutionDateTime when(Action action) {
    if (!(action instanceof Action.Activate activate)) {
      return ExecutionDateTime.CANCEL;
    }
    if (activate.inNanos().isEmpty()) {
      return ExecutionDateTime.NOW;
    }
    // Whole seconds are what GBCS has.
    long second = 1_000;
    long at = kernel.utcMillis() + activate.inNanos().getAsLong() / 1_000_000;
    at = (at + second - 1) / second * second;
    lastDateUtcMillis = Math.max(lastDateUtcMillis, at);
    return ExecutionDateTime.at(Instant.ofEpochMilli(at));
  }

  @Override
  public boolean isQuiet() {
    return kernel.utcMillis() > lastDateUtcMillis && headEnd.nodes().isQuiet();
  }

  @Override
  public boolean perform(Pending.Step step) {
    if (step instanceof Later.Discarded discarded) {
      site.cues().accept(discarded.device(), ScriptStep.Cue.REFUSED);
    } else if (step instanceof Later.DistributeAgain again) {
      distribute(again.device(), again.plan());
    } else if (step instanceof Later.OrderAgain again) {
      Order order = orders.get(again.device());
      if (order != null && order.number() == again.order()) {
        command(again.device(), order, again.tries());
      }
    } else {
      return headEnd.nodes().perform(step);
    }
    return true;
  }

  private void event(Event event) {
    if (event instanceof SupplierEvent.Asked put) {
      asked(put.request());
    } else if (event instanceof SupplierEvent.Told told) {
      told(told.response());
    }
  }

  private void asked(Request request) {
    if (request.body() instanceof FirmwareRequest.UpdateFirmware update) {
      asked.put(request.id().toString(), update.devices().devices());
    } else if (request.body() instanceof FirmwareRequest.UpdatePpmidFirmware update) {
      asked.put(request.id().toString(), update.devices().devices());
    } else if (request.body() instanceof FirmwareRequest.ActivateFirmware) {
      Eui64 device = request.id().target();
      asked.put(request.id().toString(), List.of(device));
      orders.computeIfPresent(
          device,
          (id, order) ->
              order.counter().isPresent()
                  ? order
                  : new Order(
                      order.number(),
                      Optional.of(request.id().counter()),
                      order.hash(),
                      order.action()));
    }
  }

  private void told(Response response) {
    if (response.body() instanceof ResponseBody.DeviceAlertMessage alert) {
      if (alert.alertCode().uint16be(0) == AlertCode.FIRMWARE_VERIFICATION_SUCCESSFUL.code()) {
        site.cues()
            .accept(response.responseId().orElseThrow().originator(), ScriptStep.Cue.RECEIVED);
      }
    } else if (response.body() instanceof ResponseBody.DccAlertMessage alert) {
      if (alert.alert() instanceof DccAlert.CommsHubAlert hub) {
        hub.firmwareTransfer().ifPresent(this::transferred);
      }
    } else if (response.body() instanceof ResponseBody.ResponseMessage message) {
      answered(response, message);
    }
  }

  private void transferred(DccAlert.FirmwareTransfer transfer) {
    if (!plans.containsKey(transfer.otherDeviceId())) {
      return;
    }
    if (transfer.code() == TransferResponseCode.HARDWARE_VERSION_MISMATCH) {
      site.cues().accept(transfer.otherDeviceId(), ScriptStep.Cue.REFUSED);
    } else if (transfer.code() == TransferResponseCode.FIRMWARE_IMAGE_DISCARDED) {
      // Another image was in its place, and may be there still.
      kernel.schedule(REPEAT_NANOS, new Later.Discarded(transfer.otherDeviceId()));
    }
  }

  private void answered(Response response, ResponseBody.ResponseMessage message) {
    MessageId request = response.requestId().orElseThrow();
    List<Eui64> devices = asked.getOrDefault(request.toString(), List.of());
    if (response.code().isError() && !LATE.contains(response.code().text())) {
      devices.forEach(device -> refused(device, message.service() + " " + response.code().text()));
    } else if (message.content().isPresent()
        && message.content().get() instanceof ResponseContent.UpdateFirmwareWarning warning) {
      warned(warning);
    } else if (message.content().isPresent()
        && message.content().get() instanceof ResponseContent.GbcsPayload) {
      Order order = orders.get(request.target());
      if (order != null && order.isAnsweredBy(request)) {
        orders.remove(request.target());
        if (order.action() instanceof Action.Cancel) {
          site.cues().accept(request.target(), ScriptStep.Cue.CANCELLED);
        }
      }
    }
  }

  private void warned(ResponseContent.UpdateFirmwareWarning warning) {
    List<Eui64> never = new ArrayList<>();
    Stream.of(
            warning.invalid(),
            warning.notCommissioned(),
            warning.notApplicableFirmware(),
            warning.invalidGbcsVersion())
        .forEach(never::addAll);
    never.forEach(device -> refused(device, "a list of the warning names it"));
    for (Eui64 device : warning.otherRequestInProgress()) {
      DevicePlan plan = plans.get(device);
      if (plan != null) {
        kernel.schedule(REPEAT_NANOS, new Later.DistributeAgain(device, plan));
      }
    }
  }

  private void refused(Eui64 device, String reason) {
    orders.remove(device);
    site.ends().end(device, DeviceReport.Outcome.FAILED, "not sent: " + reason);
  }

  @Override
  public WanLink wan() {
    return headEnd.nodes();
  }
}
