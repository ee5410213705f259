// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.hanota.api.Eui64;
import org.hanota.api.ParameterValues;
import org.hanota.api.control.WanLink;
import org.hanota.api.machine.Event;
import org.hanota.gbcs.key.Credentials;
import org.hanota.headend.HeadEndParameter;
import org.hanota.headend.edge.DuisWire;
import org.hanota.headend.request.CommandVariant;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.request.Request;
import org.hanota.headend.request.Response;
import org.hanota.headend.request.ResponseBody;
import org.hanota.headend.request.ResponseCode;
import org.hanota.headend.request.ResponseContent;
import org.hanota.headend.store.Stored;
import org.hanota.headend.supplier.SupplierEvent;
import org.hanota.headend.supplier.SupplierInput;
import org.hanota.headend.track.Track;
import org.hanota.headend.track.TrackState;
import org.hanota.sim.kernel.Pending;
import org.hanota.sim.scenario.ScriptStep.Action;

/**
 * A supplier's system that puts requests one after the other, with the real head end: the next one
 * goes once nothing more follows from the one before but what needs another request, or the time.
 */
public final class RequestedHeadEnd implements HomeHeadEnd {
  private static final long LOOK_NANOS = 30_000_000_000L;

  /** Longer than the head end itself waits for anything but a date. */
  private static final long PATIENCE_NANOS = 10L * 86_400 * 1_000_000_000L;

  /** Another request may follow. */
  private static final Set<TrackState> SETTLED =
      EnumSet.of(
          TrackState.VERIFIED,
          TrackState.ACTIVATION_PENDING,
          TrackState.QUARANTINED,
          TrackState.ACTIVE,
          TrackState.FAILED,
          TrackState.CANCELLED,
          TrackState.EXPIRED,
          TrackState.SUPERSEDED);

  private final Site site;
  private final RealHeadEnd headEnd;
  private final Consumer<Event> listener;
  private final Deque<Request> requests;
  private final Set<Eui64> devices = new TreeSet<>();
  private final Set<MessageId> answered = new java.util.HashSet<>();
  private Optional<MessageId> current = Optional.empty();
  private boolean isAsked;
  private boolean isOver;
  private long askedNanos;

  /** Somebody looks whether the next request may go. */
  private record Look() implements Pending.Step {}

  /**
   * Puts requests as soon as the home has started. Each is put by the user who is its originator,
   * or by the home's supplier where nobody of that id is there, under a counter of that user's own.
   *
   * @param parameters the head end's times and limits
   * @param xml gets each message between users and the DCC
   * @param listener gets what the machines report
   */
  public RequestedHeadEnd(
      Site site,
      List<Request> requests,
      ParameterValues<HeadEndParameter> parameters,
      DuisWire.Listener xml,
      Consumer<Event> listener) {
    this.site = site;
    this.requests = new ArrayDeque<>(requests);
    this.listener = listener;
    this.headEnd = new RealHeadEnd(site, parameters, xml, this::event);
  }

  /** What the DSP knows in the end: inventory, tracks and log. */
  public List<Stored> keptByDsp() {
    return headEnd.nodes().keptByDsp();
  }

  @Override
  public void start() {
    headEnd.nodes().start();
    site.kernel().schedule(0, new Look());
  }

  @Override
  public void trust(Credentials credentials) {
    headEnd.trust(credentials);
  }

  @Override
  public void plan(Eui64 device, DevicePlan plan) {
    devices.add(device);
    headEnd.plan(device, plan);
  }

  /** The requests say what is sent, not the script. */
  @Override
  public void distribute(Eui64 device, DevicePlan plan) {}

  /** The requests say what is commanded, not the script. */
  @Override
  public void command(Eui64 device, Action action, DevicePlan plan) {}

  /** The requests say what is commanded, not the script. */
  @Override
  public void commandAsFormer(Eui64 device, DevicePlan plan) {}

  @Override
  public boolean perform(Pending.Step step) {
    if (!(step instanceof Look)) {
      return headEnd.nodes().perform(step);
    }
    if (isSettled()) {
      next();
    }
    if (!isOver) {
      site.kernel().schedule(LOOK_NANOS, new Look());
    }
    return true;
  }

  private boolean isSettled() {
    if (!isAsked) {
      return true;
    }
    if (site.kernel().nanos() - askedNanos > PATIENCE_NANOS) {
      return true;
    }
    return current.filter(answered::contains).isPresent()
        && headEnd.nodes().isQuiet()
        && tracks().stream()
            .filter(track -> track.request().equals(current.get()))
            .allMatch(track -> SETTLED.contains(track.state()));
  }

  private void next() {
    Request request = requests.poll();
    if (request != null) {
      isAsked = true;
      current = Optional.empty();
      askedNanos = site.kernel().nanos();
      Eui64 user = request.id().originator();
      Eui64 asks = user.equals(GbParties.OTHER_SUPPLIER) ? user : GbParties.SUPPLIER;
      headEnd
          .nodes()
          .ask(
              asks,
              new SupplierInput.Ask(
                  request.id().target(),
                  request.commandVariant(),
                  request.service(),
                  request.body()));
      return;
    }
    isOver = tracks().stream().noneMatch(RequestedHeadEnd::isUnderWay);
    if (isOver) {
      devices.forEach(this::end);
    }
  }

  /** Waiting for another request alone ends nothing and holds nothing up. */
  private static boolean isUnderWay(Track track) {
    return track.isOpen()
        && track.state() != TrackState.VERIFIED
        && track.state() != TrackState.QUARANTINED;
  }

  /** How it stands for a device when no request is left; one that said so itself has ended. */
  private void end(Eui64 device) {
    List<Track> of = tracks().stream().filter(track -> track.device().equals(device)).toList();
    if (of.isEmpty()) {
      site.ends().end(device, DeviceReport.Outcome.FAILED, "no request sent it anything");
      return;
    }
    Track last = of.get(of.size() - 1);
    boolean isVerified = of.stream().anyMatch(track -> track.state() == TrackState.VERIFIED);
    site.ends()
        .end(
            device,
            isVerified ? DeviceReport.Outcome.VERIFIED : DeviceReport.Outcome.FAILED,
            "its last request is " + last.state());
  }

  private List<Track> tracks() {
    List<Track> tracks = new ArrayList<>();
    for (Stored record : keptByDsp()) {
      if (record instanceof Track track) {
        tracks.add(track);
      }
    }
    return tracks;
  }

  private void event(Event event) {
    listener.accept(event);
    if (event instanceof SupplierEvent.Asked put
        && put.request().commandVariant() != CommandVariant.SIGNED_COMMAND) {
      current = Optional.of(put.request().id());
    } else if (event instanceof SupplierEvent.Told told) {
      told(told.response());
    }
  }

  /** An acknowledgement and a pre-command are no answers. */
  private void told(Response response) {
    boolean isPreCommand =
        response.body() instanceof ResponseBody.ResponseMessage message
            && message.content().isPresent()
            && message.content().get() instanceof ResponseContent.PreCommand;
    if (!response.code().equals(ResponseCode.ACKNOWLEDGED) && !isPreCommand) {
      response.requestId().ifPresent(answered::add);
    }
  }

  @Override
  public boolean isQuiet() {
    return isOver && headEnd.nodes().isQuiet();
  }

  @Override
  public WanLink wan() {
    return headEnd.nodes();
  }
}
