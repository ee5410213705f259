// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.ash;

import org.hanota.api.FormatException;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.Width;

/** A frame of ASH. [Silicon Labs UG101] */
public sealed interface AshFrame {
  /** Fewest octets of data: the legacy form of an EZSP frame without parameters. */
  int DATA_MIN = 3;

  /** Most octets of data: sticks since EmberZNet 7 take 220; UG101 once said 128. */
  int DATA_MAX = 220;

  /** Octets of a frame's check. */
  int CHECK_OCTETS = 2;

  /** Frames are numbered modulo this. */
  int NUMBERS = 8;

  /**
   * Data.
   *
   * @param number 0 to 7
   * @param acknowledged the number that its sender expects next
   * @param again whether it was sent before
   * @param data an EZSP frame, not scrambled
   */
  record Data(int number, int acknowledged, boolean again, Octets data) implements AshFrame {
    /** Checks the ranges. */
    public Data {
      Width.range("number", number, 0, NUMBERS - 1);
      Width.range("acknowledged", acknowledged, 0, NUMBERS - 1);
      Width.range("data", data.length(), DATA_MIN, DATA_MAX);
    }
  }

  /**
   * All before a number came.
   *
   * @param acknowledged the number expected next
   * @param notReady whether its sender wants no more for a moment
   */
  record Ack(int acknowledged, boolean notReady) implements AshFrame {}

  /**
   * Something came that was no good, or not the number expected.
   *
   * @param acknowledged the number expected next
   * @param notReady whether its sender wants no more for a moment
   */
  record Nak(int acknowledged, boolean notReady) implements AshFrame {}

  /** Restart. */
  record Rst() implements AshFrame {}

  /**
   * The stick has restarted.
   *
   * @param version of ASH
   * @param code why; see {@link ResetCode}
   */
  record RstAck(int version, int code) implements AshFrame {}

  /**
   * The stick has given up and waits to be restarted.
   *
   * @param version of ASH
   * @param code why; see {@link ResetCode}
   */
  record Failure(int version, int code) implements AshFrame {}

  /** The frame as it goes over the line: with its check, escaped, and its end. */
  default Octets octets() {
    OctetWriter body = new OctetWriter(DATA_MAX + 1 + CHECK_OCTETS);
    if (this instanceof Data data) {
      body.uint8((data.number << 4) | (data.again ? Control.FLAG_BIT : 0) | data.acknowledged);
      body.octets(Ash.scramble(data.data));
    } else if (this instanceof Ack ack) {
      body.uint8(Control.ACK | (ack.notReady ? Control.FLAG_BIT : 0) | ack.acknowledged);
    } else if (this instanceof Nak nak) {
      body.uint8(Control.NAK | (nak.notReady ? Control.FLAG_BIT : 0) | nak.acknowledged);
    } else if (this instanceof Rst) {
      body.uint8(Control.RST);
    } else if (this instanceof RstAck restarted) {
      body.uint8(Control.RSTACK).uint8(restarted.version).uint8(restarted.code);
    } else if (this instanceof Failure failure) {
      body.uint8(Control.ERROR).uint8(failure.version).uint8(failure.code);
    }
    body.uint16be(Ash.check(body.toOctets()));
    return escaped(body.toOctets());
  }

  private static Octets escaped(Octets body) {
    OctetWriter out = new OctetWriter(body.length() * 2 + 1);
    for (int i = 0; i < body.length(); i++) {
      int octet = body.at(i);
      if (Ash.isReserved(octet)) {
        out.uint8(Ash.ESCAPE).uint8(octet ^ Ash.FLIP);
      } else {
        out.uint8(octet);
      }
    }
    return out.uint8(Ash.FLAG).toOctets();
  }

  /**
   * Reads a frame whose escapes, check and end are gone.
   *
   * @throws FormatException if there is no such frame, or it has another length
   */
  static AshFrame decode(Octets body) {
    int control = body.isEmpty() ? Control.NONE : body.at(0);
    if ((control & Control.NOT_DATA) == 0) {
      length("data", body.length() - 1, DATA_MIN, DATA_MAX);
      return new Data(
          (control >> 4) & (NUMBERS - 1),
          control & (NUMBERS - 1),
          (control & Control.FLAG_BIT) != 0,
          Ash.scramble(body.from(1)));
    }
    boolean flagged = (control & Control.FLAG_BIT) != 0;
    switch (control & Control.KIND) {
      case Control.ACK -> {
        length("ACK", body.length(), 1, 1);
        return new Ack(control & (NUMBERS - 1), flagged);
      }
      case Control.NAK -> {
        length("NAK", body.length(), 1, 1);
        return new Nak(control & (NUMBERS - 1), flagged);
      }
      default -> {
        // The others have a control octet of their own each.
      }
    }
    switch (control) {
      case Control.RST -> {
        length("RST", body.length(), 1, 1);
        return new Rst();
      }
      case Control.RSTACK -> {
        length("RSTACK", body.length(), 3, 3);
        return new RstAck(body.at(1), body.at(2));
      }
      case Control.ERROR -> {
        length("ERROR", body.length(), 3, 3);
        return new Failure(body.at(1), body.at(2));
      }
      default ->
          throw new FormatException(
              "control",
              0,
              body.isEmpty() ? "nothing" : Width.hex(control, 2),
              "00 to BF, C0 to C2");
    }
  }

  private static void length(String field, int found, int least, int most) {
    if (found < least || found > most) {
      throw new FormatException(
          field, 1, found + " octets", least == most ? least + "" : least + " to " + most);
    }
  }

  /** The first octet. */
  final class Control {
    private static final int NOT_DATA = 0x80;
    private static final int KIND = 0xE0;
    private static final int ACK = 0x80;
    private static final int NAK = 0xA0;
    private static final int RST = 0xC0;
    private static final int RSTACK = 0xC1;
    private static final int ERROR = 0xC2;

    /** Sent again, or not ready. */
    private static final int FLAG_BIT = 0x08;

    private static final int NONE = 0xFF;

    private Control() {}
  }
}
