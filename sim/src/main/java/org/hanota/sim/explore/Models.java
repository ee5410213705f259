// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.explore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.ImageId;
import org.hanota.api.ImageType;
import org.hanota.api.Octets;
import org.hanota.api.machine.Machine;
import org.hanota.api.machine.Peer;
import org.hanota.device.DeviceConfig;
import org.hanota.device.DeviceParameter;
import org.hanota.device.DeviceParameters;
import org.hanota.device.DeviceType;
import org.hanota.device.bank.ImageBank;
import org.hanota.hub.HubConfig;
import org.hanota.hub.HubParameter;
import org.hanota.hub.HubParameters;
import org.hanota.hub.catalogue.StoredImage;
import org.hanota.otaformat.FileKind;
import org.hanota.otaformat.HardwareVersionRange;
import org.hanota.otaformat.ImageParts;
import org.hanota.otaformat.IntegrityCode;
import org.hanota.otaformat.OtaHeader;
import org.hanota.otaformat.Verifier;
import org.hanota.otaformat.ZigBeeFile;

/** The models that can be explored. */
public enum Models {
  /** One image, to run as soon as it can. */
  BLOCK("an image of 3 blocks, to run at once"),
  /** One image to run later; a cancel and a second offer. */
  ACTIVATION(
      "an image of 3 blocks, to run 10 minutes later; at any time, or never, a cancel and an offer"
          + " of a later image of 3 blocks, to run at once"),
  /** One image in two files. */
  PARTS("an image in 2 files of 3 blocks each, to run at once");

  private static final Peer HUB = new Peer(new Eui64(0x00DB1234567890A2L), 1);
  private static final Peer DEVICE = new Peer(new Eui64(0x00DB123456789100L), 1);
  private static final ImageType TYPE = new ImageType(0x0100);
  private static final HardwareVersionRange HARDWARE = HardwareVersionRange.of(0x0100, 0x01FF);
  private static final HardwareVersionRange OTHER = HardwareVersionRange.of(0x0200, 0x02FF);
  private static final int BLOCKS = 3;
  private static final int FIRMWARE_OCTETS = 55;
  private static final int PARTED_FIRMWARE_OCTETS = 130;
  private static final long LATER_MS = 600_000;

  private static final FileVersion BEFORE = new FileVersion(1);
  private static final FileVersion FIRST = new FileVersion(2);
  private static final FileVersion SECOND = new FileVersion(3);

  private final String about;

  Models(String about) {
    this.about = about;
  }

  /** What is in it, for people. */
  public String about() {
    return about;
  }

  /** The model as it is. */
  public Model model() {
    return model(Faults.NONE);
  }

  /** What a test may plant. */
  record Faults(
      UnaryOperator<Machine> hub,
      UnaryOperator<Machine> device,
      UnaryOperator<ImageBank> bank,
      UnaryOperator<DeviceConfig.Builder> config,
      Verifier verifier,
      FileVersion running,
      boolean isGood) {
    static final Faults NONE =
        new Faults(
            UnaryOperator.identity(),
            UnaryOperator.identity(),
            UnaryOperator.identity(),
            UnaryOperator.identity(),
            Verifier.integrityCode(),
            BEFORE,
            true);

    Faults hub(UnaryOperator<Machine> fault) {
      return new Faults(fault, device, bank, config, verifier, running, isGood);
    }

    Faults device(UnaryOperator<Machine> fault) {
      return new Faults(hub, fault, bank, config, verifier, running, isGood);
    }

    Faults bank(UnaryOperator<ImageBank> fault) {
      return new Faults(hub, device, fault, config, verifier, running, isGood);
    }

    Faults config(UnaryOperator<DeviceConfig.Builder> fault) {
      return new Faults(hub, device, bank, fault, verifier, running, isGood);
    }

    Faults verifier(Verifier fault) {
      return new Faults(hub, device, bank, config, fault, running, isGood);
    }

    Faults running(FileVersion other) {
      return new Faults(hub, device, bank, config, verifier, other, isGood);
    }

    Faults failsItsTest() {
      return new Faults(hub, device, bank, config, verifier, running, false);
    }
  }

