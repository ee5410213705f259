// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.znp;

import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.Width;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.machine.SendResult;
import org.hanota.api.transport.Frame;

/**
 * The host's side of a ZNP stick, without input or output of its own: octets and time come in, what
 * it wants done goes to its {@link Surroundings}. One caller at a time, never called again from
 * inside the surroundings. Whatever octets come, it throws nothing.
 */
public final class ZnpHost {
  /** Where the host puts what it wants done. None of these may call the host again. */
  public interface Surroundings {
    /** Octets for the stick. */
    void write(Octets octets);

    /** The stick is beyond help: close its port and open it again. */
    void reopen(String reason);

    /** A message came. */
    void onFrame(Frame frame);

    /** What became of a message; once for each. */
    void onSent(long sendId, SendResult result);

    /** A node has the server that was looked for. */
    void onServerFound(Peer server);

    /** No node has it. */
    void onNoServer();

    /** Something happened. */
    void report(StickEvent event);

    /** A message goes to the radio, for a capture. */
    default void onRequest(DataRequest request) {}

    /** A message came from the radio, for a capture. */
    default void onMessage(IncomingMessage message) {}
  }

  private static final long SECOND = 1_000_000_000L;
  private static final long RETRY_NANOS = 10 * SECOND;

  /** A stick may be silent for days; a dead TCP connection as well. */
  private static final long QUIET_NANOS = 60 * SECOND;

  private static final long ANSWER_NANOS = 6 * SECOND;
  private static final int SILENCES_MAX = 3;
  private static final int PERMIT_JOIN_MAX_SECONDS = 254;
  private static final int ROUTERS_AND_COORDINATOR = 0xFFFC;
  private static final int MODE_BROADCAST = 0x0F;

  private enum Phase {
    CLOSED,
    STARTING,
    RESTING,
    RUNNING
  }

  private final HostConfig config;
  private final Surroundings surroundings;
  private final ZnpFrameDecoder decoder = new ZnpFrameDecoder(this::frame);
  private final RequestChannel channel;
  private final AddressBook book;
  private final Outbox outbox;
  private final StartUp startUp;
  private final ServerSearch search;
  private final ProfileCheck profiles;

  private long now;
  private Phase phase = Phase.CLOSED;
  private long retryAt = Long.MAX_VALUE;
  private long heardAt;
  private boolean quietPing;
  private long framesMalformed;

  /** A host whose port is not open yet. */
  public ZnpHost(HostConfig config, Surroundings surroundings) {
    this.config = config;
    this.surroundings = surroundings;
    channel = new RequestChannel(() -> now, surroundings::write);
    book = new AddressBook(() -> now, channel);
    outbox = new Outbox(() -> now, config, channel, book, new OutboxOwner());
    startUp = new StartUp(() -> now, config, channel, surroundings::write, new StartUpOwner());
    search = new ServerSearch(() -> now, channel, book, surroundings);
    profiles =
        new ProfileCheck(
            config.profileId(),
            channel,
            (address, profile) ->
                surroundings.report(new StickEvent.OtherProfile(address, profile)));
  }

  /** Whether messages can be sent. */
  public boolean running() {
    return phase == Phase.RUNNING;
  }

  /** The port is open. */
  public void onOpen(long nanos) {
    now = nanos;
    decoder.reset();
    surroundings.report(new StickEvent.PortOpened());
    starting();
    startUp.begin();
  }

  /** The port is gone. */
  public void onLost(long nanos) {
    now = nanos;
    stop(Phase.CLOSED, "the port is gone");
  }

  /** Octets came from the stick. */
  public void onOctets(long nanos, Octets octets) {
    now = nanos;
    heardAt = nanos;
    decoder.accept(nanos, octets);
    advance();
  }

  /** The time of {@link #wakeAt} has come; early or repeated calls do nothing. */
  public void onTimer(long nanos) {
    now = nanos;
    advance();
  }

  /** Sends a message; its result comes later, and is BUSY at once while the stick is not ready. */
  public void send(long nanos, long sendId, Frame frame) {
    now = nanos;
    if (phase != Phase.RUNNING) {
      surroundings.onSent(sendId, SendResult.BUSY);
    } else if (frame.zcl().length() > DataRequest.DATA_MAX) {
      surroundings.report(
          new StickEvent.Refused(
              "message of " + frame.zcl().length() + " octets",
              "at most " + DataRequest.DATA_MAX + " fit a frame of the stick"));
      surroundings.onSent(sendId, SendResult.DROPPED);
    } else {
      outbox.send(sendId, frame);
    }
  }

