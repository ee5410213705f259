// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.ezsp;

import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.hanota.api.Eui64;
import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.zcl.Clusters;
import org.hanota.transport.serial.stick.DeviceAddresses;
import org.hanota.transport.serial.stick.Dialect;
import org.hanota.transport.serial.stick.HostConfig;
import org.hanota.transport.serial.stick.LineCounts;
import org.hanota.transport.serial.stick.LinkKey;
import org.hanota.transport.serial.stick.Network;
import org.hanota.transport.serial.stick.Outgoing;
import org.hanota.transport.serial.stick.RequestChannel;
import org.hanota.transport.serial.stick.StickEvent;
import org.hanota.transport.serial.stick.StickParameter;
import org.hanota.transport.serial.stick.Zdo;

/** How a host talks with a stick of Silicon Labs. */
public final class EzspDialect implements Dialect {
  private static final int ROUTERS_AND_COORDINATOR = 0xFFFC;
  private static final int SEQUENCES = 128;
  private static final int DEVICE_LEFT = 2;
  private static final int DENIED = 2;

  private final HostConfig config;
  private final Host host;
  private final EzspLine line;
  private final EzspStartUp startUp;
  private boolean running;
  private int sequence;
  private int permitted;

  /** A dialect for a host, as {@link Dialect.Maker} says. */
  public EzspDialect(LongSupplier clock, HostConfig config, Consumer<Octets> line, Host host) {
    this.config = config;
    this.host = host;
    this.line = new EzspLine(clock, line, new LineOwner());
    startUp = new EzspStartUp(clock, config, this.line, new StartUpOwner());
  }

  @Override
  public void open() {
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
    line.abandon(reason);
  }

  @Override
  public void octets(Octets octets) {
    line.octets(octets);
  }

  @Override
  public void timer() {
    line.timer();
    startUp.timer();
  }

  @Override
  public long deadline() {
    return Math.min(line.deadline(), startUp.deadline());
  }

  @Override
  public int longestMessage() {
    return EzspSend.MESSAGE_MAX;
  }

  @Override
  public int silences() {
    return line.silences();
  }

  @Override
  public LineCounts counts() {
    return line.counts();
  }

  @Override
  public void poke(Consumer<Boolean> answered) {
    line.command(
        EzspCommand.NOP,
        new OctetWriter(0),
        RequestChannel.Urgency.CONTROL,
        config.limits().nanos(StickParameter.ANSWER),
        new EzspLine.Answer() {
          @Override
          public void answered(OctetReader in) {
            answered.accept(true);
          }

          @Override
          public void failed(String reason) {
            answered.accept(false);
          }
        });
  }

  @Override
  public void give(Outgoing message, RequestChannel.Urgency urgency, Consumer<Given> then) {
    EzspSend send = EzspSend.of(message);
    line.command(
        send.command(),
        send.parameters(line.version()),
        urgency,
        config.limits().nanos(StickParameter.ANSWER),
        new EzspLine.Answer() {
          @Override
          public void answered(OctetReader in) {
            then.accept(new Given.Said(line.version().status(in).fate()));
          }

          @Override
          public void failed(String reason) {
            then.accept(new Given.Nothing(reason));
          }
        });
  }

  @Override
  public void ask(Zdo.Question question, Runnable refused) {
    zdo(question.destination(), question.clusterId(), question.data(), refused);
  }

  private void zdo(int destination, int clusterId, Octets data, Runnable refused) {
    sequence = (sequence + 1) % SEQUENCES;
    Outgoing message =
        new Outgoing(
            destination,
            0,
            0,
            Zdo.PROFILE,
            clusterId,
            sequence,
            destination < Outgoing.FIRST_BROADCAST,
            false,
            new OctetWriter(data.length() + 1).uint8(sequence).octets(data).toOctets());
    give(
        message,
        RequestChannel.Urgency.CONTROL,
        given -> {
          if (!(given instanceof Given.Said said && said.fate().success())) {
            refused.run();
          }
        });
  }

  @Override
  public void permitJoin(int seconds) {
    permitted = seconds;
    boolean wellKnown = config.profileId() != Clusters.PROFILE_SMART_ENERGY;
    if (seconds > 0 && wellKnown) {
      EzspKeys key = EzspKeys.wellKnown(line.version());
      tell(key.command(), key.parameters(), EzspVersion.KEY_STATUS);
    }
    tell(EzspCommand.PERMIT_JOINING, new OctetWriter(1).uint8(seconds), EzspVersion::status);
    OctetWriter routers = new OctetWriter(2).uint8(seconds).uint8(1);
    zdo(
        ROUTERS_AND_COORDINATOR,
        Zdo.MGMT_PERMIT_JOINING_REQ,
        routers.toOctets(),
        () -> host.report(new StickEvent.Refused("permit joining of routers", "not sent")));
  }

