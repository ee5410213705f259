// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.fleet;

import java.util.List;
import java.util.Optional;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.transport.Frame;
import org.hanota.api.zcl.Clusters;
import org.hanota.device.DeviceParameter;
import org.hanota.device.DeviceParameters;
import org.hanota.device.DeviceType;
import org.hanota.sim.Home;
import org.hanota.sim.HomeReport;
import org.hanota.sim.SampleImages;
import org.hanota.sim.kernel.Purpose;
import org.hanota.sim.kernel.Streams;
import org.hanota.sim.link.Outcome;
import org.hanota.sim.radio.RadioSettings;
import org.hanota.sim.radio.Transmission;
import org.hanota.sim.scenario.LinkFault;
import org.hanota.sim.scenario.Radio;
import org.hanota.sim.scenario.Scenario;
import org.hanota.sim.scenario.ScenarioDevice;
import org.hanota.sim.scenario.Sleep;

/** A home of a fleet, each frame of it, by the real hub and device with all invariants checked. */
final class BlockHome implements Home.Listener {
  private static final int COMMAND = 2;
  private static final int REQUEST = 3;
  private static final int RESPONSE = 5;

  /** Octets of a sample's file that are no firmware. */
  private static final int IHD_OVERHEAD = 137;

  private long startedNanos = -1;
  private long endedNanos;
  private final TransferModel.Drawn drawn = new TransferModel.Drawn();

  private BlockHome() {}

  /** What the transfer of a home came to, and whether the device has its image. */
  record Result(TransferModel.Drawn transfer, boolean hasSucceeded, long exchanges) {}

  /** The scenario of one home whose device always listens. */
  static Scenario scenario(
      long seed,
      long home,
      DeviceType type,
      FleetImage image,
      LinkQuality quality,
      RadioSettings settings) {
    return scenario(seed, home, type, Optional.empty(), image, quality, settings);
  }

  /** The scenario of one home. */
  static Scenario scenario(
      long seed,
      long home,
      DeviceType type,
      Optional<Sleep> sleep,
      FleetImage image,
      LinkQuality quality,
      RadioSettings settings) {
    long own = Streams.of(seed, home).of(Purpose.FLEET_SCENARIO).nextLong();
    int firmware = (int) image.octets() - IHD_OVERHEAD;
    ScenarioDevice device =
        SampleImages.device(seed, type.label() + "-1", type, firmware)
            .with(
                DeviceParameters.DEFAULT.with(
                    DeviceParameter.MAXIMUM_DATA_SIZE, image.maximumDataSize()));
    if (sleep.isPresent()) {
      device = device.with(sleep.get());
    }
    Scenario.Builder builder = Scenario.builder(own).devices(device).radio(new Radio(settings, 0));
    if (quality.bursts().isPresent()) {
      builder.links(List.of(new LinkFault.Bursts(LinkFault.ANY, LinkFault.ANY, quality.states())));
    } else {
      builder.loss(quality.loss());
    }
    return builder.build();
  }

  static Result run(Scenario scenario) {
    BlockHome heard = new BlockHome();
    HomeReport report = Home.run(scenario, heard);
    heard.drawn.nanos = heard.endedNanos - heard.startedNanos;
    return new Result(heard.drawn, report.succeeded(), heard.exchanges);
  }

  private long exchanges;

  @Override
  public void event(long virtualNanos, String device, UpdateEvent event) {
    if (event instanceof UpdateEvent.Started && startedNanos < 0) {
      startedNanos = virtualNanos;
    }
  }

  @Override
  public void frame(
      long virtualNanos, String device, boolean toDevice, Frame frame, Outcome outcome) {
    if (toDevice && outcome == Outcome.DELIVERED && isCommand(frame, RESPONSE)) {
      endedNanos = virtualNanos;
    }
  }

  private static boolean isCommand(Frame frame, int command) {
    return frame.clusterId() == Clusters.OTA_UPGRADE && frame.zcl().at(COMMAND) == command;
  }

  @Override
  public void onAir(String from, String to, Transmission sent) {
    boolean isRequest = isCommand(sent.frame(), REQUEST);
    if (!isRequest && !isCommand(sent.frame(), RESPONSE)) {
      return;
    }
    long airtime = sent.endNanos() - sent.startNanos();
    if (from.equals(HUB)) {
      drawn.airtimeHub += airtime;
    } else {
      drawn.airtimeDevice += airtime;
    }
    drawn.repetitions += sent.repetition() > 0 ? 1 : 0;
    exchanges += isRequest && !sent.isAcknowledgement() && sent.repetition() == 0 ? 1 : 0;
  }
}
