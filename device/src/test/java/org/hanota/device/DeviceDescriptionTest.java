// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.hanota.api.ImageId;
import org.hanota.api.ZigBeeTime;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Now;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.testing.RecordedEffects.Sent;
import org.hanota.testing.SameDescription;
import org.junit.jupiter.api.Test;

/** What a device describes decides all that it does from there on. */
class DeviceDescriptionTest {
  private static final long HOUR = 3_600_000;
  private static final long DAY = 24 * HOUR;
  private static final long SEED = 20261129;

  private static final class Subject implements SameDescription.Subject<Desk> {
    // What is drawn at a start is no state.
    private final Desk desk =
        new Desk(DeviceType.PPMID, p -> p.with(DeviceParameter.QUERY_START_JITTER, 0));
    private int seen;

    Subject() {
      desk.start();
      desk.input(new DeviceInput.QueryNow());
      desk.input(new Input.ServerFound(Desk.HUB));
    }

    @Override
    public Desk world() {
      return desk;
    }

    @Override
    public Now now() {
      return desk.now();
    }

    @Override
    public List<Long> sent() {
      return desk.effects.sent.stream().map(Sent::sendId).toList();
    }

    @Override
    public void describe(SameDescription.Relative out) {
      out.put("knows UTC", desk.knowsUtc).put("shift", desk.utcShiftMillis);
      out.put("power", desk.powerPercent).putNanos("wakes", desk.effects.wakeAt);
      desk.waitingJobs.forEach(job -> out.put("job", job.kind()));
      desk.machine.describe(out);
      out.put("anything sent", !desk.effects.sent.isEmpty());
    }

    @Override
    public String done() {
      StringBuilder text = new StringBuilder();
      List<Sent> sent = desk.effects.sent;
      for (int i = Math.min(seen, sent.size()); i < sent.size(); i++) {
        text.append(sent.get(i).message()).append('\n');
      }
      seen = sent.size();
      return text.toString();
    }
  }

  private static void respond(Desk desk, long current, long upgrade) {
    desk.receive(
        new UpgradeEndResponse(
            ImageId.WILD_CARD, new ZigBeeTime(current), new ZigBeeTime(upgrade)));
  }

  private static void clock(Desk desk, boolean isKnown, long shiftMillis) {
    desk.knowsUtc = isKnown;
    desk.utcShiftMillis = shiftMillis;
  }

  private static SameDescription<Desk> histories() {
    return new SameDescription<Desk>(Subject::new)
        .step("a second", d -> d.pass(1_000))
        .step("an hour", d -> d.pass(HOUR))
        .step("a day", d -> d.pass(DAY))
        .step("the clock is right", d -> clock(d, true, 0))
        .step("the clock is two days fast", d -> clock(d, true, 2 * DAY))
        .step("the clock is a day slow", d -> clock(d, true, -DAY))
        .step("the clock is unset", d -> clock(d, false, 0))
        .step("the power is low", d -> d.powerPercent = 5)
        .step("the power is back", d -> d.powerPercent = 100)
        .step("restart", Desk::start)
        .step("finds its server", d -> d.input(new Input.ServerFound(Desk.HUB)))
        .step("queries", d -> d.input(new DeviceInput.QueryNow()))
        .step(
            "offer",
            d -> d.receive(new QueryNextImageResponse.Success(Desk.IMAGE, Desk.FILE.length())))
        .step(
            "no image",
            d -> d.receive(new QueryNextImageResponse.Refusal(ZclStatus.NO_IMAGE_AVAILABLE)))
        .step("works", Desk::work)
        .step("works on", Desk::work)
        .step("two blocks", d -> d.serve(96))
        .step("all blocks", d -> d.serve(Desk.FILE.length()))
        .step("all blocks again", d -> d.serve(Desk.FILE.length()))
        .step("run now", d -> respond(d, 0, 0))
        .step("run in an hour", d -> respond(d, 0, 3_600))
        .step("wait", d -> respond(d, 0, 0xFFFF_FFFFL))
        .step("abort", d -> d.input(new DeviceInput.Abort()));
  }

  @Test
  void twoDevicesThatDescribeThemselvesAlikeGoOnAlike() {
    int compared = histories().search(SEED, 2_000, 16, 8);
    System.out.println("devices that described themselves alike: " + compared);
    assertThat(compared).isGreaterThan(500);
  }

  /** A device that does not describe its clock. */
  @Test
  void whatIsNotDescribedIsFound() {
    assertThatThrownBy(
            () ->
                histories()
                    .leavesOut(
                        "trusted UTC minus monotonic",
                        "doubted UTC minus monotonic",
                        "equal readings",
                        "first reading",
                        "last reading",
                        "least UTC ahead minus monotonic",
                        "clock doubted",
                        "doubted UTC before",
                        "trusted UTC before",
                        "seen",
                        "doubted")
                    .search(SEED, 2_000, 16, 8))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("describes itself alike, and differs");
  }
}
