// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.emulator;

import java.util.List;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.transport.serial.ash.AshLink;
import org.hanota.transport.serial.ash.ResetCode;
import org.hanota.transport.serial.ezsp.ApsFrame;
import org.hanota.transport.serial.ezsp.EzspCommand;
import org.hanota.transport.serial.ezsp.EzspFrame;
import org.hanota.transport.serial.ezsp.EzspIncoming;
import org.hanota.transport.serial.ezsp.EzspSend;
import org.hanota.transport.serial.ezsp.EzspSent;
import org.hanota.transport.serial.ezsp.EzspStatus;
import org.hanota.transport.serial.ezsp.EzspVersion;
import org.hanota.transport.serial.stick.DeviceAddresses;
import org.hanota.transport.serial.stick.Fate;
import org.hanota.transport.serial.stick.Incoming;
import org.hanota.transport.serial.stick.Network;
import org.hanota.transport.serial.stick.Outgoing;
import org.hanota.transport.serial.stick.SimpleDescriptor;
import org.hanota.transport.serial.stick.Zdo;

/** A coordinator of Silicon Labs: its frames, in both directions. */
final class EzspStick implements EmulatedStick {
  private static final int SEQUENCES = 256;
  private static final int BAND_2400_MHZ = 0x40;
  private static final int COORDINATOR_CAPABILITIES = 0x8F;

  /** In the server mask: primary trust centre and network manager. */
  private static final int TRUST_CENTRE = 0x41;

  private static final int BROADCAST_ALL = 0xFF;

  /** A quarter of a second for each channel. */
  private static final long SCAN_NANOS = 261_000_000L;

  private static final int INVALID_FRAME_ID = 0x31;
  private static final int INVALID_VALUE = 0x36;
  private static final int VERSION_NOT_SET = 0x30;

  /** What one message of the air carries: network and APS header, and the network's security. */
  private static final int AIR_MAX = 82;

  /** What encryption with a link key takes of that: a header of 5 octets and a check of 4. */
  private static final int APS_SECURITY = 9;

  private final EmulatorConfig config;
  private final StickModel.Ezsp model;
  private final EmulatedStick.Surroundings surroundings;
  private final AshLink link;
  private final EzspState state;
  private final EzspVersion version;
  private final Air air;
  private LineFaults faults = LineFaults.NONE;
  private int resetCode = ResetCode.SOFTWARE;
  private boolean restarting;
  private long watched = Long.MAX_VALUE;
  private boolean versionKnown;
  private int apsSequence;
  private int callbackSequence;

  EzspStick(
      EmulatorConfig config,
      StickModel.Ezsp model,
      EmulatedStick.Surroundings surroundings,
      Air air) {
    this.config = config;
    this.model = model;
    this.surroundings = surroundings;
    this.air = air;
    version = new EzspVersion(model.version());
    link = new AshLink(surroundings::nanos, new LinkOwner());
    state = new EzspState(config, model, new Later());
  }

  /** From now on frames of its line fare as this says. */
  void lineFaults(LineFaults now) {
    faults = now;
  }

  @Override
  public void opened() {
    link.close();
  }

  @Override
  public void octets(Octets octets) {
    if (restarting) {
      return;
    }
    switch (faults.toStick()) {
      case NONE -> link.octets(octets);
      case LOST -> {
        // Never arrives.
      }
      case DAMAGED -> link.octets(damaged(octets));
      case REPEATED -> {
        link.octets(octets);
        link.octets(octets);
      }
    }
    watch();
  }

  private void write(Octets octets) {
    switch (faults.toHost()) {
      case NONE -> surroundings.write(octets);
      case LOST -> {
        // Never arrives.
      }
      case DAMAGED -> surroundings.write(damaged(octets));
      case REPEATED -> {
        surroundings.write(octets);
        surroundings.write(octets);
      }
    }
  }

  private static Octets damaged(Octets octets) {
    byte[] array = octets.toByteArray();
    array[array.length / 2] ^= 0x01;
    return Octets.wrap(array);
  }

  /** Looks at the link's timer when it is due; one look counts, those that it replaces do not. */
  private void watch() {
    long wanted = link.deadline();
    if (wanted < watched) {
      watched = wanted;
      surroundings.after(
          Math.max(0, wanted - surroundings.nanos()),
          () -> {
            if (watched == wanted) {
              watched = Long.MAX_VALUE;
              link.timer();
              watch();
            }
          });
    }
  }

  @Override
  public void restarting() {
    restarting = true;
  }

  @Override
  public void restarted() {
    restarting = false;
    versionKnown = false;
    watched = Long.MAX_VALUE;
    state.restart();
    link.sendRestarted(resetCode);
    resetCode = ResetCode.WATCHDOG;
  }

  @Override
  public Network network() {
    return state.network();
  }

  @Override
  public boolean hears() {
    return !restarting && state.networkRuns();
  }

  @Override
  public List<SimpleDescriptor> endpoints() {
    return state.endpoints();
  }