  /** Looks for a server of the cluster. */
  public void discover(long nanos, int profileId, int clusterId) {
    now = nanos;
    if (phase == Phase.RUNNING) {
      search.begin(profileId, clusterId);
    } else {
      surroundings.onNoServer();
    }
  }

  /**
   * Opens the network for new nodes.
   *
   * @param seconds 0 closes it; at most 254
   */
  public void permitJoin(long nanos, int seconds) {
    now = nanos;
    Width.range("seconds", seconds, 0, PERMIT_JOIN_MAX_SECONDS);
    OctetWriter out = new OctetWriter(5).uint8(MODE_BROADCAST).uint16le(ROUTERS_AND_COORDINATOR);
    tell(ZnpFrame.of(Command.ZDO_MGMT_PERMIT_JOIN_REQ, out.uint8(seconds).uint8(0)));
  }

  /** Gives the stick another install code or key. */
  public void addLinkKey(long nanos, LinkKey key) {
    now = nanos;
    tell(key.addition());
  }

  /** A request whose answer is only a status. */
  private void tell(ZnpFrame frame) {
    channel.request(
        frame,
        RequestChannel.Urgency.CONTROL,
        ANSWER_NANOS,
        outcome -> {
          String name = Command.of(frame.cmd0(), frame.cmd1()).map(Command::name).orElse("?");
          if (outcome instanceof RequestChannel.Outcome.Failed failed) {
            surroundings.report(new StickEvent.Refused(name, failed.reason()));
          } else if (outcome instanceof RequestChannel.Outcome.Answered answered
              && !answered.data().isEmpty()
              && answered.data().at(0) != 0) {
            surroundings.report(
                new StickEvent.Refused(name, "status " + new ZnpStatus(answered.data().at(0))));
          }
        });
  }

  /** When {@link #onTimer} is due: asked again after each call. */
  public long wakeAt() {
    long earliest = Math.min(retryAt, Math.min(channel.deadline(), book.deadline()));
    earliest = Math.min(earliest, Math.min(outbox.deadline(), search.deadline()));
    earliest = Math.min(earliest, startUp.deadline());
    return phase == Phase.RUNNING ? Math.min(earliest, quietAt()) : earliest;
  }

  private long quietAt() {
    return quietPing ? Long.MAX_VALUE : heardAt + QUIET_NANOS;
  }

  private void advance() {
    if (now >= retryAt) {
      starting();
      startUp.begin();
    }
    channel.timer();
    book.timer();
    search.timer();
    startUp.timer();
    if (phase == Phase.RUNNING) {
      outbox.advance();
      if (now >= quietAt()) {
        quietPing = true;
        channel.request(
            ZnpFrame.of(Command.SYS_PING, Octets.EMPTY),
            RequestChannel.Urgency.CONTROL,
            ANSWER_NANOS,
            outcome -> quietPing = outcome instanceof RequestChannel.Outcome.Failed);
      }
      if (channel.silences() >= SILENCES_MAX || (quietPing && channel.silences() > 0)) {
        stop(Phase.CLOSED, "the stick does not answer");
        surroundings.reopen("the stick does not answer any more");
      }
    }
  }

  private void starting() {
    stop(Phase.STARTING, "the stick starts anew");
    heardAt = now;
    quietPing = false;
  }

  private void stop(Phase next, String reason) {
    phase = next;
    retryAt = Long.MAX_VALUE;
    startUp.cancel();
    outbox.abandon(SendResult.DROPPED);
    search.abandon();
    channel.abandon(reason);
    book.clear();
    profiles.clear();
  }

  private void frame(ZnpFrame frame) {
    try {
      switch (frame.type()) {
        case SRSP -> response(frame);
        case AREQ ->
            Command.of(frame.cmd0(), frame.cmd1())
                .ifPresent(command -> indication(command, frame.data()));
        case POLL, SREQ, RESERVED -> framesMalformed++;
      }
    } catch (FormatException malformed) {
      framesMalformed++;
    }
  }

