// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.znp;

import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.Width;

/**
 * A frame of the serial line: start octet, length, two command octets, data, check octet. Numbers
 * in the data are little endian.
 *
 * @param cmd0 type in the upper three bits, subsystem in the lower five
 * @param cmd1 the command within its subsystem
 * @param data at most {@link #DATA_MAX} octets
 */
public record ZnpFrame(int cmd0, int cmd1, Octets data) {
  /** Begins each frame; may stand anywhere within one, since nothing is escaped. */
  public static final int START = 0xFE;

  /** Most octets of data: Z-Stack's own limit, a frame fits into 255 octets. */
  public static final int DATA_MAX = 250;

  /** Octets of a frame besides its data. */
  public static final int OVERHEAD = 5;

  private static final int TYPE_SHIFT = 5;
  private static final int SUBSYSTEM_MASK = 0x1F;
  private static final int SRSP = 3;

  /** What sort of frame it is. */
  public enum Type {
    /** Asks for waiting frames; of the SPI line only. */
    POLL,
    /** Asks, and gets one {@link #SRSP} before anything else may be asked. */
    SREQ,
    /** Tells, and gets no answer of its own. */
    AREQ,
    /** Answers. */
    SRSP,
    /** Not defined. */
    RESERVED
  }

  /** Checks the widths and the length. */
  public ZnpFrame {
    Width.uint8("cmd0", cmd0);
    Width.uint8("cmd1", cmd1);
    Width.range("data", data.length(), 0, DATA_MAX);
  }

  /** A frame of a known command. */
  public static ZnpFrame of(Command command, Octets data) {
    return new ZnpFrame(command.cmd0(), command.cmd1(), data);
  }

  /** A frame of a known command with what was written so far; the writer may be used again. */
  public static ZnpFrame of(Command command, OctetWriter data) {
    return of(command, data.toOctets());
  }

  /** What sort of frame it is. */
  public Type type() {
    return switch (cmd0 >> TYPE_SHIFT) {
      case 0 -> Type.POLL;
      case 1 -> Type.SREQ;
      case 2 -> Type.AREQ;
      case SRSP -> Type.SRSP;
      default -> Type.RESERVED;
    };
  }

  /** Which part of the stick it concerns, 0 to 31. */
  public int subsystem() {
    return cmd0 & SUBSYSTEM_MASK;
  }

  /** The synchronous answer to this request. */
  public ZnpFrame answer(Octets answer) {
    return new ZnpFrame(SRSP << TYPE_SHIFT | subsystem(), cmd1, answer);
  }

  /** Whether {@code answer} is the synchronous answer to this request. */
  public boolean isAnsweredBy(ZnpFrame answer) {
    return answer.type() == Type.SRSP && answer.subsystem() == subsystem() && answer.cmd1() == cmd1;
  }

  /** All octets, from start to check. */
  public Octets octets() {
    OctetWriter out = new OctetWriter(data.length() + OVERHEAD);
    out.uint8(START).uint8(data.length()).uint8(cmd0).uint8(cmd1).octets(data);
    return out.uint8(check(out.view().from(1))).toOctets();
  }

  /** The check octet over everything between start and check. */
  static int check(Octets octets) {
    int check = 0;
    for (int i = 0; i < octets.length(); i++) {
      check ^= octets.at(i);
    }
    return check;
  }

  @Override
  public String toString() {
    String name = Command.of(cmd0, cmd1).map(Command::name).orElse("unknown");
    return name + " " + Width.hex(cmd0, 2) + Width.hex(cmd1, 2) + " " + data.toHex();
  }
}