  @Override
  public Octets nodeDescriptor() {
    OctetWriter out = new OctetWriter(13).uint8(0).uint8(BAND_2400_MHZ);
    out.uint8(COORDINATOR_CAPABILITIES).uint16le(state.manufacturer()).uint8(AIR_MAX);
    out.uint16le(AIR_MAX).uint16le(EmulatedDevice.REVISION_22 | TRUST_CENTRE).uint16le(AIR_MAX);
    return out.uint8(0).toOctets();
  }

  @Override
  public boolean hasLinkKey(Eui64 device) {
    return state.hasLinkKey(device);
  }

  @Override
  public void received(DeviceRadio from, Incoming message) {
    ApsFrame aps =
        new ApsFrame(
            message.profileId(),
            message.clusterId(),
            message.sourceEndpoint(),
            message.broadcast() ? BROADCAST_ALL : message.destinationEndpoint(),
            message.encrypted() ? ApsFrame.ENCRYPTION : 0,
            0,
            nextApsSequence());
    int type = message.broadcast() ? EzspIncoming.BROADCAST : EzspIncoming.UNICAST;
    tell(
        new EzspIncoming(type, aps, message.linkQuality(), message.source(), message.data()),
        from.device().self().address());
  }

  @Override
  public void joined(DeviceRadio radio) {
    DeviceAddresses device = radio.device().addresses();
    OctetWriter out = new OctetWriter(14).uint16le(device.shortAddress());
    out.int64le(device.address().value()).uint8(1).uint8(0).uint16le(0);
    callback(EzspCommand.TRUST_CENTER_JOIN_HANDLER, out);
  }

  @Override
  public void announced(DeviceRadio radio) {
    DeviceAddresses device = radio.device().addresses();
    OctetWriter out = new OctetWriter(12).uint16le(device.shortAddress());
    out.int64le(device.address().value()).uint8(EmulatedDevice.CAPABILITIES);
    Octets data = out.toOctets();
    surroundings.after(
        DeviceObjects.ANSWER_NANOS,
        () -> {
          if (hears()) {
            told(
                EzspIncoming.BROADCAST, device.shortAddress(), Zdo.DEVICE_ANNCE, numbered(0, data));
          }
        });
  }

  private static Octets numbered(int sequence, Octets data) {
    return new OctetWriter(data.length() + 1).uint8(sequence).octets(data).toOctets();
  }

  private void answered(int source, int clusterId, Octets message) {
    if (hears()) {
      told(EzspIncoming.UNICAST, source, clusterId, message);
    }
  }

  private void told(int type, int source, int clusterId, Octets message) {
    ApsFrame aps = new ApsFrame(Zdo.PROFILE, clusterId, 0, 0, 0, 0, nextApsSequence());
    tell(new EzspIncoming(type, aps, BROADCAST_ALL, source, message), nameOf(source));
  }

  private Eui64 nameOf(int source) {
    return air.joined(source).map(radio -> radio.device().self().address()).orElse(Eui64.UNKNOWN);
  }

  private void tell(EzspIncoming message, Eui64 name) {
    callback(EzspCommand.INCOMING_MESSAGE_HANDLER, message.parameters(version, name));
  }

  private int nextApsSequence() {
    apsSequence = (apsSequence + 1) % SEQUENCES;
    return apsSequence;
  }

  private void callback(EzspCommand handler, OctetWriter parameters) {
    link.send(EzspFrame.callback(callbackSequence, handler, parameters).octets());
    watch();
  }

  private final class Later implements EzspState.Later {
    @Override
    public void stackStatus(long nanos, EzspStatus status, Runnable before) {
      surroundings.after(
          nanos,
          () -> {
            if (status.equals(EzspStatus.NETWORK_UP) && !air.conditions().starts()) {
              return;
            }
            before.run();
            OctetWriter out = new OctetWriter(4);
            version.status(out, status);
            callback(EzspCommand.STACK_STATUS_HANDLER, out);
          });
    }

    @Override
    public void scan(long channelMask) {
      surroundings.after(
          Long.bitCount(channelMask) * SCAN_NANOS,
          () -> {
            int channel = Long.numberOfTrailingZeros(channelMask);
            for (int panId : config.neighbours()) {
              OctetWriter found = new OctetWriter(16).uint8(channel).uint16le(panId);
              found.int64le(panId).uint8(0).uint8(2).uint8(0).uint8(BROADCAST_ALL).uint8(0);
              callback(EzspCommand.NETWORK_FOUND_HANDLER, found);
            }
            OctetWriter end = new OctetWriter(5).uint8(0);
            version.status(end, EzspStatus.OK);
            callback(EzspCommand.SCAN_COMPLETE_HANDLER, end);
          });
    }

    @Override
    public void opened(int seconds) {
      if (seconds > 0) {
        air.permitJoin(DeviceObjects.ANSWER_NANOS);
      }
    }
  }

