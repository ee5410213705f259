// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.znp;

import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.hanota.api.Octets;
import org.hanota.transport.serial.stick.RequestChannel;
import org.hanota.transport.serial.stick.ShortVisit;
import org.hanota.transport.serial.stick.StickLimits;
import org.jspecify.annotations.Nullable;

/**
 * Makes a stick forget its network, whoever formed it. Whoever uses it has seen and kept what the
 * stick holds: another content than that is not cleared. Without input or output of its own, as
 * {@link org.hanota.transport.serial.stick.StickHost}.
 */
public final class ClearingMachine implements ShortVisit<ClearingMachine.Outcome> {
  /** How it ended. */
  public sealed interface Outcome {
    /** The stick holds no network. */
    record Blank() implements Outcome {}

    /** The network could not be removed from the stick. */
    record Failed(String reason) implements Outcome {}
  }

  private final FoundNetwork expected;
  private final RequestChannel<ZnpFrame> channel;
  private final Dialogue dialogue;
  private final ZnpFrameDecoder decoder;
  private long now;
  private @Nullable Outcome result;

  /**
   * @param expected what the stick holds, as a probe found it
   * @param line takes octets for the stick
   */
  public ClearingMachine(FoundNetwork expected, Consumer<Octets> line) {
    this.expected = expected;
    channel = new RequestChannel<>(() -> now, frame -> line.accept(frame.octets()));
    dialogue =
        new Dialogue(
            () -> now,
            StickLimits.DEFAULT,
            channel,
            line,
            reason -> result = new Outcome.Failed(reason));
    decoder = new ZnpFrameDecoder(this::frame);
  }

  @Override
  public void onOpen(long nanos) {
    now = nanos;
    dialogue.greet(() -> NetworkSurvey.of(dialogue, this::compare));
  }

  private void compare(FoundNetwork found) {
    if (found.items().equals(expected.items())) {
      deleteMark(NvItem.CONFIGURED, () -> deleteMark(NvItem.CONFIGURED_OLDER, this::clear));
    } else {
      dialogue.fail("the stick holds something else than a moment ago; nothing was changed");
    }
  }

  /** To the stick the marks of hosts are a user's data, which clearing leaves alone. */
  private void deleteMark(NvItem mark, Runnable then) {
    if (expected.item(mark).isEmpty()) {
      then.run();
    } else {
      dialogue.command(mark.delete(expected.item(mark).length()), then);
    }
  }

  private void clear() {
    dialogue.write(
        Map.of(NvItem.STARTUP_OPTION, Octets.copyOf(NvItem.CLEAR_ALL)),
        () -> dialogue.reset(() -> NetworkSurvey.of(dialogue, this::check)));
  }

  private void check(FoundNetwork found) {
    if (found.blank()) {
      result = new Outcome.Blank();
    } else {
      dialogue.fail(
          "the stick still holds "
              + found.summary()
              + "; clear it again, or put its firmware on"
              + " it anew with all of its memory erased");
    }
  }

  @Override
  public void onOctets(long nanos, Octets octets) {
    now = nanos;
    decoder.accept(nanos, octets);
  }

  private void frame(ZnpFrame frame) {
    if (frame.type() == ZnpFrame.Type.AREQ) {
      Command.of(frame.cmd0(), frame.cmd1())
          .ifPresent(command -> dialogue.indication(command, frame.data()));
    } else {
      Responses.receive(channel, frame);
    }
  }

  @Override
  public void onTimer(long nanos) {
    now = nanos;
    channel.timer();
    dialogue.timer();
  }

  @Override
  public long wakeAt() {
    return Math.min(channel.deadline(), dialogue.deadline());
  }

  @Override
  public Optional<Outcome> result() {
    return Optional.ofNullable(result);
  }
}
