// SPDX-License-Identifier: Apache-2.0
package org.hanota.bench.block;

/** The octets of an exchange moved as the two ends move them, without a single object. */
final class Ceiling {
  private static final int REQUEST_OCTETS = 17;
  private static final int HEADER_OCTETS = 17;

  private final byte[] image = Pair.FILE.toByteArray();
  private final byte[] bank = new byte[image.length];
  private final byte[] request = new byte[REQUEST_OCTETS];
  private final byte[] response = new byte[HEADER_OCTETS + 255];

  long exchanges(int times) {
    int offset = 0;
    long sum = 0;
    for (int i = 0; i < times; i++) {
      header(request, 0x01, i, 0x03, offset);
      request[16] = Pair.DATA_SIZE;
      int asked = uint32(request, 12);
      int length = Math.min(request[16], image.length - asked);
      header(response, 0x19, request[1], 0x05, asked);
      response[16] = (byte) length;
      System.arraycopy(image, asked, response, HEADER_OCTETS, length);
      System.arraycopy(response, HEADER_OCTETS, bank, uint32(response, 12), response[16]);
      sum += bank[asked];
      offset = asked + length >= image.length ? 0 : asked + length;
    }
    return sum;
  }

  private static void header(byte[] frame, int control, int sequence, int command, int offset) {
    frame[0] = (byte) control;
    frame[1] = (byte) sequence;
    frame[2] = (byte) command;
    frame[3] = 0;
    frame[4] = 0x1D;
    frame[5] = 0x12;
    frame[6] = (byte) 0x80;
    frame[7] = 0;
    frame[8] = 0;
    frame[9] = 0;
    frame[10] = 1;
    frame[11] = 1;
    frame[12] = (byte) offset;
    frame[13] = (byte) (offset >> 8);
    frame[14] = (byte) (offset >> 16);
    frame[15] = (byte) (offset >> 24);
  }

  private static int uint32(byte[] frame, int at) {
    return (frame[at] & 0xFF)
        | (frame[at + 1] & 0xFF) << 8
        | (frame[at + 2] & 0xFF) << 16
        | frame[at + 3] << 24;
  }
}
