// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import java.nio.file.Path;
import java.util.List;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.transport.Frame;
import org.hanota.device.DeviceType;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.file.FileImageBank;
import org.hanota.hub.catalogue.ImageStore;
import org.hanota.hub.store.FileImageStore;
import org.hanota.hub.store.MvTransferStore;
import org.hanota.hub.store.TransferStore;
import org.hanota.sim.link.Outcome;
import org.hanota.sim.scenario.Scenario;

/**
 * A process of its own with one home on disk, made to be killed: tells of each step in a line, and
 * of its end. Started again in the same folder, it goes on.
 */
final class KilledHome implements Home.Listener, Fittings {
  static final String DONE = "DONE";
  static final String WRONG = "WRONG ";

  private final Path folder;

  private KilledHome(Path folder) {
    this.folder = folder;
  }

  static Scenario scenario(long seed) {
    return Scenario.builder(seed)
        .devices(
            SampleImages.device(seed, "ihd-1", DeviceType.IHD, 12_000),
            SampleImages.device(seed, "ppmid-1", DeviceType.PPMID, 12_000),
            SampleImages.device(seed, "hcalcs-1", DeviceType.HCALCS, 12_000))
        .loss(0.02)
        .build();
  }

  /**
   * @param arguments the folder and the seed
   */
  public static void main(String[] arguments) {
    KilledHome home = new KilledHome(Path.of(arguments[0]));
    HomeReport report = Home.run(scenario(Long.parseLong(arguments[1])), home, home);
    System.out.println(report.succeeded() ? DONE : WRONG + report.devices());
  }

  static Path bankFolder(Path folder, DevicePlan plan) {
    return folder.resolve(plan.name());
  }

  @Override
  public ImageBank bank(DevicePlan plan) {
    FileImageBank bank =
        FileImageBank.open(bankFolder(folder, plan), plan.slotOctets(), plan.running());
    wrong(bank.damage());
    return bank;
  }

  @Override
  public ImageStore images() {
    FileImageStore store = FileImageStore.open(folder.resolve("images"));
    wrong(store.repairs());
    System.out.println("images " + store.images().size());
    return store;
  }

  @Override
  public TransferStore transfers() {
    MvTransferStore store = MvTransferStore.open(folder.resolve("hub"));
    wrong(store.repairs());
    System.out.println("records " + store.records().size());
    return store;
  }

  /** A killed process leaves no damage behind. */
  private static void wrong(List<String> damage) {
    if (!damage.isEmpty()) {
      System.out.println(WRONG + damage);
    }
  }

  @Override
  public void event(long virtualNanos, String device, UpdateEvent event) {
    System.out.println(device + " " + event);
  }

  @Override
  public void frame(
      long virtualNanos, String device, boolean toDevice, Frame frame, Outcome outcome) {}
}
