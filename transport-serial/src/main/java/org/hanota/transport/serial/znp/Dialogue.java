// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.znp;

import java.util.Iterator;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.transport.serial.stick.RequestChannel;
import org.hanota.transport.serial.stick.StickLimits;
import org.hanota.transport.serial.stick.StickParameter;
import org.jspecify.annotations.Nullable;

/**
 * One step after the other with a stick: questions, indications that are waited for, and pauses.
 * The first step that fails ends it, with what was found, what is allowed and what helps.
 */
final class Dialogue {
  static final long SECOND = 1_000_000_000L;

  private static final String REPLUG = "plug the stick out and in";
  private static final String FLASH = "put the newest Z-Stack 3 coordinator firmware on the stick";

  private static final long PING_NANOS = SECOND / 2;

  /** CC253x sticks wait in their bootloader until they see this octet; then they need a moment. */
  private static final Octets SKIP_BOOTLOADER = Octets.copyOf((byte) 0xEF);

  private static final long SKIP_BOOTLOADER_NANOS = SECOND;
  private static final int PINGS = 4;
  private static final int SOFT_RESET = 1;

  private final LongSupplier clock;
  private final StickLimits limits;
  private final RequestChannel<ZnpFrame> channel;
  private final Consumer<Octets> line;
  private final Consumer<String> failed;

  private @Nullable Awaited awaited;
  private long pauseUntil = Long.MAX_VALUE;
  private @Nullable Runnable afterPause;

  /** Dialogues so far: what an earlier one still waits for is void. */
  private int attempt;

  private int pings;

  private record Awaited(
      Command command, Predicate<Octets> matches, Runnable then, String late, long deadline) {}

  /**
   * @param line takes octets for the stick that are no request
   * @param failed is told why the dialogue ended
   */
  Dialogue(
      LongSupplier clock,
      StickLimits limits,
      RequestChannel<ZnpFrame> channel,
      Consumer<Octets> line,
      Consumer<String> failed) {
    this.clock = clock;
    this.limits = limits;
    this.channel = channel;
    this.line = line;
    this.failed = failed;
  }

  /** Ends the dialogue without a word. */
  void cancel() {
    attempt++;
    awaited = null;
    afterPause = null;
    pauseUntil = Long.MAX_VALUE;
    pings = 0;
  }

  /** Ends the dialogue. */
  void fail(String reason) {
    cancel();
    failed.accept(reason);
  }

  /** Wakes the stick: {@code then} once it answers. */
  void greet(Runnable then) {
    pings++;
    int mine = attempt;
    channel.request(
        ZnpFrame.of(Command.SYS_PING, Octets.EMPTY),
        RequestChannel.Urgency.CONTROL,
        PING_NANOS,
        outcome -> {
          if (mine != attempt) {
            return;
          }
          if (outcome instanceof RequestChannel.Outcome.Answered) {
            then.run();
          } else if (pings < PINGS) {
            line.accept(SKIP_BOOTLOADER);
            pause(SKIP_BOOTLOADER_NANOS, () -> greet(then));
          } else {
            fail(
                "the stick does not answer a ping; "
                    + REPLUG
                    + ", and see that no other program has it open");
          }
        });
  }

  /** Restarts the stick: {@code then} once it has. */
  void reset(Runnable then) {
    await(
        Command.SYS_RESET_IND,
        data -> true,
        limits.nanos(StickParameter.ZNP_RESET),
        then,
        "the stick did not tell of its restart within 30 s; " + REPLUG);
    line.accept(ZnpFrame.of(Command.SYS_RESET_REQ, Octets.copyOf((byte) SOFT_RESET)).octets());
  }

  /** Asks; the answer may say what it likes. */
  void ask(ZnpFrame frame, Consumer<Octets> then) {
    askOrRefused(frame, then, reason -> fail(name(frame) + ": " + reason + "; " + FLASH));
  }