  private final class LinkOwner implements AshLink.Owner {
    @Override
    public void write(Octets octets) {
      EzspStick.this.write(octets);
    }

    @Override
    public void received(Octets data) {
      EzspFrame command;
      try {
        command = EzspFrame.decode(data);
      } catch (FormatException unknown) {
        // As if it had been lost: there is no number to answer to.
        return;
      }
      callbackSequence = command.sequence();
      link.send(answer(command).octets());
    }

    @Override
    public void restart() {
      resetCode = ResetCode.SOFTWARE;
      surroundings.restart();
    }

    @Override
    public void failed(String reason) {
      // The host is gone; it begins with a restart.
    }
  }

  private EzspFrame answer(EzspFrame command) {
    Optional<EzspCommand> known = EzspCommand.of(command.id());
    if (known.isEmpty()) {
      return invalid(command, INVALID_FRAME_ID);
    }
    if (known.get() == EzspCommand.VERSION) {
      versionKnown |= !command.legacy() || model.version() == wanted(command);
    } else if (!versionKnown) {
      return invalid(command, VERSION_NOT_SET);
    }
    try {
      OctetReader in = new OctetReader(command.parameters());
      return state
          .answer(known.get(), in, version)
          .or(() -> send(known.get(), new OctetReader(command.parameters())))
          .map(command::answer)
          .orElseGet(() -> invalid(command, INVALID_FRAME_ID));
    } catch (FormatException malformed) {
      return invalid(command, INVALID_VALUE);
    }
  }

  private static int wanted(EzspFrame command) {
    return command.parameters().isEmpty() ? 0 : command.parameters().at(0);
  }

  private static EzspFrame invalid(EzspFrame command, int reason) {
    return new EzspFrame(
        command.sequence(),
        EzspFrame.ANSWER,
        command.legacy(),
        command.legacy() ? 0 : EzspCommand.INVALID_COMMAND.id(),
        Octets.copyOf((byte) reason));
  }

  /** The answer to a command that sends; empty if it is another one. */
  private Optional<OctetWriter> send(EzspCommand command, OctetReader in) {
    return switch (command) {
      case SEND_UNICAST -> Optional.of(said(send(EzspSend.unicast(in, version))));
      case SEND_BROADCAST -> Optional.of(said(send(EzspSend.broadcast(in, version))));
      // Nothing in the emulated network is in a group.
      case SEND_MULTICAST -> Optional.of(said(EzspStatus.OK));
      default -> Optional.empty();
    };
  }

  private OctetWriter said(EzspStatus status) {
    OctetWriter out = new OctetWriter(5);
    version.status(out, status);
    return out.uint8(apsSequence);
  }

  private EzspStatus send(EzspSend send) {
    if (!state.networkRuns()) {
      return EzspStatus.NETWORK_DOWN;
    }
    nextApsSequence();
    if (send.aps().profileId() == Zdo.PROFILE) {
      return ask(send);
    }
    if (send.message().length() > AIR_MAX - (send.aps().encrypted() ? APS_SECURITY : 0)) {
      return EzspStatus.MESSAGE_TOO_LONG;
    }
    if (state.endpoint(send.aps().sourceEndpoint()).isEmpty()) {
      return EzspStatus.INVALID_PARAMETER;
    }
    Outgoing message = send.message(send.aps().profileId());
    if (!air.canEncrypt(message)) {
      return EzspStatus.APS_ENCRYPTION_ERROR;
    }
    Fate said = air.send(message, fate -> sent(send, fate));
    return status(said, EzspStatus.MESSAGE_LIMIT_REACHED);
  }

  private EzspStatus ask(EzspSend send) {
    OctetReader in = new OctetReader(send.message());
    int sequence = in.uint8("sequence");
    Octets data = in.octets("data", in.remaining());
    new DeviceObjects(
            config.address(),
            air,
            this,
            surroundings,
            (source, clusterId, answer) -> answered(source, clusterId, numbered(sequence, answer)))
        .ask(new Zdo.Question(send.destination(), send.aps().clusterId(), data));
    if (!send.broadcast()) {
      surroundings.after(0, () -> sent(send, Fate.DELIVERED));
    }
    return EzspStatus.OK;
  }

  private void sent(EzspSend send, Fate fate) {
    EzspStatus status = status(fate, EzspStatus.BUSY);
    EzspSent sent = new EzspSent(status, send.destination(), send.aps(), send.tag());
    callback(EzspCommand.MESSAGE_SENT_HANDLER, sent.parameters(version));
  }

  private static EzspStatus status(Fate fate, EzspStatus busy) {
    return switch (fate.result()) {
      case DELIVERED -> EzspStatus.OK;
      case BUSY -> busy;
      case NO_ACK -> EzspStatus.DELIVERY_FAILED;
      case NO_ROUTE -> EzspStatus.MANY_TO_ONE_ROUTE_FAILURE;
      case DROPPED -> EzspStatus.FAIL;
    };
  }
}