  private void response(ZnpFrame frame) {
    if (frame.cmd0() == Command.RPC_ERROR.cmd0() && frame.cmd1() == Command.RPC_ERROR.cmd1()) {
      OctetReader in = new OctetReader(frame.data());
      channel.refusal(in.uint8("ErrorCode"), in.uint8("ReqCmd0"), in.uint8("ReqCmd1"));
    } else {
      channel.answer(frame);
    }
  }

  private void indication(Command command, Octets data) {
    if (startUp.indication(command, data)) {
      return;
    }
    switch (command) {
      case SYS_RESET_IND -> restarted(data);
      case AF_DATA_CONFIRM -> outbox.confirm(DataConfirm.decode(data));
      case AF_INCOMING_MSG -> message(IncomingMessage.decode(data));
      case ZDO_END_DEVICE_ANNCE_IND -> seen(DeviceAddresses.decodeAnnouncement(data));
      case ZDO_TC_DEV_IND -> seen(DeviceAddresses.decodeJoined(data));
      case ZDO_NWK_ADDR_RSP, ZDO_IEEE_ADDR_RSP -> book.answer(data);
      case ZDO_MATCH_DESC_RSP -> search.answer(data);
      case ZDO_ACTIVE_EP_RSP -> profiles.endpoints(data);
      case ZDO_SIMPLE_DESC_RSP -> profiles.descriptor(data);
      case ZDO_LEAVE_IND -> {
        Eui64 address = DeviceAddresses.decodeJoined(data).address();
        book.forget(address);
        surroundings.report(new StickEvent.DeviceLeft(address));
      }
      case ZDO_PERMIT_JOIN_IND ->
          surroundings.report(
              new StickEvent.JoiningPermitted(new OctetReader(data).uint8("duration")));
      default -> {
        // Other indications concern nobody here.
      }
    }
  }

  private void restarted(Octets data) {
    if (phase == Phase.RUNNING) {
      surroundings.report(new StickEvent.Restarted(new OctetReader(data).uint8("Reason")));
      starting();
      startUp.beginAfterReset();
    }
  }

  private void seen(DeviceAddresses device) {
    if (device.shortAddress() == 0) {
      return;
    }
    book.learn(device);
    surroundings.report(new StickEvent.DeviceSeen(device.address(), device.shortAddress()));
    for (LinkKey key : config.linkKeys()) {
      if (key instanceof LinkKey.Preconfigured known && key.address().equals(device.address())) {
        tell(known.setting(device.shortAddress()));
      }
    }
    profiles.seen(device);
  }

  private void message(IncomingMessage message) {
    if (phase != Phase.RUNNING) {
      return;
    }
    surroundings.onMessage(message);
    boolean ours = message.broadcast() || message.destinationEndpoint() == config.self().endpoint();
    if (ours) {
      book.name(message.source(), name -> deliver(message, name));
    }
  }

  private void deliver(IncomingMessage message, Optional<Eui64> source) {
    if (source.isEmpty() || source.get().equals(Eui64.UNKNOWN)) {
      return;
    }
    surroundings.onFrame(
        new Frame(
            new Peer(source.get(), message.sourceEndpoint()),
            message.broadcast() ? Peer.BROADCAST : config.self(),
            config.profileId(),
            message.clusterId(),
            SendOptions.ACKNOWLEDGED.withEncryption(message.encrypted()),
            message.data()));
  }

  /** What the decoder and the host saw so far. */
  public LineCounts counts() {
    return new LineCounts(
        decoder.framesFound(),
        decoder.octetsSkipped(),
        decoder.checksFailed(),
        framesMalformed,
        channel.strays());
  }

  private final class OutboxOwner implements Outbox.Owner {
    @Override
    public void sent(long sendId, SendResult result) {
      surroundings.onSent(sendId, result);
    }

    @Override
    public void carried(DataRequest request) {
      surroundings.onRequest(request);
    }

    @Override
    public void unreachable(Frame frame) {
      book.forget(frame.destination().address());
    }
  }

  private final class StartUpOwner implements StartUp.Owner {
    @Override
    public void raw(Octets octets) {
      surroundings.write(octets);
    }

    @Override
    public void started(Firmware firmware, NetworkInfo network) {
      phase = Phase.RUNNING;
      surroundings.report(new StickEvent.Started(firmware, network));
    }

    @Override
    public void failed(String reason) {
      stop(Phase.RESTING, reason);
      retryAt = now + RETRY_NANOS;
      surroundings.report(new StickEvent.StartFailed(reason, RETRY_NANOS / 1_000_000));
    }
  }
}