  /**
   * Asks.
   *
   * @param refused is told if the firmware refuses the question; silence ends the dialogue
   */
  void askOrRefused(ZnpFrame frame, Consumer<Octets> then, Consumer<String> refused) {
    int mine = attempt;
    channel.request(
        frame,
        RequestChannel.Urgency.CONTROL,
        limits.nanos(StickParameter.ANSWER),
        outcome -> {
          if (mine != attempt) {
            return;
          }
          try {
            if (outcome instanceof RequestChannel.Outcome.Answered answered) {
              then.accept(answered.data());
            } else if (outcome instanceof RequestChannel.Outcome.Failed failure
                && failure.refused()) {
              refused.accept(failure.reason());
            } else {
              fail(name(frame) + " was not answered within 6 s; " + REPLUG);
            }
          } catch (FormatException malformed) {
            fail(name(frame) + ": " + malformed.getMessage() + "; " + FLASH);
          }
        });
  }

  /** Asks for something whose answer is a status, which must be success. */
  void command(ZnpFrame frame, Runnable then) {
    ask(
        frame,
        data -> {
          if (accepted(data)) {
            then.run();
          } else {
            fail(name(frame) + " was answered with " + status(data) + "; " + REPLUG);
          }
        });
  }

  /** Writes items one after the other. */
  void write(Map<NvItem, Octets> values, Runnable then) {
    write(values.entrySet().iterator(), then);
  }

  private void write(Iterator<Map.Entry<NvItem, Octets>> left, Runnable then) {
    if (!left.hasNext()) {
      then.run();
      return;
    }
    Map.Entry<NvItem, Octets> next = left.next();
    store(next.getKey(), next.getKey().write(next.getValue()), () -> write(left, then));
  }

  /** Makes an item, if need be, and writes it. */
  void create(NvItem item, Octets value, Runnable then) {
    store(item, item.create(value), () -> store(item, item.write(value), then));
  }

  private void store(NvItem item, ZnpFrame frame, Runnable then) {
    ask(
        frame,
        data -> {
          if (accepted(data)) {
            then.run();
          } else {
            fail(
                "item "
                    + item.label()
                    + " could not be written: "
                    + status(data)
                    + ", allowed 0x00; "
                    + REPLUG
                    + "; if it stays so, its memory is full or worn: "
                    + FLASH);
          }
        });
  }

  private static boolean accepted(Octets data) {
    return !data.isEmpty()
        && (data.at(0) == ZnpStatus.SUCCESS.value()
            || data.at(0) == ZnpStatus.NV_ITEM_CREATED.value());
  }

  private static String status(Octets data) {
    return data.isEmpty() ? "nothing" : "status " + new ZnpStatus(data.at(0));
  }

  private static String name(ZnpFrame frame) {
    return Command.of(frame.cmd0(), frame.cmd1()).map(Command::name).orElse("?");
  }

  /**
   * Waits for an indication, beside what is asked meanwhile.
   *
   * @param late the failure if it does not come in time
   */
  void await(
      Command command, Predicate<Octets> matches, long patience, Runnable then, String late) {
    awaited = new Awaited(command, matches, then, late, clock.getAsLong() + patience);
  }

  /** Goes on after a while. */
  void pause(long nanos, Runnable then) {
    pauseUntil = clock.getAsLong() + nanos;
    afterPause = then;
  }

  /** An indication came; true if it was waited for. */
  boolean indication(Command command, Octets data) {
    Awaited waits = awaited;
    if (waits == null || waits.command() != command || !waits.matches().test(data)) {
      return false;
    }
    awaited = null;
    waits.then().run();
    return true;
  }

  /** Ends pauses and gives up what took too long. */
  void timer() {
    long now = clock.getAsLong();
    Runnable then = afterPause;
    if (then != null && now >= pauseUntil) {
      afterPause = null;
      pauseUntil = Long.MAX_VALUE;
      then.run();
    }
    Awaited waits = awaited;
    if (waits != null && now >= waits.deadline()) {
      fail(waits.late());
    }
  }

  /** When {@link #timer} is due. */
  long deadline() {
    Awaited waits = awaited;
    return Math.min(pauseUntil, waits == null ? Long.MAX_VALUE : waits.deadline());
  }
}