  private static Octets file(FileVersion version, HardwareVersionRange hardware, int octets) {
    byte[] firmware = new byte[octets];
    for (int i = 0; i < octets; i++) {
      firmware[i] = (byte) (i + version.value());
    }
    OtaHeader header =
        OtaHeader.of(new ImageId(DeviceConfig.SAMPLE_MANUFACTURER, TYPE, version))
            .withHardwareVersions(hardware);
    Octets whole =
        octets(
            ZigBeeFile.builder(header)
                .upgradeImage(Octets.wrap(firmware))
                .integrityCode(IntegrityCode.Range.TAG_EXCLUDED)
                .build());
    return whole;
  }

  private static Octets octets(ZigBeeFile file) {
    return file.octets().octets(0, (int) file.octets().size());
  }

  /** The model with what a test plants. */
  Model model(Faults faults) {
    Octets first = file(FIRST, HARDWARE, this == PARTS ? PARTED_FIRMWARE_OCTETS : FIRMWARE_OCTETS);
    Octets second = file(SECOND, HARDWARE, FIRMWARE_OCTETS);
    OtaHeader header = OtaHeader.read(first);
    Map<ImageId, Octets> files = new HashMap<>();
    List<Octets> stored = new ArrayList<>();
    int blockOctets = 0;
    if (this == PARTS) {
      for (ZigBeeFile part : ImageParts.split(first, header, 300)) {
        stored.add(octets(part));
      }
    } else {
      stored.add(first);
    }
    if (this == ACTIVATION) {
      stored.add(second);
    }
    for (Octets file : stored) {
      files.put(OtaHeader.read(file).image(), file);
      blockOctets = Math.max(blockOctets, (file.length() + BLOCKS - 1) / BLOCKS);
    }
    // The same for other hardware: never to be offered.
    stored.add(file(SECOND, OTHER, FIRMWARE_OCTETS));
    HubConfig hub =
        HubConfig.builder(HUB)
            .parameters(HubParameters.DEFAULT.with(HubParameter.SERVES_UNASKED, false))
            .build();
    List<StoredImage> images = new ArrayList<>();
    for (Octets file : stored) {
      images.add(
          StoredImage.check(
              "image " + (images.size() + 1),
              file,
              FileKind.ZIGBEE,
              hub.parameters().maximumImageOctets()));
    }
    DeviceParameters parameters =
        DeviceParameters.DEFAULT
            .with(DeviceParameter.QUERY_START_JITTER, 0)
            .with(DeviceParameter.MAXIMUM_DATA_SIZE, blockOctets);
    DeviceConfig device =
        faults
            .config()
            .apply(
                DeviceConfig.builder(DEVICE.address(), DeviceType.IHD, faults.verifier())
                    .takes(header)
                    .parameters(parameters))
            .build();
    HubNode.Setup hubSetup =
        new HubNode.Setup(hub, images, Map.copyOf(files), orders(), faults.hub());
    DeviceNode.Setup deviceSetup =
        new DeviceNode.Setup(
            device,
            faults.running(),
            Math.max(first.length(), second.length()),
            this == ACTIVATION ? Map.of(FIRST, first, SECOND, second) : Map.of(FIRST, first),
            faults.isGood(),
            faults.bank(),
            faults.device());
    List<String> texts = orders().stream().map(HubNode.Order::text).toList();
    return new Model(
        toString(),
        about,
        () -> new HubNode(hubSetup, stored),
        () -> new DeviceNode(deviceSetup),
        texts.subList(0, 1),
        texts.subList(1, texts.size()));
  }

  private List<HubNode.Order> orders() {
    ImageId first = new ImageId(DeviceConfig.SAMPLE_MANUFACTURER, TYPE, FIRST);
    if (this != ACTIVATION) {
      return List.of(
          new HubNode.Order.Give("offer of version 2, to run at once", DEVICE, first, 0));
    }
    return List.of(
        new HubNode.Order.Give("offer of version 2, to run in 10 minutes", DEVICE, first, LATER_MS),
        new HubNode.Order.Cancel("cancel", DEVICE),
        new HubNode.Order.Give(
            "offer of version 3, to run at once", DEVICE, first.withVersion(SECOND), 0));
  }

  @Override
  public String toString() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
