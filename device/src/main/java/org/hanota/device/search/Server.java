// SPDX-License-Identifier: Apache-2.0
package org.hanota.device.search;

import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.Received;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.machine.StateWriter;
import org.hanota.api.machine.Timers;
import org.hanota.api.zcl.Clusters;
import org.hanota.api.zcl.DefaultResponse;
import org.hanota.api.zcl.ZclMessage;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.device.DeviceConfig;
import org.hanota.device.DeviceParameters;
import org.hanota.device.DeviceTimer;
import org.jspecify.annotations.Nullable;

/** The server, as far as it is known, and the request that it still has to answer. */
public final class Server {
  private final DeviceParameters parameters;
  private final int profileId;
  private final SendOptions options;
  private final Timers<DeviceTimer> timers;

  /** Until the answer to a first try is overdue. Each block sets it, so it is added up once. */
  private final long firstTimeoutMs;

  private @Nullable Peer peer;

  /** The one that has set a time before a restart: its word counts also before it is found. */
  private @Nullable Eui64 remembered;

  private long requestId;
  private int tries;
  private long retries;

  /** No server is known yet. */
  public Server(DeviceConfig config, Timers<DeviceTimer> timers) {
    this.parameters = config.parameters();
    this.profileId = config.profileId();
    this.options = SendOptions.ACKNOWLEDGED.withEncryption(config.apsEncryption());
    this.timers = timers;
    this.firstTimeoutMs = parameters.responseTimeoutMs() + parameters.pollPeriodMs();
  }

  /** The server, once one was found. */
  public Optional<Peer> peer() {
    return Optional.ofNullable(peer);
  }

  /** Whether a server was found. */
  public boolean isKnown() {
    return peer != null;
  }

  /** A server was found. */
  public void found(Peer server) {
    peer = server;
  }

  /** What the journal knows of it. */
  public void remember(Eui64 address) {
    remembered = address;
  }

  /** Its address, also before it is found. */
  public Optional<Eui64> address() {
    return Optional.ofNullable(peer != null ? peer.address() : remembered);
  }

  /** It may have gone. */
  public void lost() {
    peer = null;
    remembered = null;
  }

  /** Looks for one. */
  public void discover(Effects effects) {
    effects.discover(profileId, Clusters.OTA_UPGRADE);
  }

  /**
   * Whether a message comes from the server. Its address alone names it: zigbee-herdsman serves
   * from another endpoint than the one that it is found at.
   */
  public boolean isSource(Received received) {
    Eui64 known = peer != null ? peer.address() : remembered;
    return known != null && known.equals(received.source().address());
  }

  /** Sends a request that is answered; without a server, its overdue answer makes one be sought. */
  public void send(ZclMessage request, Effects effects) {
    if (peer != null) {
      requestId = effects.send(peer, request, options);
    }
  }

  /** Sends a request whose answer nobody waits for. */
  void sendBeside(ZclMessage request, Effects effects) {
    if (peer != null) {
      long unused = effects.send(peer, request, options);
    }
  }

  /** Answers with a default response. */
  public void reply(Received request, ZclStatus status, Effects effects) {
    effects.reply(request, DefaultResponse.to(request.message(), status), options);
  }

  /**
   * Waits for the answer. Each further try waits longer; a sleepy device hears the answer only when
   * it polls.
   */
  public void await(Now now) {
    await(now, 0);
  }

  /** The same for an answer that may come so much later. */
  public void await(Now now, long laterMs) {
    long backOff = tries == 0 ? 0 : tries * parameters.retryBackOffMs();
    timers.set(DeviceTimer.RESPONSE, now.plusMillis(firstTimeoutMs + backOff + laterMs));
  }

  /** Nothing is waited for any more. */
  public void awaitNothing() {
    timers.stop(DeviceTimer.RESPONSE);
  }

  /** The request was not handed over: do not wait for the whole time-out. */
  public void sooner(Now now) {
    long soon = now.plusMillis(parameters.resendMs() * (tries + 1));
    timers.set(DeviceTimer.RESPONSE, Math.min(soon, timers.deadline(DeviceTimer.RESPONSE)));
  }

  /** The next request is the first try. */
  public void firstTry() {
    tries = 0;
  }

  /** Whether another try is left of {@code limit}; it is taken. */
  public boolean again(int limit) {
    if (tries >= limit) {
      return false;
    }
    tries++;
    return true;
  }

  /** How often the request was tried again. */
  public int tries() {
    return tries;
  }

  /** A request without an answer is counted. */
  public void countRetry() {
    retries++;
  }

  /** Requests without an answer since the start. */
  public long retries() {
    return retries;
  }

  /** Whether {@code sendId} is that of the last request. */
  public boolean isOutstanding(long sendId) {
    return sendId == requestId;
  }

  /** Whether a message answers the last request. */
  public boolean isAnswer(Received answer) {
    return requestId != 0 && (requestId & 0xFF) == answer.transactionSequence();
  }

  /** Writes what decides what happens next. */
  public void describe(StateWriter out) {
    if (peer != null) {
      out.put("server", peer);
    } else if (remembered != null) {
      out.put("server before", remembered);
    }
    out.putSent("last request", requestId).put("tries", tries);
  }
}
