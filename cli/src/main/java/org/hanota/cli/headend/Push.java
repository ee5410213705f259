// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.hanota.api.Eui64;
import org.hanota.api.ParameterValues;
import org.hanota.headend.duis.signature.MessageSigner;
import org.hanota.headend.letter.Content;
import org.hanota.headend.letter.Letter;
import org.jspecify.annotations.Nullable;

/**
 * Hands answers and alerts to users' own receive services, a few at a time for each. One that does
 * not say 204 gets them again, as the DSP hands over again what nobody confirmed. For any thread;
 * throws nothing at whoever hands over, who must not fail by one user's service.
 */
final class Push {
  private static final int TAKEN = 204;

  private final Map<Eui64, URI> addresses;
  private final MessageSigner signer;
  private final Consumer<Letter.Confirmed> confirmed;
  private final Told told;
  private final PushClient client;
  private final Duration within;
  private final int most;
  private final int mostOfOne;

  // Guarded by this object.
  private final Map<Eui64, Queue> queues = new LinkedHashMap<>();
  private final Map<Eui64, String> trouble = new HashMap<>();
  private int underWay;

  /** What is for one user. */
  private static final class Queue {
    final Map<Long, Letter.Message> waiting = new LinkedHashMap<>();
    final Map<Long, Letter.Message> underWay = new LinkedHashMap<>();
  }

  /**
   * Connects to nobody yet.
   *
   * @param addresses the receive service of each user
   * @param signer the DCC's key for XML
   * @param confirmed gets what was taken
   * @param told is told of a user whose service takes nothing, and of him once it does
   */
  Push(
      Map<Eui64, URI> addresses,
      MessageSigner signer,
      Consumer<Letter.Confirmed> confirmed,
      Told told,
      PushClient client,
      ParameterValues<HttpParameter> limits) {
    this.addresses = new TreeMap<>(addresses);
    this.signer = signer;
    this.confirmed = confirmed;
    this.told = told;
    this.client = client;
    this.within = Duration.ofMillis(limits.get(HttpParameter.PUSH_WITHIN));
    this.most = limits.getInt(HttpParameter.PUSHES);
    this.mostOfOne = limits.getInt(HttpParameter.PUSHES_OF_ONE);
  }

  /** Hands an answer over, now or when there is a place, unless that is under way. */
  synchronized void send(Letter.Message letter) {
    if (!(letter.content() instanceof Content.Answer)) {
      return;
    }
    if (!addresses.containsKey(letter.to())) {
      troubled(letter.to(), "the estate names no receive service of his");
      return;
    }
    Queue queue = queue(letter.to());
    if (!queue.underWay.containsKey(letter.number())) {
      queue.waiting.put(letter.number(), letter);
      next();
    }
  }

  private Queue queue(Eui64 user) {
    return queues.computeIfAbsent(user, key -> new Queue());
  }

  /** Fills the places that are free, users in turn: who was served waits behind the others. */
  private void next() {
    Optional<Eui64> turn = turn();
    while (turn.isPresent()) {
      Eui64 user = turn.get();
      Queue queue = Objects.requireNonNull(queues.remove(user), user::toString);
      queues.put(user, queue);
      Letter.Message letter = queue.waiting.values().iterator().next();
      queue.waiting.remove(letter.number());
      queue.underWay.put(letter.number(), letter);
      underWay++;
      begin(letter);
      turn = turn();
    }
  }

  private Optional<Eui64> turn() {
    if (underWay >= most) {
      return Optional.empty();
    }
    return queues.entrySet().stream()
        .filter(each -> each.getValue().underWay.size() < mostOfOne)
        .filter(each -> !each.getValue().waiting.isEmpty())
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private void begin(Letter.Message letter) {
    CompletableFuture<HttpResponse<Void>> sent;
    try {
      sent = post(letter);
    } catch (IOException | RuntimeException fault) {
      sent = CompletableFuture.failedFuture(fault);
    }
    CompletableFuture<HttpResponse<Void>> exchange = sent;
    // The time-out of a request ends with the header of its answer; this one is for the whole.
    var unused =
        exchange
            .copy()
            .orTimeout(within.toMillis(), TimeUnit.MILLISECONDS)
            .whenCompleteAsync(
                (said, fault) -> {
                  exchange.cancel(true);
                  ended(letter, why(said, fault), said);
                });
  }

  private String why(@Nullable HttpResponse<Void> said, @Nullable Throwable fault) {
    if (fault != null || said == null) {
      return String.valueOf(fault);
    }
    try {
      return client.fault(said);
    } catch (RuntimeException unreadable) {
      return unreadable.toString();
    }
  }

  private CompletableFuture<HttpResponse<Void>> post(Letter.Message letter) throws IOException {
    Content.Answer answer = (Content.Answer) letter.content();
    HttpRequest request =
        HttpRequest.newBuilder(addresses.get(letter.to()))
            .timeout(within)
            .header("Content-Type", "application/xml")
            .POST(
                HttpRequest.BodyPublishers.ofByteArray(
                    signer.sign(answer.response()).toByteArray()))
            .build();
    return client.client().sendAsync(request, BodyHandlers.discarding());
  }

  private void ended(Letter.Message letter, String fault, @Nullable HttpResponse<Void> said) {
    String why =
        fault.isEmpty() && said != null && said.statusCode() != TAKEN
            ? "said " + said.statusCode()
            : fault;
    synchronized (this) {
      Queue queue = Objects.requireNonNull(queues.get(letter.to()), letter.to()::toString);
      queue.underWay.remove(letter.number());
      underWay--;
      if (why.isEmpty()) {
        untroubled(letter.to());
      } else {
        // The others are handed over again, too: no use to try them now.
        queue.waiting.clear();
        troubled(letter.to(), why);
      }
      next();
    }
    if (why.isEmpty()) {
      confirmed.accept(
          new Letter.Confirmed(letter.to(), letter.from(), letter.number(), Optional.empty()));
    }
  }

  private void troubled(Eui64 user, String why) {
    if (!why.equals(trouble.put(user, why))) {
      told.line(
          "user "
              + user
              + at(user)
              + " "
              + why
              + "; his messages are sent again until he takes them");
    }
  }

  private void untroubled(Eui64 user) {
    if (trouble.remove(user) != null) {
      told.line("user " + user + at(user) + " takes messages again");
    }
  }

  private String at(Eui64 user) {
    URI address = addresses.get(user);
    return address == null ? "" : " at " + address;
  }
}
