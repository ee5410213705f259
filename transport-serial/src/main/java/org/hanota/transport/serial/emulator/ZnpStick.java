// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.emulator;

import java.util.List;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.transport.serial.stick.Fate;
import org.hanota.transport.serial.stick.Incoming;
import org.hanota.transport.serial.stick.Network;
import org.hanota.transport.serial.stick.Outgoing;
import org.hanota.transport.serial.stick.SimpleDescriptor;
import org.hanota.transport.serial.stick.Zdo;
import org.hanota.transport.serial.znp.AddressMessages;
import org.hanota.transport.serial.znp.Command;
import org.hanota.transport.serial.znp.DataConfirm;
import org.hanota.transport.serial.znp.DataRequest;
import org.hanota.transport.serial.znp.Firmware;
import org.hanota.transport.serial.znp.IncomingMessage;
import org.hanota.transport.serial.znp.ZdoCommands;
import org.hanota.transport.serial.znp.ZnpFrame;
import org.hanota.transport.serial.znp.ZnpFrameDecoder;
import org.hanota.transport.serial.znp.ZnpStatus;

/** A ZNP coordinator: its frames, in both directions. */
final class ZnpStick implements EmulatedStick {
  private static final int SEQUENCES = 256;
  private static final int BAND_2400_MHZ = 0x40;
  private static final int COORDINATOR_CAPABILITIES = 0x8F;
  private static final int TI = 0x0007;

  /** In the server mask: primary trust centre and network manager. */
  private static final int TRUST_CENTRE = 0x41;

  private final EmulatedStick.Surroundings surroundings;
  private final ZnpFrameDecoder decoder = new ZnpFrameDecoder(this::frame);
  private final ZnpState state;
  private final Air air;
  private final DeviceObjects objects;
  private boolean restarting;
  private int sequence;

  ZnpStick(
      EmulatorConfig config, Firmware firmware, EmulatedStick.Surroundings surroundings, Air air) {
    this.surroundings = surroundings;
    state = new ZnpState(config, firmware, new Later(), air::conditions);
    this.air = air;
    objects =
        new DeviceObjects(
            config.address(),
            air,
            this,
            surroundings,
            (source, clusterId, data) -> write(ZdoCommands.answer(source, clusterId, data)));
  }

  private final class Later implements ZnpState.Later {
    @Override
    public void indicate(long nanos, Command command, OctetWriter data) {
      ZnpFrame frame = ZnpFrame.of(command, data);
      after(nanos, () -> write(frame));
    }

    @Override
    public void after(long nanos, Runnable task) {
      surroundings.after(nanos, task);
    }
  }

  private void write(ZnpFrame frame) {
    surroundings.write(frame.octets());
  }

  @Override
  public void opened() {
    decoder.reset();
  }

  @Override
  public void octets(Octets octets) {
    decoder.accept(surroundings.nanos(), octets);
  }

  @Override
  public void restarted() {
    restarting = false;
    state.restart();
    write(ZnpFrame.of(Command.SYS_RESET_IND, state.resetIndication()));
  }

  @Override
  public Network network() {
    return state.network().network();
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
    out.uint8(COORDINATOR_CAPABILITIES).uint16le(TI).uint8(80).uint16le(160);
    out.uint16le(EmulatedDevice.REVISION_22 | TRUST_CENTRE).uint16le(160).uint8(0);
    return out.toOctets();
  }

  @Override
  public boolean hasLinkKey(Eui64 device) {
    return state.hasLinkKey(device);
  }

  @Override
  public void received(DeviceRadio from, Incoming message) {
    sequence = (sequence + 1) % SEQUENCES;
    IncomingMessage indication =
        new IncomingMessage(
            0,
            message.clusterId(),
            message.source(),
            message.sourceEndpoint(),
            message.destinationEndpoint(),
            message.broadcast(),
            message.linkQuality(),
            message.encrypted(),
            surroundings.nanos() / 320_000 & 0xFFFF_FFFFL,
            sequence,
            message.data());
    write(indication.frame());
  }

  @Override
  public void joined(DeviceRadio radio) {
    ZnpFrame frame = AddressMessages.joined(radio.device().addresses());
    surroundings.after(0, () -> write(frame));
  }

