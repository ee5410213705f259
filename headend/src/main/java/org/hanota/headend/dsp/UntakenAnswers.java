// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import static org.hanota.headend.HeadEndParameter.UNTAKEN_ANSWER_KEPT;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hanota.api.Eui64;
import org.hanota.headend.letter.Content;
import org.hanota.headend.letter.Letter;
import org.hanota.headend.request.Response;

/**
 * Answers and alerts that their user does not take have an end, which is told in the log: a user
 * can ask again. No letter between machines of the DCC has one: a request would be lost with it.
 * [hanota H131]
 */
final class UntakenAnswers {
  private static final int NAMED = 10;

  private UntakenAnswers() {}

  /** Drops those that are too old, as often as letters are handed over again. */
  static void timer(DspParts parts, DspCall call) {
    if (!parts.outbox().isDue(call.now())) {
      return;
    }
    long since = call.utcMillis() - parts.parameter(UNTAKEN_ANSWER_KEPT);
    Map<Eui64, List<String>> dropped = new TreeMap<>();
    for (Letter.Message letter : parts.outbox().letters()) {
      if (letter.content() instanceof Content.Answer answer
          && answer.response().responseDateTime().toEpochMilli() <= since) {
        parts.outbox().withdraw(letter.number());
        dropped
            .computeIfAbsent(letter.to(), user -> new ArrayList<>())
            .add(name(answer.response()));
      }
    }
    dropped.forEach((user, names) -> parts.audit(user, words(names), call));
  }

  private static String name(Response response) {
    return response.requestId().or(response::responseId).map(Object::toString).orElse("an answer");
  }

  private static String words(List<String> names) {
    return "did not take "
        + names.size()
        + " answers, which are dropped: "
        + String.join(", ", names.subList(0, Math.min(NAMED, names.size())))
        + (names.size() > NAMED ? " and more" : "");
  }
}
