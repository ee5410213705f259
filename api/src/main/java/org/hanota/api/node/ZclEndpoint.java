// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.node;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hanota.api.OctetWriter;
import org.hanota.api.machine.Delivery;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Machine;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.Received;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.machine.SendResult;
import org.hanota.api.transport.Frame;
import org.hanota.api.transport.Transport;
import org.hanota.api.zcl.AttributeValue;
import org.hanota.api.zcl.Clusters;
import org.hanota.api.zcl.DefaultResponse;
import org.hanota.api.zcl.Direction;
import org.hanota.api.zcl.ImageNotify;
import org.hanota.api.zcl.Malformed;
import org.hanota.api.zcl.OtaCommand;
import org.hanota.api.zcl.ReadAttributes;
import org.hanota.api.zcl.ReadAttributesResponse;
import org.hanota.api.zcl.ZclCodec;
import org.hanota.api.zcl.ZclFrame;
import org.hanota.api.zcl.ZclMessage;
import org.hanota.api.zcl.ZclStatus;

/**
 * Stands between a machine and its transport: decodes and encodes, keeps sequence numbers, answers
 * what is malformed, unsupported or an attribute read, sends the default responses that the machine
 * leaves out, and performs the machine's effects once its call has returned. One caller at a time.
 */
public final class ZclEndpoint {
  private final NodeConfig config;
  private final Machine machine;
  private final Transport transport;
  private final Surroundings surroundings;
  private final ZclCodec codec = new ZclCodec();
  private final CollectedEffects effects;
  private final SendOptions answers;
  private final OctetWriter out = new OctetWriter(128);

  private long framesReceived;
  private long framesSent;
  private long delivered;
  private long notAcknowledged;
  private long noRoute;
  private long busy;
  private long dropped;
  private long withoutHeader;
  private long malformed;
  private long unsupported;
  private long notEncrypted;
  private long defaultResponsesSent;
  private long messagesDelivered;

  /**
   * @param firstSequence first transaction sequence number; a restarted node passes another than
   *     the time before, so that a late answer is not taken for a new one
   */
  public ZclEndpoint(
      NodeConfig config,
      Machine machine,
      Transport transport,
      Surroundings surroundings,
      int firstSequence) {
    this.config = config;
    this.machine = machine;
    this.transport = transport;
    this.surroundings = surroundings;
    this.effects = new CollectedEffects(firstSequence & 0xFF);
    this.answers = SendOptions.ACKNOWLEDGED.withEncryption(config.apsEncryption());
  }

  /** Power-on. */
  public void start(Now now) {
    run(now, () -> machine.onStart(now, effects));
  }

  /** The machine's timer. */
  public void timer(Now now) {
    run(now, () -> machine.onTimer(now, effects));
  }

  /** An input of the machine. */
  public void input(Now now, Input input) {
    run(now, () -> machine.onInput(now, input, effects));
  }

  /**
   * What became of a frame; results of frames that the endpoint sent by itself are only counted.
   */
  public void sent(Now now, long sendId, SendResult result) {
    switch (result) {
      case DELIVERED -> delivered++;
      case NO_ACK -> notAcknowledged++;
      case NO_ROUTE -> noRoute++;
      case BUSY -> busy++;
      case DROPPED -> dropped++;
    }
    try {
      machine.onSent(now, sendId, result, effects);
      flush(now);
    } finally {
      effects.clear();
    }
  }

  /** A frame that the transport brought. */
  public void frame(Now now, Frame frame) {
    framesReceived++;
    if (ZclFrame.lacksHeader(frame.zcl())) {
      withoutHeader++;
      return;
    }
    Delivery delivery =
        frame.destination().isBroadcast()
            ? Delivery.BROADCAST
            : frame.options().apsEncryption() ? Delivery.UNICAST_ENCRYPTED : Delivery.UNICAST;
    ZclMessage message = codec.decode(frame.clusterId(), frame.zcl());
    Received received =
        new Received(frame.source(), message, ZclFrame.transactionSequence(frame.zcl()), delivery);
    boolean success;
    try {
      success = dispatch(now, received);
      if (success && wantsDefaultResponse(frame, received)) {
        answer(received, ZclStatus.SUCCESS);
      }
      flush(now);
    } finally {
      effects.clear();
    }
  }

