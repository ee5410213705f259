// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.ezsp;

import org.hanota.api.FormatException;
import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.Width;
import org.hanota.transport.serial.ash.AshFrame;

/**
 * A command, an answer or a callback. [Silicon Labs UG100]
 *
 * @param sequence uint8, the same in command and answer
 * @param control {@link #ANSWER}, {@link #CALLBACK} and others; 0 in a command
 * @param legacy whether it has the form from before version 8, as the first question has
 * @param id see {@link EzspCommand}
 * @param parameters what belongs to the command
 */
public record EzspFrame(int sequence, int control, boolean legacy, int id, Octets parameters) {
  /** It comes from the stick. */
  public static final int ANSWER = 0x80;

  /** It comes from the stick, which was not asked. */
  public static final int CALLBACK = 0x10;

  /** The stick ran out of memory since the last frame. */
  public static final int OVERFLOW = 0x01;

  /** The answer was longer than what fits. */
  public static final int TRUNCATED = 0x02;

  /** In the second octet of control: not the legacy form. */
  private static final int EXTENDED = 0x01;

  private static final int FORM = 0x03;
  private static final int HEADER = 5;

  /** Most octets of parameters. */
  public static final int PARAMETERS_MAX = AshFrame.DATA_MAX - HEADER;

  /** Checks the widths. */
  public EzspFrame {
    Width.uint8("sequence", sequence);
    Width.uint8("control", control);
    Width.uint16("id", id);
    Width.range("parameters", parameters.length(), 0, PARAMETERS_MAX);
  }

  /** A command. */
  public static EzspFrame of(int sequence, EzspCommand command, OctetWriter parameters) {
    return new EzspFrame(sequence, 0, false, command.id(), parameters.toOctets());
  }

  /** The first question: which version the stick has, when this one is wanted. */
  public static EzspFrame firstVersion(int sequence, int wanted) {
    return new EzspFrame(sequence, 0, true, EzspCommand.VERSION.id(), Octets.copyOf((byte) wanted));
  }

  /** The answer to this command, in its form. */
  public EzspFrame answer(OctetWriter answer) {
    return new EzspFrame(sequence, ANSWER, legacy, id, answer.toOctets());
  }

  /** A callback. */
  public static EzspFrame callback(int sequence, EzspCommand handler, OctetWriter parameters) {
    return new EzspFrame(sequence, ANSWER | CALLBACK, false, handler.id(), parameters.toOctets());
  }

  /** Whether nobody asked for it. */
  public boolean isCallback() {
    return (control & CALLBACK) != 0;
  }

  /** Whether {@code answer} answers this command, or refuses it. */
  public boolean isAnsweredBy(EzspFrame answer) {
    return answer.sequence == sequence
        && (answer.id == id || answer.id == EzspCommand.INVALID_COMMAND.id());
  }

  /** The frame for the line under it. */
  public Octets octets() {
    OctetWriter out = new OctetWriter(HEADER + parameters.length()).uint8(sequence).uint8(control);
    if (legacy) {
      out.uint8(id);
    } else {
      out.uint8(EXTENDED).uint16le(id);
    }
    return out.octets(parameters).toOctets();
  }

  /**
   * Reads a frame.
   *
   * @throws FormatException if it is cut off, or of another form
   */
  public static EzspFrame decode(Octets octets) {
    OctetReader in = new OctetReader(octets);
    int sequence = in.uint8("sequence");
    int control = in.uint8("frame control");
    int next = in.uint8("frame control, high octet");
    if ((next & FORM) == EXTENDED) {
      int id = in.uint16le("frame id");
      return new EzspFrame(sequence, control, false, id, in.octets("parameters", in.remaining()));
    }
    if (next != EzspCommand.VERSION.id()) {
      throw new FormatException(
          "frame control, high octet", 2, Width.hex(next, 2), "01, or 00 in the first question");
    }
    return new EzspFrame(sequence, control, true, next, in.octets("parameters", in.remaining()));
  }
}
