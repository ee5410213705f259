// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.ezsp;

import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.hanota.api.FormatException;
import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.Width;
import org.hanota.transport.serial.ash.AshLink;
import org.hanota.transport.serial.stick.LineCounts;
import org.hanota.transport.serial.stick.RequestChannel;

/**
 * Commands and their answers over ASH, one at a time, in the form that the stick's version has. For
 * whoever talks with a stick: the host, and the probe.
 */
final class EzspLine {
  /** What the line tells. */
  interface Owner {
    /** The stick has restarted, asked or not. */
    void restarted(int code);

    /** Nothing gets through any more. */
    void failed(String reason);

    /**
     * The stick tells something that nobody asked.
     *
     * @throws FormatException if the parameters are cut off
     */
    void callback(EzspCommand handler, OctetReader in);
  }

  /** What becomes of a command. */
  interface Answer {
    /**
     * Its parameters.
     *
     * @throws FormatException if they are cut off
     */
    void answered(OctetReader in);

    /** Why there is none. */
    void failed(String reason);
  }

  private static final int SEQUENCES = 256;

  private final Owner owner;
  private final AshLink link;
  private final RequestChannel<EzspFrame> channel;
  private EzspVersion version = new EzspVersion(EzspVersion.OLDEST);
  private int sequence;
  private long malformed;

  EzspLine(LongSupplier clock, Consumer<Octets> line, Owner owner) {
    this.owner = owner;
    link = new AshLink(clock, new LinkOwner(line));
    channel = new RequestChannel<>(clock, frame -> link.send(frame.octets()));
  }

  /** The version whose form the frames have. */
  EzspVersion version() {
    return version;
  }

  void version(EzspVersion found) {
    version = found;
  }

  /** Tells the stick to restart. */
  void reset() {
    link.sendReset();
  }

  /** Gives up everything; octets of the stick's last life are void. */
  void abandon(String reason) {
    link.close();
    channel.abandon(reason);
  }

  /** Asks, for the first time, which version there is. */
  void firstVersion(int wanted, long patience, Answer answer) {
    channel.request(
        EzspFrame.firstVersion(next(), wanted),
        RequestChannel.Urgency.CONTROL,
        patience,
        outcome -> end(EzspCommand.VERSION, outcome, answer));
  }

  /** Asks. */
  void command(
      EzspCommand command,
      OctetWriter parameters,
      RequestChannel.Urgency urgency,
      long patience,
      Answer answer) {
    channel.request(
        EzspFrame.of(next(), command, parameters),
        urgency,
        patience,
        outcome -> end(command, outcome, answer));
  }

  private int next() {
    sequence = (sequence + 1) % SEQUENCES;
    return sequence;
  }

  private void end(EzspCommand command, RequestChannel.Outcome outcome, Answer answer) {
    if (outcome instanceof RequestChannel.Outcome.Answered answered) {
      try {
        answer.answered(new OctetReader(answered.data()));
      } catch (FormatException cut) {
        malformed++;
        answer.failed(command + ": " + cut.getMessage());
      }
    } else if (outcome instanceof RequestChannel.Outcome.Failed failed) {
      answer.failed(command + ": " + failed.reason());
    }
  }

  void octets(Octets octets) {
    link.octets(octets);
  }

  void timer() {
    link.timer();
    channel.timer();
  }

  long deadline() {
    return Math.min(link.deadline(), channel.deadline());
  }

  int silences() {
    return channel.silences();
  }

  /** Octets of software flow control that came. */
  long flowControls() {
    return link.decoder().flowControls();
  }

  LineCounts counts() {
    return new LineCounts(
        link.decoder().framesFound(),
        link.decoder().octetsSkipped(),
        link.decoder().checksFailed(),
        malformed + link.decoder().malformed(),
        channel.strays());
  }

  private final class LinkOwner implements AshLink.Owner {
    private final Consumer<Octets> line;

    LinkOwner(Consumer<Octets> line) {
      this.line = line;
    }

    @Override
    public void write(Octets octets) {
      line.accept(octets);
    }

    @Override
    public void restarted(int code) {
      owner.restarted(code);
    }

    @Override
    public void failed(String reason) {
      owner.failed(reason);
    }

    @Override
    public void received(Octets data) {
      try {
        frame(EzspFrame.decode(data));
      } catch (FormatException unknown) {
        malformed++;
      }
    }
  }

  private void frame(EzspFrame frame) {
    if ((frame.control() & EzspFrame.ANSWER) == 0) {
      malformed++;
    } else if (frame.isCallback()) {
      EzspCommand.of(frame.id())
          .ifPresent(handler -> owner.callback(handler, new OctetReader(frame.parameters())));
    } else if (frame.id() == EzspCommand.INVALID_COMMAND.id()) {
      int reason = frame.parameters().isEmpty() ? 0 : frame.parameters().at(0);
      channel.refusal(asked -> asked.isAnsweredBy(frame), invalid(reason));
    } else {
      channel.answer(asked -> asked.isAnsweredBy(frame), frame.parameters());
    }
  }

  private static String invalid(int reason) {
    return switch (reason) {
      case 0x30 -> "the stick wants to be asked for its version first";
      case 0x31 -> "the firmware does not have this command";
      case 0x36 -> "a value is not allowed";
      default -> "the stick refuses it, EzspStatus 0x" + Width.hex(reason, 2);
    };
  }
}