  @Override
  public void addLinkKey(LinkKey key) {
    for (EzspKeys each : EzspKeys.of(key, line.version())) {
      tell(each.command(), each.parameters(), EzspVersion.KEY_STATUS);
    }
  }

  @Override
  public void keySeen(LinkKey.Preconfigured key, int shortAddress) {
    // The stick keeps keys by EUI-64, and has this one since its start.
  }

  /** A command whose answer is only a status. */
  private void tell(EzspCommand command, OctetWriter parameters, EzspVersion.StatusReader reader) {
    line.command(
        command,
        parameters,
        RequestChannel.Urgency.CONTROL,
        config.limits().nanos(StickParameter.ANSWER),
        new EzspLine.Answer() {
          @Override
          public void answered(OctetReader in) {
            EzspStatus status = reader.read(line.version(), in);
            if (!status.ok()) {
              host.report(new StickEvent.Refused(command.name(), status.toString()));
            }
          }

          @Override
          public void failed(String reason) {
            host.report(new StickEvent.Refused(command.name(), reason));
          }
        });
  }

  private void incoming(EzspIncoming message) {
    if (message.loopback()) {
      return;
    }
    if (message.aps().profileId() == Zdo.PROFILE) {
      OctetReader in = new OctetReader(message.message());
      in.uint8("sequence");
      if (message.aps().clusterId() == Zdo.DEVICE_ANNCE) {
        int shortAddress = in.uint16le("NWKAddr");
        host.seen(new DeviceAddresses(shortAddress, new Eui64(in.int64le("IEEEAddr"))));
      } else if ((message.aps().clusterId() & Zdo.ANSWER) != 0) {
        Zdo.answer(message.aps().clusterId(), in, host);
      }
    } else if (message.aps().profileId() == config.profileId()) {
      host.message(message.incoming());
    }
  }

  private void joined(OctetReader in) {
    int shortAddress = in.uint16le("newNodeId");
    DeviceAddresses device =
        new DeviceAddresses(shortAddress, new Eui64(in.int64le("newNodeEui64")));
    int status = in.uint8("status");
    int decision = in.uint8("policyDecision");
    if (status == DEVICE_LEFT) {
      host.left(device);
    } else if (decision != DENIED) {
      host.seen(device);
    }
  }

  private void stackStatus(EzspStatus status) {
    if (startUp.stackStatus(status) || !running) {
      return;
    }
    if (status.equals(EzspStatus.NETWORK_DOWN)) {
      host.broken("the stick's network is down");
    } else if (status.equals(EzspStatus.NETWORK_OPENED)) {
      host.report(new StickEvent.JoiningPermitted(permitted));
    } else if (status.equals(EzspStatus.NETWORK_CLOSED)) {
      host.report(new StickEvent.JoiningPermitted(0));
    }
  }

  private final class LineOwner implements EzspLine.Owner {
    @Override
    public void restarted(int code) {
      if (startUp.restarted()) {
        return;
      }
      if (host.restarted(code)) {
        startUp.begin();
      }
    }

    @Override
    public void failed(String reason) {
      host.broken(reason);
    }

    @Override
    public void callback(EzspCommand handler, OctetReader in) {
      switch (handler) {
        case STACK_STATUS_HANDLER -> stackStatus(line.version().status(in));
        case NETWORK_FOUND_HANDLER -> {
          in.uint8("channel");
          startUp.networkFound(in.uint16le("panId"));
        }
        case SCAN_COMPLETE_HANDLER -> {
          in.uint8("channel");
          startUp.scanned(line.version().status(in));
        }
        case MESSAGE_SENT_HANDLER -> {
          EzspSent sent = EzspSent.decode(in, line.version());
          if (sent.aps().profileId() != Zdo.PROFILE) {
            host.confirmed(sent.tag() & 0xFF, sent.status().fate());
          }
        }
        case INCOMING_MESSAGE_HANDLER -> incoming(EzspIncoming.decode(in, line.version()));
        case TRUST_CENTER_JOIN_HANDLER -> joined(in);
        default -> {
          // Other callbacks concern nobody here.
        }
      }
    }
  }

  private final class StartUpOwner implements EzspStartUp.Owner {
    @Override
    public void started(String firmware, Network network) {
      running = true;
      host.started(firmware, network);
    }

    @Override
    public void failed(String reason) {
      host.failed(reason);
    }

    @Override
    public void refused(String reason) {
      host.refused(reason);
    }

    @Override
    public void warning(String words) {
      host.report(new StickEvent.Warning(words));
    }
  }
}
