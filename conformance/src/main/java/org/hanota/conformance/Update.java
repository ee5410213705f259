// SPDX-License-Identifier: Apache-2.0
package org.hanota.conformance;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.hanota.api.FileVersion;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.api.control.HubControl;
import org.hanota.api.control.HubStatus;
import org.hanota.api.control.Offer;
import org.hanota.api.control.Phase;
import org.hanota.api.control.UpgradeTime;
import org.hanota.api.node.Driver;
import org.hanota.device.DeviceConfig;
import org.hanota.device.DeviceInput;
import org.hanota.device.DeviceMachine;
import org.hanota.device.DeviceNode;
import org.hanota.device.DeviceParameter;
import org.hanota.device.DeviceParameters;
import org.hanota.device.DeviceState;
import org.hanota.device.DeviceType;
import org.hanota.device.bank.InMemoryImageBank;
import org.hanota.device.bank.Journal;
import org.hanota.hub.HubConfig;
import org.hanota.hub.HubNode;
import org.hanota.hub.HubParameter;
import org.hanota.hub.HubParameters;
import org.hanota.hub.HubService;
import org.hanota.hub.catalogue.InMemoryImageStore;
import org.hanota.hub.catalogue.StoredImage;
import org.hanota.hub.store.InMemoryTransferStore;
import org.hanota.otaformat.FileKind;
import org.hanota.otaformat.OtaHeader;
import org.hanota.otaformat.Verifier;
import org.hanota.otaformat.ZigBeeFile;

/** A hub and a device on the transports of a harness, and one image to be moved. */
final class Update implements AutoCloseable {
  static final ImageId IMAGE = ImageId.of(0x121D, 0x0080, 0x0101_0000L);
  static final Octets FILE = file();
  private static final int FIRMWARE_OCTETS = 8_000;
  private static final FileVersion BEFORE = new FileVersion(0x0100_0000L);

  private final Harness harness;
  private final InMemoryImageBank bank = new InMemoryImageBank(768_000, BEFORE);
  private final HubService service = new HubService();
  private final Driver hub;
  private final Driver device;

  private static Octets file() {
    ZigBeeFile file =
        ZigBeeFile.builder(OtaHeader.of(IMAGE))
            .upgradeImage(SeededRandom.of(1, 0, 0).octets(FIRMWARE_OCTETS))
            .build();
    return file.octets().octets(0, (int) file.octets().size());
  }

  Update(Harness harness, DeviceType type, UnaryOperator<DeviceParameters> change) {
    this.harness = harness;
    this.hub = hub(harness, service);
    service.attach(hub);
    this.device = device(harness, type, change.apply(DeviceParameters.DEFAULT), bank);
  }

  private static Driver hub(Harness harness, HubService service) {
    InMemoryImageStore images = new InMemoryImageStore();
    images.put(StoredImage.check("conformance.ota", FILE, FileKind.ZIGBEE, 768_000), FILE);
    InMemoryTransferStore transfers = new InMemoryTransferStore();
    HubConfig config =
        HubConfig.builder(harness.hub())
            .parameters(HubParameters.DEFAULT.with(HubParameter.SERVES_UNASKED, false))
            .build();
    return HubNode.of(config, images, transfers)
        .on(harness.hubSide(), harness.scheduler(), harness.time())
        .listener(service::listener)
        .jobs(harness.jobs())
        .build();
  }

  private static Driver device(
      Harness harness, DeviceType type, DeviceParameters parameters, InMemoryImageBank bank) {
    DeviceConfig config =
        DeviceConfig.builder(
                harness.device().address(),
                type,
                Verifier.headerAndSizeOnly("the suite compares the octets itself"))
            .model(IMAGE.manufacturerCode(), IMAGE.imageType())
            .parameters(
                parameters
                    .with(DeviceParameter.QUERY_INTERVAL, 60_000)
                    .with(DeviceParameter.QUERY_START_JITTER, 500))
            .build();
    return DeviceNode.of(config, bank, () -> true)
        .endpoint(harness.device().endpoint())
        .seed(1)
        .on(harness.deviceSide(), harness.scheduler(), harness.time())
        .jobs(harness.jobs())
        .build();
  }

  void start(UpgradeTime when) {
    hub.start();
    device.start();
    HubControl.Answer answer =
        service.start(new Offer(harness.device(), IMAGE, when, 100, Optional.empty()));
    NotConformant.require(
        answer instanceof HubControl.Answer.Accepted, "the offer was answered " + answer);
  }

  void queryNow() {
    device.input(new DeviceInput.QueryNow());
  }

  void restartDevice() {
    device.restart(1_000_000);
  }

  void restartHub() {
    hub.restart(1_000_000);
  }

  /** How many octets of the image the device has stored; zero while it is off. */
  long position() {
    OptionalLong stored =
        bank.journal().download().stream().mapToLong(Journal.Download::position).findFirst();
    return stored.orElse(0);
  }

  DeviceState state() {
    return device.inspect(machine -> ((DeviceMachine) machine).state()).orElse(DeviceState.IDLE);
  }

  boolean deviceRuns(ImageId image) {
    Journal journal = bank.journal();
    return journal.boot() == Journal.Boot.CONFIRMED
        && journal.running().equals(image.fileVersion());
  }

  boolean bankIsServed() {
    Journal journal = bank.journal();
    int size = FILE.length();
    return bank.read(deviceRuns(IMAGE) ? journal.active() : journal.inactive(), size)
        .octets(0, size)
        .equals(FILE);
  }

  Phase phase() {
    return service.status().devices().stream()
        .filter(entry -> entry.device().equals(harness.device()))
        .map(HubStatus.DeviceStatus::phase)
        .findFirst()
        .orElse(Phase.IDLE);
  }

  @Override
  public void close() {
    device.close();
    hub.close();
  }
}
