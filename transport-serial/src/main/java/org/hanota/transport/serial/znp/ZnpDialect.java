// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.znp;

import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.hanota.api.FormatException;
import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.transport.serial.stick.Dialect;
import org.hanota.transport.serial.stick.HostConfig;
import org.hanota.transport.serial.stick.LineCounts;
import org.hanota.transport.serial.stick.LinkKey;
import org.hanota.transport.serial.stick.Outgoing;
import org.hanota.transport.serial.stick.RequestChannel;
import org.hanota.transport.serial.stick.StickEvent;
import org.hanota.transport.serial.stick.StickParameter;
import org.hanota.transport.serial.stick.Zdo;

/** How a host talks with a ZNP stick. */
public final class ZnpDialect implements Dialect {
  private static final int ROUTERS_AND_COORDINATOR = 0xFFFC;
  private static final int MODE_BROADCAST = 0x0F;

  private final LongSupplier clock;
  private final HostConfig config;
  private final Host host;
  private final ZnpFrameDecoder decoder = new ZnpFrameDecoder(this::frame);
  private final RequestChannel<ZnpFrame> channel;
  private final StartUp startUp;
  private boolean running;
  private long framesMalformed;

  /** A dialect for a host, as {@link Dialect.Maker} says. */
  public ZnpDialect(LongSupplier clock, HostConfig config, Consumer<Octets> line, Host host) {
    this.clock = clock;
    this.config = config;
    this.host = host;
    channel = new RequestChannel<>(clock, frame -> line.accept(frame.octets()));
    startUp = new StartUp(clock, config, channel, line, new StartUpOwner());
  }

  @Override
  public void open() {
    decoder.reset();
    begin();
  }

  @Override
  public void begin() {
    startUp.begin();
  }

  @Override
  public void abandon(String reason) {
    running = false;
    startUp.cancel();
    channel.abandon(reason);
  }

  @Override
  public void octets(Octets octets) {
    decoder.accept(clock.getAsLong(), octets);
  }

  @Override
  public void timer() {
    channel.timer();
    startUp.timer();
  }

  @Override
  public long deadline() {
    return Math.min(channel.deadline(), startUp.deadline());
  }

  @Override
  public int longestMessage() {
    return DataRequest.DATA_MAX;
  }

  @Override
  public int silences() {
    return channel.silences();
  }

  @Override
  public LineCounts counts() {
    return new LineCounts(
        decoder.framesFound(),
        decoder.octetsSkipped(),
        decoder.checksFailed(),
        framesMalformed,
        channel.strays());
  }

  @Override
  public void poke(Consumer<Boolean> answered) {
    channel.request(
        ZnpFrame.of(Command.SYS_PING, Octets.EMPTY),
        RequestChannel.Urgency.CONTROL,
        config.limits().nanos(StickParameter.ANSWER),
        outcome -> answered.accept(outcome instanceof RequestChannel.Outcome.Answered));
  }

  @Override
  public void give(Outgoing message, RequestChannel.Urgency urgency, Consumer<Given> then) {
    channel.request(
        DataRequest.of(message).frame(),
        urgency,
        config.limits().nanos(StickParameter.ANSWER),
        outcome -> {
          if (outcome instanceof RequestChannel.Outcome.Answered answered) {
            Octets data = answered.data();
            ZnpStatus status = data.isEmpty() ? ZnpStatus.FAILURE : new ZnpStatus(data.at(0));
            then.accept(new Given.Said(status.fate()));
          } else {
            then.accept(new Given.Nothing(((RequestChannel.Outcome.Failed) outcome).reason()));
          }
        });
  }

  @Override
  public void permitJoin(int seconds) {
    OctetWriter out = new OctetWriter(5).uint8(MODE_BROADCAST).uint16le(ROUTERS_AND_COORDINATOR);
    tell(ZnpFrame.of(Command.ZDO_MGMT_PERMIT_JOIN_REQ, out.uint8(seconds).uint8(0)));
  }

