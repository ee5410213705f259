// SPDX-License-Identifier: Apache-2.0
package org.hanota.bench.block;

import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.ImageId;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.Received;
import org.hanota.device.DeviceConfig;
import org.hanota.device.DeviceInput;
import org.hanota.device.DeviceMachine;
import org.hanota.device.DeviceParameter;
import org.hanota.device.DeviceParameters;
import org.hanota.device.DeviceState;
import org.hanota.device.DeviceType;
import org.hanota.hub.HubConfig;
import org.hanota.hub.HubMachine;
import org.hanota.hub.catalogue.InMemoryImageStore;
import org.hanota.hub.catalogue.StoredImage;
import org.hanota.hub.store.InMemoryTransferStore;
import org.hanota.otaformat.FileKind;
import org.hanota.otaformat.IntegrityCode;
import org.hanota.otaformat.OtaHeader;
import org.hanota.otaformat.Verifier;
import org.hanota.otaformat.ZigBeeFile;

/** A hub machine and a device machine with their codecs, and nothing between them but octets. */
final class Pair {
  static final int DATA_SIZE = 48;
  static final ImageId IMAGE = ImageId.of(0x121D, 0x0080, 0x0101_0000L);
  static final Octets FILE = octets(file());
  private static final int MAXIMUM_PAYLOAD = 82;
  private static final int FIRMWARE_OCTETS = 767_000;
  private static final Peer HUB = new Peer(new Eui64(0x00DB1234567890A2L), 1);
  private static final Peer DEVICE = new Peer(new Eui64(0x00DB123456789100L), 1);
  private static final FileVersion BEFORE = new FileVersion(0x0100_0000L);
  private static final Now NOW = new Now(1_000_000_000L, 1_767_225_600_000L);

  private final InMemoryImageStore images = new InMemoryImageStore();
  private final DeviceConfig config;
  private final boolean verifies;

  private static ZigBeeFile.Builder file() {
    return ZigBeeFile.builder(OtaHeader.of(IMAGE))
        .upgradeImage(SeededRandom.of(1, 0, 0).octets(FIRMWARE_OCTETS));
  }

  private static Octets octets(ZigBeeFile.Builder file) {
    OctetSource octets = file.build().octets();
    return octets.octets(0, (int) octets.size());
  }

  /** A pair whose transfers end with the last octet in the bank. */
  Pair() {
    this(FILE, Verifier.headerAndSizeOnly("the benchmark measures blocks"), false);
  }

  /** A pair whose device also verifies each image by its AES-MMO integrity code. */
  static Pair verifying() {
    return new Pair(
        octets(file().integrityCode(IntegrityCode.Range.TAG_EXCLUDED)),
        Verifier.integrityCode(),
        true);
  }

  private Pair(Octets file, Verifier verifier, boolean verifies) {
    this.verifies = verifies;
    images.put(StoredImage.check("bench.ota", file, FileKind.ZIGBEE, 768_000), file);
    config =
        DeviceConfig.builder(DEVICE.address(), DeviceType.PPMID, verifier)
            .model(IMAGE.manufacturerCode(), IMAGE.imageType())
            .parameters(DeviceParameters.DEFAULT.with(DeviceParameter.MAXIMUM_DATA_SIZE, DATA_SIZE))
            .build();
  }

  /** Exchanges of one whole transfer, from the first request to the last octet in the bank. */
  long transfer(FlatBank bank) {
    HubMachine hubMachine =
        new HubMachine(
            HubConfig.builder(HUB).build(),
            images,
            new InMemoryTransferStore(),
            peer -> MAXIMUM_PAYLOAD);
    DeviceMachine deviceMachine =
        new DeviceMachine(config, bank, SeededRandom.of(1, 0, 1), () -> true);
    DirectLink hub = new DirectLink(HUB);
    DirectLink device = new DirectLink(DEVICE);
    hubMachine.onStart(NOW, hub);
    deviceMachine.onStart(NOW, device);
    deviceMachine.onInput(NOW, new DeviceInput.QueryNow(), device);
    deviceMachine.onInput(NOW, new Input.ServerFound(HUB), device);
    // Each machine has its own caller, as in two processes of one role each.
    Received request = hub.receive(device);
    while (request != null) {
      hubMachine.onReceive(NOW, request, hub);
      Received response = device.receive(hub);
      if (response == null) {
        break;
      }
      deviceMachine.onReceive(NOW, response, device);
      if (deviceMachine.state() == DeviceState.ERASING) {
        deviceMachine.onInput(NOW, device.takeJob().work().get(), device);
      }
      request = hub.receive(device);
    }
    if (deviceMachine.state() != DeviceState.VERIFYING) {
      throw new AssertionError("the transfer stopped in " + deviceMachine.state());
    }
    if (verifies) {
      deviceMachine.onInput(NOW, device.takeJob().work().get(), device);
      if (deviceMachine.state() != DeviceState.ENDING) {
        throw new AssertionError("the verification ended in " + deviceMachine.state());
      }
    }
    return deviceMachine.counts().blocks();
  }

  static FlatBank bank() {
    return new FlatBank(768_000, BEFORE);
  }
}
