// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.node.NodeEvent;
import org.hanota.device.DeviceType;
import org.hanota.device.bank.ImageBank;
import org.hanota.gbcs.CounterStore;
import org.hanota.sim.scenario.Scenario;
import org.hanota.sim.scenario.ScenarioDevice;
import org.hanota.sim.scenario.Scripts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Each operation of a device's storage fails once: the device says why, starts again from what is
 * stored, and comes to its image.
 */
class FailingStorageTest {
  private static final long SEED = 5;
  private static final int FIRMWARE_OCTETS = 600;

  /** Hears of failures alone. */
  private static final class Failures implements Home.Listener {
    final List<NodeEvent.Failed> heard = new ArrayList<>();

    @Override
    public void event(long virtualNanos, String device, UpdateEvent event) {}

    @Override
    public void failed(long virtualNanos, String device, NodeEvent.Failed failure) {
      heard.add(failure);
    }
  }

  @ParameterizedTest
  @EnumSource(DeviceType.class)
  void whateverOperationFailsTheDeviceSaysWhyAndComesToItsImage(DeviceType type) {
    ScenarioDevice made = SampleImages.device(SEED, "x", type, FIRMWARE_OCTETS);
    Map<String, Integer> failed = new TreeMap<>();
    boolean reached = true;
    // The first is that of a device being made, whose failure its maker gets.
    for (long operation = 2; reached; operation++) {
      reached = false;
      for (StorageFault.Kind kind : StorageFault.Kind.values()) {
        StorageFault fault = new StorageFault(operation, kind);
        run(made, fault);
        if (!fault.failed().isEmpty()) {
          reached = true;
          failed.merge(fault.failed(), 1, Integer::sum);
        }
      }
    }
    System.out.println("storage that fails: " + type.label() + " " + failed);
    assertThat(failed).containsKeys("erase", "journal", "octets", "read", "save", "write");
    assertThat(type.activatedByCommand()).isEqualTo(failed.containsKey("store counter"));
  }

  private static void run(ScenarioDevice device, StorageFault fault) {
    Scenario.Builder scenario = Scenario.builder(SEED).devices(device);
    if (device.type().activatedByCommand()) {
      scenario.headEnd(Scripts::usual);
    }
    Failures failures = new Failures();
    HomeReport report =
        Home.run(
            scenario.build(),
            failures,
            new Fittings() {
              @Override
              public ImageBank seen(ImageBank bank) {
                return fault.in(bank);
              }

              @Override
              public CounterStore seen(CounterStore counters) {
                return fault.in(counters);
              }
            });
    DeviceReport updated = report.devices().get(0);
    assertThat(updated.outcome())
        .as(fault.failed() + ": " + updated.detail())
        .isEqualTo(DeviceReport.Outcome.CONFIRMED);
    assertThat(updated.equal()).as(fault.failed()).isTrue();
    assertThat(failures.heard).hasSize(fault.failed().isEmpty() ? 0 : 1);
    failures.heard.forEach(
        failure -> assertThat(failure.cause()).hasMessageContaining(fault.failed() + " fails"));
  }
}