  @Override
  public void addLinkKey(LinkKey key) {
    tell(KeyCommands.addition(key));
  }

  @Override
  public void keySeen(LinkKey.Preconfigured key, int shortAddress) {
    tell(KeyCommands.setting(key, shortAddress));
  }

  /** A request whose answer is only a status. */
  private void tell(ZnpFrame frame) {
    channel.request(
        frame,
        RequestChannel.Urgency.CONTROL,
        config.limits().nanos(StickParameter.ANSWER),
        outcome -> {
          String name = Command.of(frame.cmd0(), frame.cmd1()).map(Command::name).orElse("?");
          if (outcome instanceof RequestChannel.Outcome.Failed failed) {
            host.report(new StickEvent.Refused(name, failed.reason()));
          } else if (refused(outcome)
              && outcome instanceof RequestChannel.Outcome.Answered answered) {
            host.report(
                new StickEvent.Refused(name, "status " + new ZnpStatus(answered.data().at(0))));
          }
        });
  }

  /** Whether it is no answer, or one with a status other than success. */
  private static boolean refused(RequestChannel.Outcome outcome) {
    return outcome instanceof RequestChannel.Outcome.Failed
        || (outcome instanceof RequestChannel.Outcome.Answered answered
            && !answered.data().isEmpty()
            && answered.data().at(0) != 0);
  }

  @Override
  public void ask(Zdo.Question question, Runnable refused) {
    channel.request(
        ZdoCommands.of(question),
        RequestChannel.Urgency.CONTROL,
        config.limits().nanos(StickParameter.QUESTION),
        outcome -> {
          if (refused(outcome)) {
            refused.run();
          }
        });
  }

  private void frame(ZnpFrame frame) {
    try {
      switch (frame.type()) {
        case SRSP -> Responses.receive(channel, frame);
        case AREQ -> {
          Optional<Command> command = Command.of(frame.cmd0(), frame.cmd1());
          if (command.isPresent()) {
            indication(command.get(), frame.data());
          }
        }
        case POLL, SREQ, RESERVED -> framesMalformed++;
      }
    } catch (FormatException malformed) {
      framesMalformed++;
    }
  }

  private void indication(Command command, Octets data) {
    if (startUp.indication(command, data)) {
      return;
    }
    switch (command) {
      case SYS_RESET_IND -> restarted(data);
      case AF_DATA_CONFIRM -> {
        DataConfirm confirm = DataConfirm.decode(data);
        host.confirmed(confirm.transactionId(), confirm.status().fate());
      }
      case AF_INCOMING_MSG -> host.message(IncomingMessage.decode(data).of(config.profileId()));
      case ZDO_END_DEVICE_ANNCE_IND -> host.seen(AddressMessages.decodeAnnouncement(data));
      case ZDO_TC_DEV_IND -> host.seen(AddressMessages.decodeJoined(data));
      case ZDO_NWK_ADDR_RSP,
          ZDO_IEEE_ADDR_RSP,
          ZDO_MATCH_DESC_RSP,
          ZDO_ACTIVE_EP_RSP,
          ZDO_SIMPLE_DESC_RSP ->
          ZdoCommands.answer(command, data, host);
      case ZDO_LEAVE_IND -> host.left(AddressMessages.decodeJoined(data));
      case ZDO_PERMIT_JOIN_IND ->
          host.report(new StickEvent.JoiningPermitted(new OctetReader(data).uint8("duration")));
      default -> {
        // Other indications concern nobody here.
      }
    }
  }

  private void restarted(Octets data) {
    if (running && host.restarted(new OctetReader(data).uint8("Reason"))) {
      startUp.beginAfterReset();
    }
  }

  private final class StartUpOwner implements StartUp.Owner {
    @Override
    public void started(Firmware firmware, NetworkInfo network) {
      running = true;
      host.started(firmware.toString(), network.network());
    }

    @Override
    public void failed(String reason) {
      host.failed(reason);
    }

    @Override
    public void refused(String reason) {
      host.refused(reason);
    }
  }
}
