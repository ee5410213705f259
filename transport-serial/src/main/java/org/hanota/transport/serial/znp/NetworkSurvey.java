// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.znp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.hanota.api.Eui64;
import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;

/**
 * Reads from a stick everything that shows a network, and changes nothing. What cannot be read is
 * part of the result; a stick that does not answer at all ends the dialogue.
 */
final class NetworkSurvey {
  /** The table of frame counters on Z-Stack 3.x.0: an item of many entries. */
  private static final int COUNTERS_TABLE = 0x0007;

  /** The same before: an item for each entry. */
  private static final int COUNTERS_FIRST = 0x0075;

  private static final int COUNTERS_MAX = 12;
  private static final int COUNTER_OCTETS = 12;
  private static final int NV_SYSTEM_ZSTACK = 1;

  private final Dialogue dialogue;
  private final Consumer<FoundNetwork> then;
  private final Deque<NvItem> left;
  private final SortedMap<NvItem, Octets> items = new TreeMap<>();
  private final SortedMap<NvItem, String> unreadable = new TreeMap<>();
  private final List<FoundNetwork.FrameCounter> counters = new ArrayList<>();

  private NetworkSurvey(Dialogue dialogue, Set<NvItem> wanted, Consumer<FoundNetwork> then) {
    this.dialogue = dialogue;
    this.left = new ArrayDeque<>(wanted);
    this.then = then;
  }

  /** Reads everything. */
  static void of(Dialogue dialogue, Consumer<FoundNetwork> then) {
    NetworkSurvey survey = new NetworkSurvey(dialogue, EnumSet.allOf(NvItem.class), then);
    survey.next(() -> survey.counter(0));
  }

  /** Reads only whether a host of Z-Stack 3 has marked the stick as configured. */
  static void ofMark(Dialogue dialogue, Consumer<FoundNetwork> then) {
    NetworkSurvey survey = new NetworkSurvey(dialogue, EnumSet.of(NvItem.CONFIGURED), then);
    survey.next(survey::end);
  }

  private void end() {
    then.accept(new FoundNetwork(items, unreadable, counters));
  }

  private void next(Runnable finished) {
    if (left.isEmpty()) {
      finished.run();
      return;
    }
    NvItem item = left.remove();
    dialogue.askOrRefused(
        item.length(),
        data -> {
          if (length(data) == 0) {
            next(finished);
          } else {
            read(item, finished);
          }
        },
        reason -> unreadable(item, reason, finished));
  }

  private static int length(Octets data) {
    return new OctetReader(data).uint16le("ItemLen");
  }

  private void read(NvItem item, Runnable finished) {
    dialogue.askOrRefused(
        item.read(),
        data -> {
          OctetReader in = new OctetReader(data);
          ZnpStatus status = new ZnpStatus(in.uint8("Status"));
          if (status.success()) {
            items.put(item, in.octets("Value", in.uint8("Len")).copy());
            next(finished);
          } else {
            unreadable(item, "status " + status, finished);
          }
        },
        reason -> unreadable(item, reason, finished));
  }

  private void unreadable(NvItem item, String reason, Runnable finished) {
    unreadable.put(item, reason);
    next(finished);
  }

  /** A firmware has one of the two tables, or neither: then the counters are not known. */
  private void counter(int index) {
    if (index == 2 * COUNTERS_MAX) {
      end();
      return;
    }
    boolean table = index < COUNTERS_MAX;
    dialogue.askOrRefused(
        table ? entry(index) : legacy(index - COUNTERS_MAX),
        data -> {
          OctetReader in = new OctetReader(data);
          boolean found = in.uint8("Status") == 0 && in.uint8("Len") >= COUNTER_OCTETS;
          if (found) {
            counters.add(
                new FoundNetwork.FrameCounter(
                    in.uint32le("FrameCounter"), new Eui64(in.int64le("ExtendedPanId"))));
          }
          counter(found ? index + 1 : table ? COUNTERS_MAX : 2 * COUNTERS_MAX);
        },
        reason -> counter(table ? COUNTERS_MAX : 2 * COUNTERS_MAX));
  }

  private static ZnpFrame entry(int index) {
    OctetWriter out = new OctetWriter(8).uint8(NV_SYSTEM_ZSTACK).uint16le(COUNTERS_TABLE);
    return ZnpFrame.of(Command.SYS_NV_READ, out.uint16le(index).uint16le(0).uint8(COUNTER_OCTETS));
  }

  private static ZnpFrame legacy(int index) {
    return ZnpFrame.of(
        Command.SYS_OSAL_NV_READ, new OctetWriter(3).uint16le(COUNTERS_FIRST + index).uint8(0));
  }
}
