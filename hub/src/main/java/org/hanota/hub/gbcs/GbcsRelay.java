// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.gbcs;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.api.ZigBeeTime;
import org.hanota.api.control.WanLink;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.machine.StateWriter;
import org.hanota.api.machine.ToWan;
import org.hanota.api.zcl.Direction;
import org.hanota.api.zcl.Tunnelled;
import org.hanota.gbcs.Envelope;
import org.hanota.gbcs.GroupingHeader;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.field.GeneralizedTime;
import org.hanota.gbcs.key.KeyUsage;
import org.hanota.gbcs.payload.FirmwareTransferAlert;
import org.hanota.gbcs.payload.FirmwareTransferAlert.TransferResponseCode;
import org.hanota.gbcs.payload.MessageCode;
import org.hanota.hub.HubEvent;
import org.hanota.hub.HubGbcsConfig;
import org.hanota.hub.HubParameters;
import org.hanota.hub.store.TransferStore;
import org.hanota.hub.update.Call;
import org.hanota.hub.update.PendingChanges;
import org.hanota.keys.Sha256;

/**
 * The hub's end of GBCS: carries messages between the WAN and the tunnels of its devices, and tells
 * the access control broker how transfers ended.
 */
public final class GbcsRelay {
  /** Messages for the head end that are kept; the store counts them in a uint8. */
  private static final int UNACKNOWLEDGED_MAX = 255;

  private final HubParameters parameters;
  private final PendingChanges pending;
  private final TransferStore store;
  private final Eui64 self;
  private final HubGbcsConfig config;
  private final Map<Eui64, Line> lines = new TreeMap<>();
  private final ForwardedMessages forwarded;

  /** The head end among the recipients of what waits: it has no endpoint. */
  private final Peer headEnd;

  /** What the head end has not acknowledged yet, by SHA-256. */
  private final Map<Octets, Octets> unacknowledged = new LinkedHashMap<>();

  private long repeatNanos = Long.MAX_VALUE;

  private static final class Line {
    final Peer device;
    final Deque<Octets> waiting = new ArrayDeque<>();
    long sendId;
    long retryNanos = Long.MAX_VALUE;

    Line(Peer device) {
      this.device = device;
    }
  }

  /** Nothing waits yet. */
  public GbcsRelay(
      HubParameters parameters,
      PendingChanges pending,
      TransferStore store,
      Eui64 self,
      HubGbcsConfig config) {
    this.parameters = parameters;
    this.pending = pending;
    this.store = store;
    this.self = self;
    this.config = config;
    this.headEnd = new Peer(config.accessControlBroker(), 0);
    this.forwarded = new ForwardedMessages(parameters.maximumDevices(), pending);
  }

  private Line line(Peer device) {
    return lines.computeIfAbsent(device.address(), address -> new Line(device));
  }

  /** What waited before a restart is tried again; the head end may get it twice. */
  public void start(Call call) {
    Map<Peer, List<Octets>> kept = new TreeMap<>(store.waiting());
    kept.getOrDefault(headEnd, List.of())
        .forEach(message -> unacknowledged.put(Sha256.of(message), message));
    kept.remove(headEnd);
    kept.keySet().removeIf(recipient -> recipient.address().equals(self));
    tellAgain(call);
    kept.forEach((recipient, messages) -> start(recipient, messages, call));
  }

  private void start(Peer recipient, List<Octets> messages, Call call) {
    if (ForwardedMessages.isPlace(recipient)) {
      forwarded.restore(recipient, messages);
      return;
    }
    Line line = line(recipient);
    line.waiting.addAll(messages);
    send(line, call);
  }

  /** The head end keeps a message: it need not be said again. */
  public void acknowledged(Octets sha256) {
    if (unacknowledged.remove(sha256) != null) {
      pending.addWaiting(headEnd, List.copyOf(unacknowledged.values()));
    }
    if (unacknowledged.isEmpty()) {
      repeatNanos = Long.MAX_VALUE;
    }
  }

  /** Kept, and said again, until it was acknowledged: no power cut on either side loses it. */
  private void tell(Octets message, Call call) {
    if (unacknowledged.size() == UNACKNOWLEDGED_MAX) {
      unacknowledged.remove(unacknowledged.keySet().iterator().next());
    }
    unacknowledged.put(Sha256.of(message), message);
    pending.addWaiting(headEnd, List.copyOf(unacknowledged.values()));
    call.effects().toWan(new ToWan.GbcsMessage(message));
    repeatNanos = Math.min(repeatNanos, call.now().plusMillis(parameters.headEndRetryMs()));
  }

  private void tellAgain(Call call) {
    unacknowledged
        .values()
        .forEach(message -> call.effects().toWan(new ToWan.GbcsMessage(message)));
    repeatNanos =
        unacknowledged.isEmpty()
            ? Long.MAX_VALUE
            : call.now().plusMillis(parameters.headEndRetryMs());
  }