  @Override
  public void announced(DeviceRadio radio) {
    ZnpFrame frame =
        AddressMessages.announcement(radio.device().addresses(), EmulatedDevice.CAPABILITIES);
    surroundings.after(DeviceObjects.ANSWER_NANOS, () -> write(frame));
  }

  private void frame(ZnpFrame frame) {
    if (restarting) {
      return;
    }
    Optional<Command> command = Command.of(frame.cmd0(), frame.cmd1());
    switch (frame.type()) {
      case SREQ -> write(answer(frame, command));
      case AREQ -> {
        if (command.filter(Command.SYS_RESET_REQ::equals).isPresent()) {
          surroundings.restart();
        }
      }
      case POLL, SRSP, RESERVED -> {
        // A stick has no use for these.
      }
    }
  }

  @Override
  public void restarting() {
    restarting = true;
  }

  private ZnpFrame answer(ZnpFrame request, Optional<Command> command) {
    if (command.isEmpty()) {
      return ZnpState.unknown(request);
    }
    try {
      return state
          .answer(command.get(), new OctetReader(request.data()))
          .or(() -> aboutDevices(command.get(), request.data()))
          .map(request::answer)
          .orElseGet(() -> ZnpState.unknown(request));
    } catch (FormatException malformed) {
      return ZnpState.wrongLength(request);
    }
  }

  /** The answer to a request that concerns devices; empty if the stick does not know it. */
  private Optional<Octets> aboutDevices(Command command, Octets data) {
    switch (command) {
      case AF_DATA_REQUEST -> {
        return Optional.of(send(DataRequest.decode(data)));
      }
      case AF_DATA_REQUEST_EXT -> {
        return Optional.of(send(DataRequest.decodeExt(data)));
      }
      case ZDO_MGMT_PERMIT_JOIN_REQ -> permitJoin(new OctetReader(data));
      default -> {
        Optional<Zdo.Question> question = ZdoCommands.question(command, new OctetReader(data));
        if (question.isEmpty()) {
          return Optional.empty();
        }
        objects.ask(question.get());
      }
    }
    return Optional.of(NvMemory.status(ZnpStatus.SUCCESS));
  }

  private void permitJoin(OctetReader in) {
    in.uint8("AddrMode");
    in.uint16le("DstAddr");
    int seconds = in.uint8("Duration");
    ZnpFrame answer =
        ZnpFrame.of(Command.ZDO_MGMT_PERMIT_JOIN_RSP, new OctetWriter(3).uint16le(0).uint8(0));
    ZnpFrame indication =
        ZnpFrame.of(Command.ZDO_PERMIT_JOIN_IND, new OctetWriter(1).uint8(seconds));
    surroundings.after(
        DeviceObjects.ANSWER_NANOS,
        () -> {
          write(answer);
          write(indication);
        });
    if (seconds > 0) {
      air.permitJoin(DeviceObjects.ANSWER_NANOS);
    }
  }

  private Octets send(DataRequest request) {
    Optional<SimpleDescriptor> source = state.endpoint(request.sourceEndpoint());
    if (source.isEmpty() || !state.networkRuns()) {
      return NvMemory.status(ZnpStatus.INVALID_PARAMETER);
    }
    Outgoing message = request.message(source.get().profileId());
    if (!air.canEncrypt(message)) {
      return NvMemory.status(ZnpStatus.SECURITY_NO_KEY);
    }
    Fate said = air.send(message, fate -> confirm(message, fate));
    return NvMemory.status(status(said, ZnpStatus.BUFFER_FULL));
  }

  private void confirm(Outgoing message, Fate fate) {
    ZnpStatus status = status(fate, ZnpStatus.MAC_CHANNEL_ACCESS_FAILURE);
    write(new DataConfirm(status, message.sourceEndpoint(), message.transaction()).frame());
  }

  private static ZnpStatus status(Fate fate, ZnpStatus busy) {
    return switch (fate.result()) {
      case DELIVERED -> ZnpStatus.SUCCESS;
      case BUSY -> busy;
      case NO_ACK -> ZnpStatus.APS_NO_ACK;
      case NO_ROUTE -> ZnpStatus.NWK_NO_ROUTE;
      case DROPPED -> ZnpStatus.FAILURE;
    };
  }
}
