// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hanota.api.Eui64;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.node.NodeEvent;
import org.hanota.api.transport.Frame;
import org.hanota.api.zcl.ImageBlockRequest;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.api.zcl.ZclCodec;
import org.hanota.api.zcl.ZclFrame;
import org.hanota.api.zcl.ZclMessage;
import org.hanota.cli.view.Buckets;
import org.hanota.cli.view.Sequence;
import org.hanota.gbcs.Message;
import org.hanota.sim.Home;
import org.hanota.sim.link.Outcome;
import org.hanota.sim.radio.Band;
import org.hanota.sim.radio.DutyState;
import org.hanota.sim.radio.Fate;
import org.hanota.sim.radio.FrameOctets;
import org.hanota.sim.radio.Transmission;

/** What is kept of a run for those who want to see it; bounded, however long the run is. */
final class HomeRecord extends PassedOn {
  static final String HEAD_END = "head end";
  static final String HUB = "hub";

  /** More messages than a page can show are counted. */
  private static final int MESSAGES_KEPT = 500;

  /** A GBCS message at the head end. */
  record Heard(long nanos, Message message) {}

  private final ZclCodec codec = new ZclCodec();
  private final Map<Eui64, String> names = new TreeMap<>();
  private final Map<String, Long> asked = new TreeMap<>();
  final Sequence sequence = new Sequence();
  final Map<String, Buckets> blocks = new LinkedHashMap<>();
  final Map<String, Buckets> airtime = new LinkedHashMap<>();

  /** Times that a radio repeated a frame; without a radio, frames that were lost. */
  final Buckets again = new Buckets();

  /** Whether a radio sets the pace. */
  boolean hasRadio;

  final Buckets askedAgain = new Buckets();
  final List<Heard> messages = new ArrayList<>();
  long messagesLeftOut;

  /** Keeps, then tells {@code next}. */
  HomeRecord(Home.Listener next) {
    super(next);
  }

  /** Who has an address. */
  String name(Eui64 address) {
    return address.equals(Home.HUB_ADDRESS) ? HUB : names.getOrDefault(address, address.toString());
  }

  /** The text with names for addresses. */
  String named(String text) {
    String named = text;
    for (Map.Entry<Eui64, String> each : names.entrySet()) {
      named = named.replace(each.getKey().toString(), each.getValue());
    }
    return named;
  }

  @Override
  public void event(long virtualNanos, String device, UpdateEvent event) {
    String words = HomeText.words(event);
    if (!words.isEmpty()) {
      sequence.event(device, virtualNanos, words, event instanceof UpdateEvent.Failed);
    }
    super.event(virtualNanos, device, event);
  }

  @Override
  public void powerCut(long virtualNanos, String device) {
    sequence.event(device, virtualNanos, "loses its power", true);
    super.powerCut(virtualNanos, device);
  }

  @Override
  public void failed(long virtualNanos, String device, NodeEvent.Failed failure) {
    sequence.event(device, virtualNanos, "starts again after " + failure.cause(), true);
    super.failed(virtualNanos, device, failure);
  }

  @Override
  public void gbcs(long virtualNanos, Message message) {
    boolean isCommand = message.kind() == Message.Kind.COMMAND;
    Eui64 party = isCommand ? message.header().recipient() : message.header().originator();
    sequence.message(
        name(party),
        virtualNanos,
        isCommand ? HEAD_END : HUB,
        isCommand ? HUB : HEAD_END,
        (isCommand ? "for " : "of ") + name(party) + ", " + named(GbcsLine.what(message)),
        Sequence.NO_OFFSET,
        true);
    if (messages.size() < MESSAGES_KEPT) {
      messages.add(new Heard(virtualNanos, message));
    } else {
      messagesLeftOut++;
    }
    super.gbcs(virtualNanos, message);
  }

  @Override
  public void frame(
      long virtualNanos, String device, boolean toDevice, Frame frame, Outcome outcome) {
    names.putIfAbsent((toDevice ? frame.destination() : frame.source()).address(), device);
    boolean arrived = outcome == Outcome.DELIVERED;
    if (ZclFrame.lacksHeader(frame.zcl())) {
      message(virtualNanos, device, toDevice, "a frame without header", -1, arrived);
    } else {
      ZclMessage message = codec.decode(frame.clusterId(), frame.zcl());
      long offset = FrameWords.offset(message);
      message(virtualNanos, device, toDevice, FrameWords.of(message), offset, arrived);
      progress(virtualNanos, device, message, arrived);
    }
    if (!hasRadio) {
      int octets = FrameOctets.of(frame.zcl().length(), frame.options().apsEncryption());
      onAir(toDevice ? HUB : device, virtualNanos, Band.GHZ_2_4.airtimeNanos(octets));
      again.add(virtualNanos, arrived ? 0 : 1);
    }
    super.frame(virtualNanos, device, toDevice, frame, outcome);
  }

  private void onAir(String from, long atNanos, long nanos) {
    airtime.computeIfAbsent(from, unused -> new Buckets()).add(atNanos, nanos);
  }

  @Override
  public void onAir(String from, String to, Transmission sent) {
    hasRadio = true;
    onAir(from, sent.startNanos(), sent.endNanos() - sent.startNanos());
    again.add(sent.startNanos(), sent.repetition() > 0 ? 1 : 0);
    super.onAir(from, to, sent);
  }

  @Override
  public void givenUp(long virtualNanos, String from, String to, Frame frame, Fate fate) {
    // What never came is in the sequence already; why, only here.
    if (fate == Fate.DUTY_CYCLE) {
      String subject = from.equals(HUB) ? to : from;
      String what = FrameWords.of(codec.decode(frame.clusterId(), frame.zcl()));
      String words = what + ", " + RadioWords.fate(fate);
      sequence.message(subject, virtualNanos, from, to, words, Sequence.NO_OFFSET, false);
    }
    super.givenUp(virtualNanos, from, to, frame, fate);
  }

  @Override
  public void duty(long virtualNanos, String node, DutyState state) {
    sequence.event(node, virtualNanos, RadioWords.duty(state), state != DutyState.NORMAL);
    super.duty(virtualNanos, node, state);
  }

  private void message(
      long nanos, String device, boolean toDevice, String what, long offset, boolean arrived) {
    String from = toDevice ? HUB : device;
    String to = toDevice ? device : HUB;
    sequence.message(device, nanos, from, to, what, offset, arrived);
  }

  private void progress(long nanos, String device, ZclMessage message, boolean arrived) {
    if (message instanceof ImageBlockResponse.Success && arrived) {
      blocks.computeIfAbsent(device, unused -> new Buckets()).add(nanos, 1);
    } else if (message instanceof ImageBlockRequest request) {
      Long before = asked.put(device, request.fileOffset());
      askedAgain.add(nanos, before != null && before == request.fileOffset() ? 1 : 0);
    }
  }
}
