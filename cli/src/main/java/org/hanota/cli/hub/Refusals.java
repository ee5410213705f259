// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.LongSupplier;
import org.hanota.api.ParameterValues;
import org.hanota.transport.grpc.HanEvent;

/**
 * Which refusals are told one by one. Within a window a few of each address are, and a few in all;
 * the others are counted and told together once the window is over, with the last of them.
 */
public final class Refusals {
  private final ParameterValues<ServeParameter> parameters;
  private final LongSupplier nanos;
  private final BiConsumer<HanEvent.Refused, Long> tell;
  private final Map<String, Integer> told = new HashMap<>();
  private int toldInAll;
  private long beganNanos;
  private long held;
  private Optional<HanEvent.Refused> last = Optional.empty();

  /**
   * Nobody was refused yet.
   *
   * @param parameters how many are told, and how long a window is
   * @param nanos a clock that only goes forward
   * @param tell gets a refusal and how many it stands for
   */
  public Refusals(
      ParameterValues<ServeParameter> parameters,
      LongSupplier nanos,
      BiConsumer<HanEvent.Refused, Long> tell) {
    this.parameters = parameters;
    this.nanos = nanos;
    this.tell = tell;
    this.beganNanos = nanos.getAsLong();
  }

  /** Tells of a refusal, or holds it. */
  public void happened(HanEvent.Refused refused) {
    passed();
    String host = host(refused.remote());
    int ofOne = told.getOrDefault(host, 0);
    if (ofOne < parameters.get(ServeParameter.REFUSALS_OF_ONE)
        && toldInAll < parameters.get(ServeParameter.REFUSALS_OF_ALL)) {
      told.put(host, ofOne + 1);
      toldInAll++;
      tell.accept(refused, 1L);
    } else {
      held++;
      last = Optional.of(refused);
    }
  }

  /** Tells of those that were held, if the window is over. */
  void passed() {
    long windowNanos = parameters.get(ServeParameter.REFUSALS_WINDOW) * 1_000_000L;
    if (nanos.getAsLong() - beganNanos >= windowNanos) {
      end();
    }
  }

  /** Tells of those that were held. */
  public void end() {
    last.ifPresent(refused -> tell.accept(refused, held));
    last = Optional.empty();
    held = 0;
    told.clear();
    toldInAll = 0;
    beganNanos = nanos.getAsLong();
  }

  /** What is told of a refusal that stands for so many. */
  public static String words(HanEvent.Refused refused, long count) {
    return count > 1 ? "refused " + count + " more; the last: " + refused.words() : refused.words();
  }

  /** Without the port, which is another for each connection. */
  private static String host(String remote) {
    int colon = remote.lastIndexOf(':');
    return colon < 0 ? remote : remote.substring(0, colon);
  }
}
