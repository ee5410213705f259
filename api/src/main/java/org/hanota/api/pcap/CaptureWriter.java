// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.pcap;

import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;

/**
 * Writes a capture in the pcapng format, one section with one interface and times in nanoseconds,
 * block by block into a sink. Comments of the file and of each packet show in Wireshark. One caller
 * at a time.
 */
public final class CaptureWriter {
  private static final int SECTION_HEADER = 0x0A0D0D0A;
  private static final int INTERFACE_DESCRIPTION = 1;
  private static final int ENHANCED_PACKET = 6;
  private static final long BYTE_ORDER_MAGIC = 0x1A2B3C4DL;
  private static final int OPTION_COMMENT = 1;
  private static final int OPTION_INTERFACE_NAME = 2;
  private static final int OPTION_TIME_RESOLUTION = 9;
  private static final int NANOSECONDS = 9;

  /** Type, the length twice, and nothing else. */
  private static final int BLOCK_OVERHEAD = 12;

  private final Consumer<Octets> sink;
  private final OctetWriter body = new OctetWriter(256);
  private final OctetWriter block = new OctetWriter(256);

  /**
   * Begins the capture: the file's header goes to the sink at once.
   *
   * @param sink takes each block; the view is valid until the call returns
   * @param interfaceName what heard the packets, or an empty text
   * @param comment what a reader of the file must know, or an empty text
   */
  public CaptureWriter(
      Consumer<Octets> sink, LinkType linkType, String interfaceName, String comment) {
    this.sink = sink;
    body.uint32le(BYTE_ORDER_MAGIC).uint16le(1).uint16le(0).int64le(-1);
    text(OPTION_COMMENT, comment);
    emit(SECTION_HEADER);
    body.uint16le(linkType.value()).uint16le(0).uint32le(0);
    text(OPTION_INTERFACE_NAME, interfaceName);
    option(OPTION_TIME_RESOLUTION, Octets.copyOf((byte) NANOSECONDS));
    endOfOptions();
    emit(INTERFACE_DESCRIPTION);
  }

  /**
   * Adds a packet.
   *
   * @param nanos its time, nanoseconds since the Unix epoch or since a simulation's start
   * @param packet what the link type says
   * @param comment something about it, or an empty text
   */
  public void packet(long nanos, Octets packet, String comment) {
    body.uint32le(0).uint32le(nanos >>> 32).uint32le(nanos);
    body.uint32le(packet.length()).uint32le(packet.length()).octets(packet);
    pad();
    text(OPTION_COMMENT, comment);
    emit(ENHANCED_PACKET);
  }

  private void text(int code, String text) {
    if (!text.isEmpty()) {
      option(code, Octets.wrap(text.getBytes(StandardCharsets.UTF_8)));
      if (code == OPTION_COMMENT) {
        endOfOptions();
      }
    }
  }

  private void option(int code, Octets value) {
    body.uint16le(code).uint16le(value.length()).octets(value);
    pad();
  }

  private void endOfOptions() {
    body.uint32le(0);
  }

  private void pad() {
    while (body.length() % 4 != 0) {
      body.uint8(0);
    }
  }

  private void emit(int type) {
    int length = body.length() + BLOCK_OVERHEAD;
    block.clear();
    block.uint32le(type).uint32le(length).octets(body.view()).uint32le(length);
    body.clear();
    sink.accept(block.view());
  }
}
