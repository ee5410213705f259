// SPDX-License-Identifier: Apache-2.0
package org.hanota.conformance;

import static org.hanota.conformance.NotConformant.require;

import java.util.List;
import java.util.function.UnaryOperator;
import org.hanota.api.control.Phase;
import org.hanota.api.control.UpgradeTime;
import org.hanota.device.DeviceParameter;
import org.hanota.device.DeviceParameters;
import org.hanota.device.DeviceState;
import org.hanota.device.DeviceType;

/** Whole updates: the two machines on the transports under test. */
final class UpdateSuite {
  private static final UpgradeTime NOW = new UpgradeTime.Now();

  private UpdateSuite() {}

  static List<Check> checks() {
    return List.of(
        new Check("an image is downloaded and runs", h -> update(h, p -> p)),
        new Check("the same by pages", h -> update(h, p -> p.with(DeviceParameter.PAGE_SIZE, 512))),
        new Check("a held image is verified and waits", UpdateSuite::held),
        new Check("a transfer outlives restarts of both ends", UpdateSuite::restarts));
  }

  private static void update(Harness harness, UnaryOperator<DeviceParameters> change) {
    try (Update update = new Update(harness, DeviceType.PPMID, change)) {
      update.start(NOW);
      require(harness.await(() -> update.deviceRuns(Update.IMAGE)), "it does not run");
      require(update.bankIsServed(), "the bank is not the image that was served");
      update.queryNow();
      require(
          harness.await(() -> update.phase() == Phase.CONFIRMED),
          "the hub does not know; it says " + update.phase());
    }
  }

  private static void held(Harness harness) {
    try (Update update = new Update(harness, DeviceType.HCALCS, p -> p)) {
      update.start(new UpgradeTime.Held());
      require(
          harness.await(() -> update.state() == DeviceState.WAITING),
          "it does not wait; it is " + update.state());
      harness.settle();
      require(update.bankIsServed(), "the bank is not the image that was served");
      require(!update.deviceRuns(Update.IMAGE), "it runs without its command");
    }
  }

  private static void restarts(Harness harness) {
    try (Update update =
        new Update(harness, DeviceType.PPMID, p -> p.with(DeviceParameter.JOURNAL_OCTETS, 256))) {
      update.start(NOW);
      require(harness.await(() -> update.position() > Update.FILE.length() / 4), "no first part");
      update.restartDevice();
      require(harness.await(() -> update.position() > Update.FILE.length() / 2), "no second part");
      update.restartHub();
      require(harness.await(() -> update.deviceRuns(Update.IMAGE)), "it does not run");
      require(update.bankIsServed(), "the bank is not the image that was served");
    }
  }
}
