// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import java.util.ArrayList;
import java.util.List;
import org.hanota.api.transport.Frame;
import org.hanota.transport.grpc.v1.Hello;
import org.hanota.transport.grpc.v1.LinkEvent;
import org.hanota.transport.grpc.v1.Welcome;
import org.jspecify.annotations.Nullable;

/** One message of the other side: LinkMessage of the contract. */
final class Incoming {
  /**
   * A frame with its number.
   *
   * @param sequence its number
   * @param frame the frame; null if there is something wrong with it
   * @param reason what is wrong; else empty
   */
  record Framed(long sequence, @Nullable Frame frame, String reason) {}

  @Nullable Hello hello;
  @Nullable Welcome welcome;
  List<Answer> answers = List.of();
  List<LinkEvent> events = List.of();
  List<Framed> frames = List.of();

  void add(Answer answer) {
    answers = with(answers, answer);
  }

  void add(LinkEvent event) {
    events = with(events, event);
  }

  void add(Framed framed) {
    frames = with(frames, framed);
  }

  /** Most messages have one of a kind or none; only a list of several grows. */
  @SuppressWarnings("MixedMutabilityReturnType")
  private static <T> List<T> with(List<T> list, T added) {
    if (list.isEmpty()) {
      return List.of(added);
    }
    List<T> several = list.size() == 1 ? new ArrayList<>(list) : list;
    several.add(added);
    return several;
  }
}