  private void save(Line line) {
    pending.addWaiting(line.device, List.copyOf(line.waiting));
  }

  /** A device's message goes to the head end, once. [GBCS 11.2.6] */
  public void fromDevice(Peer device, Octets message, Call call) {
    Octets own = message.copy();
    if (!forwarded.isNew(device.address(), own)) {
      return;
    }
    // The device has let go of it: its radio was told that it came. [hanota H09]
    tell(own, call);
  }

  /**
   * A message from the head end goes to the device that it names.
   *
   * @return what becomes of it; empty where it shall come again
   */
  public Optional<WanLink.End> fromWan(
      Octets octets, Function<Eui64, Optional<Peer>> devices, Call call) {
    Envelope message;
    try {
      message = Envelope.parse(octets);
    } catch (FormatException fault) {
      return refuse(String.valueOf(fault.getMessage()), call);
    }
    Eui64 recipient = message.recipient();
    Optional<Peer> device = devices.apply(recipient);
    if (device.isEmpty()) {
      return refuse("no device " + recipient + " is known", call);
    }
    Line line = line(device.get());
    if (line.waiting.size() == parameters.messagesWaitingMaximum()) {
      call.effects().report(new HubEvent.NotForwarded("too many messages wait for " + recipient));
      return Optional.empty();
    }
    line.waiting.add(octets.copy());
    save(line);
    send(line, call);
    return Optional.of(new WanLink.End.Kept());
  }

  private static Optional<WanLink.End> refuse(String reason, Call call) {
    call.effects().report(new HubEvent.NotForwarded(reason));
    return Optional.of(new WanLink.End.Refused(reason));
  }

  private void send(Line line, Call call) {
    if (line.sendId != 0 || line.waiting.isEmpty()) {
      return;
    }
    line.sendId =
        call.effects()
            .send(
                line.device,
                new Tunnelled(
                    Direction.CLIENT_TO_SERVER, config.tunnelId(), line.waiting.getFirst()),
                SendOptions.ACKNOWLEDGED.withPriority(SendOptions.Priority.METERING));
    line.retryNanos = call.now().plusMillis(parameters.messageRetryMs());
  }

  /** What became of a frame. */
  public void sent(long sendId, boolean delivered, Call call) {
    for (Line line : lines.values()) {
      if (line.sendId == sendId) {
        line.sendId = 0;
        if (delivered) {
          line.waiting.removeFirst();
          save(line);
          line.retryNanos = Long.MAX_VALUE;
          send(line, call);
        }
        return;
      }
    }
  }

  /** When something is due. */
  public long next() {
    long next = repeatNanos;
    for (Line line : lines.values()) {
      next = Math.min(next, line.retryNanos);
    }
    return next;
  }

  /** Sends again what is due. */
  public void timer(Call call) {
    if (repeatNanos <= call.now().monotonicNanos()) {
      tellAgain(call);
    }
    for (Line line : lines.values()) {
      if (line.retryNanos <= call.now().monotonicNanos()) {
        line.retryNanos = Long.MAX_VALUE;
        line.sendId = 0;
        send(line, call);
      }
    }
  }

  /** CCS08: how the hub's transfer of an image to a device ended. */
  public void transferEnded(
      Eui64 device, FileVersion version, TransferResponseCode code, Call call) {
    Now now = call.now();
    long utc = now.knowsUtc() ? now.utcMillis() : ZigBeeTime.EPOCH_MILLIS;
    long counter = config.counters().last(self).orElse(0) + 1;
    config.counters().store(self, counter);
    Message alert =
        Message.of(
                GroupingHeader.alert(
                    MessageCode.CCS08, counter, self, config.accessControlBroker()),
                FirmwareTransferAlert.of(GeneralizedTime.ofUtcMillis(utc), device, version, code))
            .sign(
                config
                    .keys()
                    .privateKey(self, KeyUsage.DIGITAL_SIGNATURE)
                    .orElseThrow(
                        () ->
                            new IllegalStateException(
                                "the key store has no signing key of " + self)));
    tell(alert.octets(), call);
  }

  /** Writes what waits, what is under way, and what was forwarded. */
  public void describe(StateWriter out) {
    for (Line line : lines.values()) {
      out.put("line", line.device)
          .put("waiting", line.waiting.stream().map(Octets::toHex).toList())
          .putSent("under way", line.sendId)
          .putNanos("retry", line.retryNanos);
    }
    forwarded.describe(out);
    out.put("unacknowledged", unacknowledged.values().stream().map(Octets::toHex).toList())
        .putNanos("say again", repeatNanos);
  }
}