  /** False if the message was refused here, and answered as ZCL says. */
  private boolean dispatch(Now now, Received received) {
    ZclMessage message = received.message();
    if (message instanceof Malformed fault) {
      if (fault.status().equals(ZclStatus.MALFORMED_COMMAND)
          || fault.status().equals(ZclStatus.INVALID_FIELD)) {
        malformed++;
      } else {
        unsupported++;
      }
      // A default response to a broken default response could go on for ever.
      if (!(fault.general() && fault.commandId() == DefaultResponse.COMMAND_ID)) {
        answer(received, fault.status());
      }
      return false;
    }
    if (config.apsEncryption()
        && received.delivery() != Delivery.UNICAST_ENCRYPTED
        && !(received.delivery() == Delivery.BROADCAST && message instanceof ImageNotify)) {
      notEncrypted++;
      if (!(message instanceof DefaultResponse)) {
        answer(received, ZclStatus.NOT_AUTHORIZED);
      }
      return false;
    }
    if (message instanceof OtaCommand && !forThisSide(message)) {
      unsupported++;
      answer(received, ZclStatus.UNSUP_CLUSTER_COMMAND);
      return false;
    }
    if (message instanceof ReadAttributes read) {
      if (received.delivery() != Delivery.BROADCAST) {
        effects.reply(received, read(read), answers);
      }
      return true;
    }
    messagesDelivered++;
    machine.onReceive(now, received, effects);
    return true;
  }

  private boolean forThisSide(ZclMessage message) {
    return (message.direction() == Direction.CLIENT_TO_SERVER) == config.otaServer();
  }

  private ReadAttributesResponse read(ReadAttributes read) {
    List<ReadAttributesResponse.Entry> entries = new ArrayList<>();
    Direction side = read.direction().reversed();
    for (int id : read.attributeIds()) {
      Optional<AttributeValue> value = machine.attribute(read.clusterId(), side, id);
      entries.add(
          value.isPresent()
              ? new ReadAttributesResponse.Value(id, value.get())
              : new ReadAttributesResponse.Unreadable(id, ZclStatus.UNSUPPORTED_ATTRIBUTE));
    }
    return new ReadAttributesResponse(read.clusterId(), side, entries);
  }

  /** A unicast command that got no other answer is answered, unless its sender wants none. */
  private boolean wantsDefaultResponse(Frame frame, Received received) {
    return !effects.replied
        && received.delivery() != Delivery.BROADCAST
        && !ZclFrame.disablesDefaultResponse(frame.zcl())
        && !(received.message() instanceof DefaultResponse)
        && !(received.message() instanceof ReadAttributesResponse);
  }

  private void answer(Received received, ZclStatus status) {
    if (received.delivery() == Delivery.BROADCAST) {
      return;
    }
    defaultResponsesSent++;
    effects.reply(received, DefaultResponse.to(received.message(), status), answers);
  }

  private void run(Now now, Runnable call) {
    try {
      call.run();
      flush(now);
    } finally {
      effects.clear();
    }
  }

  private void flush(Now now) {
    for (int i = 0; i < effects.count(); i++) {
      ZclMessage message = effects.message(i);
      Peer destination = effects.destination(i);
      long sendId = effects.sendId(i);
      out.clear();
      ZclCodec.encode(
          message, (int) sendId & 0xFF, disablesDefaultResponse(message, destination), out);
      framesSent++;
      transport.send(
          sendId,
          new Frame(
              config.self(),
              destination,
              config.profileId(),
              message.clusterId(),
              effects.options(i),
              out.toOctets()));
    }
    if (effects.wakeAt != CollectedEffects.NOT_ASKED) {
      surroundings.wakeAt(effects.wakeAt);
    }
    if (effects.pollFast != null) {
      transport.pollFast(effects.pollFast);
    }
    if (effects.hasRareOnes()) {
      for (int[] what : effects.discoveries) {
        transport.discover(what[0], what[1]);
      }
      effects.events.forEach(event -> surroundings.report(now, event));
      effects.toWan.forEach(surroundings::toWan);
      effects.jobs.forEach(surroundings::start);
    }
  }

  /**
   * Requests of a client want an answer in any case; responses of a server and broadcasts do not.
   * [ZCL 11.13]
   */
  private static boolean disablesDefaultResponse(ZclMessage message, Peer destination) {
    if (destination.isBroadcast()
        || message instanceof DefaultResponse
        || message instanceof ReadAttributesResponse) {
      return true;
    }
    return message instanceof OtaCommand
        && message.clusterId() == Clusters.OTA_UPGRADE
        && message.direction() == Direction.SERVER_TO_CLIENT
        && !(message instanceof ImageNotify);
  }

  /** What each layer saw so far. */
  public LayerCounts counts() {
    return new LayerCounts(
        framesReceived,
        framesSent,
        delivered,
        notAcknowledged,
        noRoute,
        busy,
        dropped,
        withoutHeader,
        malformed,
        unsupported,
        notEncrypted,
        defaultResponsesSent,
        messagesDelivered);
  }
}
