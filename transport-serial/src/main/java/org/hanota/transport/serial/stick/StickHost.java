// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.stick;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.Width;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.machine.SendResult;
import org.hanota.api.transport.Frame;

/**
 * The host's side of a stick of any family, without input or output of its own: octets and time
 * come in, what it wants done goes to its {@link Surroundings}. One caller at a time, never called
 * again from inside the surroundings. Whatever octets come, it throws nothing.
 */
public final class StickHost {
  private static final int SILENCES_MAX = 3;
  private static final int PERMIT_JOIN_MAX_SECONDS = 254;

  private enum Phase {
    CLOSED,
    STARTING,
    RESTING,
    RUNNING
  }

  private final HostConfig config;
  private final StickLimits limits;
  private final Surroundings surroundings;
  private final Dialect dialect;
  private final AddressBook book;
  private final Inbox inbox;
  private final Outbox outbox;
  private final ServerSearch search;
  private final ProfileCheck profiles;

  private long now;
  private Phase phase = Phase.CLOSED;
  private long retryAt = Long.MAX_VALUE;
  private long heardAt;
  private boolean quietPoke;
  private final Deque<Long> restarts = new ArrayDeque<>();

  /** Why the port must be opened again; done at the end of the call that found it. */
  private Optional<String> broken = Optional.empty();

  /** A host whose port is not open yet. */
  public StickHost(Dialect.Maker maker, HostConfig config, Surroundings surroundings) {
    this.config = config;
    this.limits = config.limits();
    this.surroundings = surroundings;
    dialect = maker.make(() -> now, config, surroundings::write, new DialectHost());
    Zdo zdo = new Zdo(dialect);
    book = new AddressBook(() -> now, zdo, limits);
    inbox = new Inbox(() -> now, limits, surroundings::report);
    outbox = new Outbox(() -> now, limits, dialect, book, new OutboxOwner());
    search = new ServerSearch(() -> now, zdo, limits, book, surroundings);
    profiles =
        new ProfileCheck(
            config.profileId(),
            zdo,
            (address, profile) ->
                surroundings.report(new StickEvent.OtherProfile(address, profile)));
  }

  /** Whether messages can be sent. */
  public boolean running() {
    return phase == Phase.RUNNING;
  }

  /** The port is open. */
  public void onOpen(long nanos) {
    now = nanos;
    surroundings.report(new StickEvent.PortOpened());
    starting();
    dialect.open();
    reopenIfBroken();
  }

  /** The port is gone. */
  public void onLost(long nanos) {
    now = nanos;
    stop(Phase.CLOSED, "the port is gone");
  }

  /** Octets came from the stick. */
  public void onOctets(long nanos, Octets octets) {
    now = nanos;
    if (phase == Phase.CLOSED) {
      return;
    }
    heardAt = nanos;
    dialect.octets(octets);
    advance();
  }

  /** The time of {@link #wakeAt} has come; early or repeated calls do nothing. */
  public void onTimer(long nanos) {
    now = nanos;
    advance();
  }

  /** Sends a message; its result comes later, and is BUSY at once while the stick is not ready. */
  public void send(long nanos, long sendId, Frame frame) {
    now = nanos;
    if (phase != Phase.RUNNING) {
      surroundings.onSent(sendId, SendResult.BUSY);
    } else if (frame.zcl().length() > dialect.longestMessage()) {
      surroundings.report(
          new StickEvent.Refused(
              words(frame), "at most " + dialect.longestMessage() + " fit a frame of the stick"));
      surroundings.onSent(sendId, SendResult.DROPPED);
    } else {
      outbox.send(sendId, frame);
    }
    reopenIfBroken();
  }

  private static String words(Frame frame) {
    return "message of "
        + frame.zcl().length()
        + " octets to "
        + (frame.destination().isBroadcast() ? "all" : frame.destination().address());
  }

  /** Looks for a server of the cluster. */
  public void discover(long nanos, int profileId, int clusterId) {
    now = nanos;
    if (phase == Phase.RUNNING) {
      search.begin(profileId, clusterId);
    } else {
      surroundings.onNoServer();
    }
  }

  /**
   * Opens the network for new nodes.
   *
   * @param seconds 0 closes it; at most 254
   */
  public void permitJoin(long nanos, int seconds) {
    now = nanos;
    long checked = Width.range("seconds", seconds, 0, PERMIT_JOIN_MAX_SECONDS);
    dialect.permitJoin((int) checked);
  }

  /** Gives the stick another install code or key. */
  public void addLinkKey(long nanos, LinkKey key) {
    now = nanos;
    dialect.addLinkKey(key);
  }

  /** When {@link #onTimer} is due: asked again after each call. */
  public long wakeAt() {
    long earliest = Math.min(retryAt, Math.min(dialect.deadline(), book.deadline()));
    earliest = Math.min(earliest, Math.min(outbox.deadline(), search.deadline()));
    earliest = Math.min(earliest, inbox.deadline());
    return phase == Phase.RUNNING ? Math.min(earliest, quietAt()) : earliest;
  }

  /** What the serial line carried so far. */
  public LineCounts counts() {
    return dialect.counts();
  }

  private long quietAt() {
    return quietPoke ? Long.MAX_VALUE : heardAt + limits.nanos(StickParameter.QUIET);
  }

