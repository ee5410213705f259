// SPDX-License-Identifier: Apache-2.0
package org.hanota.bench.sim;

import java.util.ArrayList;
import java.util.List;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.zcl.Clusters;
import org.hanota.device.DeviceParameter;
import org.hanota.device.DeviceParameters;
import org.hanota.device.DeviceType;
import org.hanota.sim.Home;
import org.hanota.sim.HomeReport;
import org.hanota.sim.SampleImages;
import org.hanota.sim.radio.RadioCounts;
import org.hanota.sim.radio.RadioSettings;
import org.hanota.sim.radio.Transmission;
import org.hanota.sim.scenario.Radio;
import org.hanota.sim.scenario.Scenario;
import org.hanota.sim.scenario.ScenarioDevice;

/** A home of displays that take blocks of 50 octets over one channel, checked as every home is. */
final class SimulatedHome implements Home.Listener {
  static final int DATA = 50;

  /** What a file has besides its firmware. */
  private static final int OVERHEAD_OCTETS = 137;

  private static final int COMMAND = 2;
  private static final int REQUEST = 3;
  private static final int RESPONSE = 5;

  private long firstRequestNanos = -1;
  private long lastResponseNanos;
  private long exchanges;

  private SimulatedHome() {}

  /** What a run came to. */
  record Run(long exchanges, double millisPerExchange, RadioCounts radio) {}

  static Scenario scenario(Radio radio, long seed, int devices, int imageOctets, double loss) {
    List<ScenarioDevice> homes = new ArrayList<>();
    for (int i = 1; i <= devices; i++) {
      homes.add(
          SampleImages.device(seed, "ihd-" + i, DeviceType.IHD, imageOctets - OVERHEAD_OCTETS)
              .with(DeviceParameters.DEFAULT.with(DeviceParameter.MAXIMUM_DATA_SIZE, DATA)));
    }
    return Scenario.builder(seed).devices(homes).radio(radio).loss(loss).build();
  }

  static Run run(RadioSettings settings, long seed, int devices, int imageOctets, double loss) {
    return run(scenario(new Radio(settings, 0), seed, devices, imageOctets, loss));
  }

  static Run run(Scenario scenario) {
    SimulatedHome heard = new SimulatedHome();
    HomeReport report = Home.run(scenario, heard);
    if (!report.succeeded()) {
      throw new AssertionError("not updated: " + report.devices());
    }
    double millis = (heard.lastResponseNanos - heard.firstRequestNanos) / 1e6 / heard.exchanges;
    return new Run(heard.exchanges, millis, report.radio().orElseThrow());
  }

  @Override
  public void event(long virtualNanos, String device, UpdateEvent event) {}

  @Override
  public void onAir(String from, String to, Transmission sent) {
    if (sent.isAcknowledgement() || sent.frame().clusterId() != Clusters.OTA_UPGRADE) {
      return;
    }
    int command = sent.frame().zcl().at(COMMAND);
    if (command == REQUEST && !from.equals(HUB)) {
      firstRequestNanos = firstRequestNanos < 0 ? sent.startNanos() : firstRequestNanos;
      exchanges += sent.repetition() == 0 ? 1 : 0;
    } else if (command == RESPONSE && from.equals(HUB)) {
      lastResponseNanos = sent.endNanos();
    }
  }
}
