// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.node.NodeEvent;
import org.hanota.api.transport.Frame;
import org.hanota.gbcs.Message;
import org.hanota.sim.link.Outcome;
import org.hanota.sim.radio.DutyState;
import org.hanota.sim.radio.Fate;
import org.hanota.sim.radio.Transmission;

/**
 * SHA-256 over everything that is heard of a run, with its times and octets, which it passes on:
 * two runs of one scenario have the same, in whatever process.
 */
public final class RunDigest implements Home.Listener {
  private final Home.Listener next;
  private final MessageDigest sha256;

  /** Stands before {@code next}. */
  public RunDigest(Home.Listener next) {
    this.next = next;
    try {
      this.sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java has SHA-256", e);
    }
  }

  /** What it is so far, 64 hex digits. */
  public String hex() {
    try {
      return HexFormat.of().formatHex(((MessageDigest) sha256.clone()).digest());
    } catch (CloneNotSupportedException e) {
      throw new AssertionError("a SHA-256 of Java can be copied", e);
    }
  }

  @Override
  public void event(long virtualNanos, String device, UpdateEvent event) {
    heard(virtualNanos, device, event.toString());
    next.event(virtualNanos, device, event);
  }

  @Override
  public void powerCut(long virtualNanos, String device) {
    heard(virtualNanos, device, "power cut");
    next.powerCut(virtualNanos, device);
  }

  @Override
  public void failed(long virtualNanos, String device, NodeEvent.Failed failure) {
    heard(virtualNanos, device, "failed " + failure.inARow());
    next.failed(virtualNanos, device, failure);
  }

  @Override
  public void gbcs(long virtualNanos, Message message) {
    heard(virtualNanos, "head end", message.octets().toHex());
    next.gbcs(virtualNanos, message);
  }

  @Override
  public void frame(
      long virtualNanos, String device, boolean toDevice, Frame frame, Outcome outcome) {
    heard(virtualNanos, device, (toDevice ? "gets " : "sends ") + outcome);
    sha256.update(frame.zcl().toByteArray());
    next.frame(virtualNanos, device, toDevice, frame, outcome);
  }

  @Override
  public void onAir(String from, String to, Transmission sent) {
    heard(
        sent.startNanos(),
        from,
        to + " " + sent.octets() + " " + sent.repetition() + (sent.isDamaged() ? " damaged" : ""));
    next.onAir(from, to, sent);
  }

  @Override
  public void givenUp(long virtualNanos, String from, String to, Frame frame, Fate fate) {
    heard(virtualNanos, from, to + " " + fate);
    next.givenUp(virtualNanos, from, to, frame, fate);
  }

  @Override
  public void duty(long virtualNanos, String node, DutyState state) {
    heard(virtualNanos, node, state.toString());
    next.duty(virtualNanos, node, state);
  }

  private void heard(long virtualNanos, String who, String what) {
    sha256.update((virtualNanos + " " + who + " " + what + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