  private void advance() {
    if (now >= retryAt) {
      starting();
      dialect.begin();
    }
    dialect.timer();
    book.timer();
    search.timer();
    inbox.timer();
    // One for each call, so that others of the same thread have their turns as well.
    inbox.next().ifPresent(surroundings::onFrame);
    if (phase == Phase.RUNNING) {
      outbox.advance();
      if (now >= quietAt()) {
        quietPoke = true;
        dialect.poke(answered -> quietPoke = !answered);
      }
      if (dialect.silences() >= SILENCES_MAX || (quietPoke && dialect.silences() > 0)) {
        broken = Optional.of("the stick does not answer any more");
      }
    }
    reopenIfBroken();
  }

  private void reopenIfBroken() {
    if (broken.isPresent()) {
      String reason = broken.get();
      stop(Phase.CLOSED, reason);
      surroundings.reopen(reason);
    }
  }

  private void starting() {
    stop(Phase.STARTING, "the stick starts anew");
    heardAt = now;
    quietPoke = false;
  }

  private void stop(Phase next, String reason) {
    phase = next;
    retryAt = Long.MAX_VALUE;
    broken = Optional.empty();
    outbox.abandon(SendResult.DROPPED);
    inbox.clear();
    search.abandon();
    dialect.abandon(reason);
    book.clear();
    profiles.clear();
  }

  private void deliver(Incoming message, Optional<Eui64> source) {
    if (source.isEmpty() || source.get().equals(Eui64.UNKNOWN)) {
      return;
    }
    inbox.add(
        new Frame(
            new Peer(source.get(), message.sourceEndpoint()),
            message.broadcast() ? Peer.BROADCAST : config.self(),
            message.profileId(),
            message.clusterId(),
            SendOptions.ACKNOWLEDGED.withEncryption(message.encrypted()),
            message.data()));
  }

  private final class OutboxOwner implements Outbox.Owner {
    @Override
    public void sent(long sendId, SendResult result) {
      surroundings.onSent(sendId, result);
    }

    @Override
    public void refused(Frame frame, String reason) {
      surroundings.report(new StickEvent.Refused(words(frame), reason));
    }

    @Override
    public void carried(Outgoing message) {
      surroundings.onRequest(message);
    }

    @Override
    public void unreachable(Frame frame) {
      book.forget(frame.destination().address());
    }
  }

  private final class DialectHost implements Dialect.Host {
    @Override
    public void started(String firmware, Network network) {
      phase = Phase.RUNNING;
      surroundings.report(new StickEvent.Started(firmware, network));
    }

    @Override
    public void failed(String reason) {
      stop(Phase.RESTING, reason);
      long pauseNanos = limits.nanos(StickParameter.RETRY);
      retryAt = now + pauseNanos;
      surroundings.report(new StickEvent.StartFailed(reason, pauseNanos / 1_000_000));
    }

    @Override
    public void refused(String reason) {
      stop(Phase.RESTING, reason);
      surroundings.report(new StickEvent.StartRefused(reason));
    }

    @Override
    public boolean restarted(int reason) {
      surroundings.report(new StickEvent.Restarted(reason));
      restarts.add(now);
      restarts.removeIf(at -> now - at > limits.nanos(StickParameter.RESTARTS_WITHIN));
      if (restarts.size() > limits.count(StickParameter.RESTARTS)) {
        restarts.clear();
        failed(
            "the stick restarts again and again, last with reason "
                + reason
                + ": use another port or a USB extension cable, then another firmware");
        return false;
      }
      starting();
      return true;
    }

    @Override
    public void broken(String reason) {
      broken = Optional.of(reason);
    }

    @Override
    public void report(StickEvent event) {
      surroundings.report(event);
    }

    @Override
    public void seen(DeviceAddresses device) {
      if (device.shortAddress() == 0) {
        return;
      }
      book.learn(device);
      surroundings.report(new StickEvent.DeviceSeen(device.address(), device.shortAddress()));
      for (LinkKey key : config.linkKeys()) {
        if (key instanceof LinkKey.Preconfigured known && key.address().equals(device.address())) {
          dialect.keySeen(known, device.shortAddress());
        }
      }
      profiles.seen(device);
    }

    @Override
    public void left(DeviceAddresses device) {
      book.forget(device.address());
      surroundings.report(new StickEvent.DeviceLeft(device.address()));
    }

    @Override
    public void message(Incoming message) {
      if (phase != Phase.RUNNING) {
        return;
      }
      surroundings.onMessage(message);
      boolean ours =
          message.broadcast() || message.destinationEndpoint() == config.self().endpoint();
      if (ours) {
        book.name(message.source(), name -> deliver(message, name));
      }
    }

    @Override
    public void named(DeviceAddresses device) {
      book.learn(device);
    }

    @Override
    public void confirmed(int transaction, Fate fate) {
      outbox.confirm(transaction, fate);
    }

    @Override
    public void addresses(boolean known, DeviceAddresses device) {
      book.answer(known, device);
    }

    @Override
    public void matches(int shortAddress, List<Integer> endpoints) {
      search.answer(shortAddress, endpoints);
    }

    @Override
    public void endpoints(int shortAddress, List<Integer> endpoints) {
      profiles.endpoints(shortAddress, endpoints);
    }

    @Override
    public void descriptor(int shortAddress, SimpleDescriptor descriptor) {
      profiles.descriptor(shortAddress, descriptor);
    }

    @Override
    public void noDescriptor(int shortAddress) {
      profiles.forget(shortAddress);
    }
  }
}
