// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.hanota.api.Eui64;
import org.hanota.api.HardwareVersion;
import org.hanota.api.ImageId;
import org.hanota.api.ImageType;
import org.hanota.api.Octets;
import org.hanota.api.control.UpgradeTime;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.transport.Frame;
import org.hanota.api.zcl.Clusters;
import org.hanota.api.zcl.ImageBlockRequest;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.api.zcl.ImagePageRequest;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.ZclCodec;
import org.hanota.api.zcl.ZclFrame;
import org.hanota.api.zcl.ZclMessage;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.bank.Journal;
import org.hanota.device.bank.Slot;
import org.hanota.gbcs.Message;
import org.hanota.otaformat.FileKind;
import org.hanota.otaformat.GbMeterFile;
import org.hanota.otaformat.OtaFile;
import org.hanota.otaformat.OtaHeader;

/**
 * What must hold at every moment, checked from outside of the machines: from the frames on the air,
 * the events and the banks. The numbers are those of the design.
 */
final class Invariants {
  private final long seed;
  private final ZclCodec codec = new ZclCodec();
  private final Map<Eui64, Watched> devices = new TreeMap<>();
  private final CommandsSeen commands = new CommandsSeen();
  private long checks;

  private static final class Watched {
    final String name;
    final ImageId image;
    final Optional<HardwareVersion> hardware;
    final Octets served;
    final Map<ImageType, ImageFile> files = new TreeMap<>();
    final UpgradeTime when;
    final ImageBank bank;
    int maximumDataSize = -1;
    final boolean byCommand;
    final boolean mayGoBack;

    /** Images of offers that came with other octets than were sent. */
    final Set<ImageId> misheard = new HashSet<>();

    boolean verified;
    boolean activated;
    final Set<ImageId> asked = new HashSet<>();

    Watched(
        String name,
        ImageId image,
        Optional<HardwareVersion> hardware,
        Octets served,
        List<ImageFile> files,
        UpgradeTime when,
        boolean byCommand,
        boolean mayGoBack,
        ImageBank bank) {
      files.forEach(file -> this.files.put(file.image().imageType(), file));
      this.name = name;
      this.image = image;
      this.hardware = hardware;
      this.served = served;
      this.when = when;
      this.byCommand = byCommand;
      this.mayGoBack = mayGoBack;
      this.bank = bank;
    }
  }

  Invariants(long seed) {
    this.seed = seed;
  }

  void expect(
      Eui64 device,
      String name,
      ImageId image,
      Optional<HardwareVersion> hardware,
      Octets served,
      List<ImageFile> files,
      UpgradeTime when,
      boolean byCommand,
      boolean mayGoBack,
      ImageBank bank) {
    devices.put(
        device,
        new Watched(name, image, hardware, served, files, when, byCommand, mayGoBack, bank));
  }

  /** The bank as the device of that name gets it: each of its operations is checked. */
  ImageBank guarded(String name, ImageBank bank) {
    return guarded(name, bank, (before, after) -> {});
  }

  private ImageBank guarded(String name, ImageBank bank, BankGuard.Swaps swaps) {
    return new BankGuard(
        bank, (holds, invariant, what) -> check(holds, invariant, name, what), swaps);
  }

  /** The same; what is put in place is checked against what was sent to the device. */
  ImageBank guarded(Eui64 device, String name, ImageBank bank, LongSupplier utcMillis) {
    return guarded(
        name, bank, (before, after) -> swaps(device, before, after, utcMillis.getAsLong()));
  }

  /** A GBCS message left the head end, or reached it. */
  void headEnd(Message message) {
    commands.message(message);
  }

  /**
   * The slots change places, whatever the device says about it: to the image that was sent, for a
   * reason that the head end or the hub's operator gave, or back.
   */
  private void swaps(Eui64 address, Journal before, Journal after, long utcMillis) {
    Watched device = watched(address);
    if (after.boot() != Journal.Boot.SWAPPED) {
      check(before.boot().isTrial(), "I4", device, "goes back without a trial: " + after);
      return;
    }
    ImageId image = device.image.withVersion(after.running());
    check(image.equals(device.image), "I14", device, "swaps to " + image);
    check(!after.running().equals(before.running()), "I6", device, "swaps again to " + image);
    check(holds(device, before.inactive()), "I2", device, "swaps to what is not " + image);
    check(
        device.mayGoBack || after.running().compareTo(before.running()) > 0,
        "I5",
        device,
        "goes from " + before.running() + " to " + after.running());
    if (device.byCommand) {
      Octets hash = hash(device.served);
      check(commands.names(address, hash), "I2", device, "swaps to " + image + " without command");
      check(commands.allows(address, hash, utcMillis), "I6", device, "swaps at a wrong time");
    } else if (device.when instanceof UpgradeTime.At at) {
      check(utcMillis >= at.utcMillis(), "I6", device, "swaps before its time");
    }
  }

  private static Octets hash(Octets file) {
    return ((GbMeterFile) OtaFile.read(file, FileKind.GB_METER)).manufacturerImageHash();
  }

  /** At the end: no counter is beyond what the device was sent, so that the next command counts. */
  void counters(Eui64 device, OptionalLong stored) {
    check(
        stored.isEmpty()
            || stored.getAsLong() <= commands.lastCounter(device).orElse(Long.MIN_VALUE),
        "I13",
        watched(device),
        "has a counter that nobody sent: " + stored);
  }

  long checks() {
    return checks;
  }

  InvariantViolated violation(String invariant, String what) {
    return new InvariantViolated(invariant, what, seed);
  }

  private void check(boolean holds, String invariant, Watched device, String what) {
    check(holds, invariant, device.name, what);
  }

  private void check(boolean holds, String invariant, String name, String what) {
    checks++;
    if (!holds) {
      throw violation(invariant, name + " " + what);
    }
  }

  private Watched watched(Eui64 device) {
    Watched found = devices.get(device);
    if (found == null) {
      throw new AssertionError("no device " + device);
    }
    return found;
  }

  void event(Now now, UpdateEvent event) {
    Watched device = watched(event.device());
    if (event instanceof UpdateEvent.Started started) {
      // Whoever was told something else on the air may begin with it, but not end.
      check(
          device.misheard.contains(started.image()) || started.image().equals(device.image),
          "I9",
          device,
          "takes " + started.image());
      device.verified = false;
    } else if (event instanceof UpdateEvent.Verified verified) {
      check(bankIsServed(device), "I1", device, "verified what is not " + verified.image());
      device.verified = true;
    } else if (event instanceof UpdateEvent.Activating activating) {
      check(device.verified, "I2", device, "activates " + activating.image() + " unverified");
      check(bankIsServed(device), "I2", device, "activates what is not " + activating.image());
      check(!device.activated, "I6", device, "activates " + activating.image() + " twice");
      check(
          !(device.when instanceof UpgradeTime.At at) || now.utcMillis() >= at.utcMillis(),
          "I6",
          device,
          "activates " + activating.image() + " before its time");
      device.activated = true;
    } else if (event instanceof UpdateEvent.Confirmed confirmed) {
      check(device.activated, "I6", device, "runs " + confirmed.image() + " without activation");
    }
  }

  /** A device starts: what it had begun to activate and not put in place is void. (I6) */
  void started(Eui64 address) {
    Watched device = watched(address);
    Journal journal = device.bank.journal();
    check(
        !journal.running().equals(device.image.fileVersion()) || holds(device, journal.active()),
        "I2",
        device,
        "boots what is not " + journal.running());
    device.activated = journal.running().equals(device.image.fileVersion());
  }

  private static boolean bankIsServed(Watched device) {
    return holds(device, device.bank.journal().inactive());
  }

  private static boolean holds(Watched device, Slot slot) {
    int size = device.served.length();
    return device.bank.read(slot, size).octets(0, size).equals(device.served);
  }

  /**
   * A frame as it arrived.
   *
   * @param changed whether it is not what was sent: nobody is to blame for such an answer, and the
   *     answer to such a request is judged by what the hub heard
   */
  void frame(Eui64 address, boolean toDevice, Frame frame, boolean changed) {
    if (frame.clusterId() != Clusters.OTA_UPGRADE || ZclFrame.lacksHeader(frame.zcl())) {
      return;
    }
    Watched device = watched(address);
    ZclMessage message = codec.decode(frame.clusterId(), frame.zcl());
    if (changed && toDevice) {
      if (message instanceof QueryNextImageResponse.Success offer) {
        device.misheard.add(offer.image());
      }
    } else if (toDevice) {
      toDevice(device, message);
    } else if (message instanceof ImageBlockRequest request) {
      device.maximumDataSize = Math.max(device.maximumDataSize, request.maximumDataSize());
      device.asked.add(request.image());
    } else if (message instanceof ImagePageRequest request) {
      device.maximumDataSize = Math.max(device.maximumDataSize, request.maximumDataSize());
      device.asked.add(request.image());
    }
  }

  private void toDevice(Watched device, ZclMessage message) {
    if (message instanceof ImageBlockResponse.Success block) {
      long end = block.fileOffset() + block.data().length();
      // A late answer may be to a request that asked for more than the last one.
      check(
          block.data().length() <= device.maximumDataSize,
          "I8",
          device,
          "got " + block.data().length() + " octets, asked for " + device.maximumDataSize);
      check(end <= size(device, block.image()), "I8", device, "got octets past the file: " + end);
      // A late answer may be to the part before.
      check(device.asked.contains(block.image()), "I9", device, "got blocks of " + block.image());
    } else if (message instanceof QueryNextImageResponse.Success offer) {
      check(
          offer.image().equals(fileName(device, offer.image()))
              && offer.imageSizeOctets() == size(device, offer.image())
              && fits(device),
          "I9",
          device,
          "was offered " + offer.image());
    }
  }

  /** Octets of the file that the device is served by this name; 0 if there is none. */
  private static long size(Watched device, ImageId image) {
    ImageFile file = device.files.get(image.imageType());
    return file == null ? 0 : file.octets().length();
  }

  private static ImageId fileName(Watched device, ImageId image) {
    return new ImageId(
        device.image.manufacturerCode(),
        device.files.containsKey(image.imageType()) ? image.imageType() : device.image.imageType(),
        device.image.fileVersion());
  }

  private static boolean fits(Watched device) {
    return device.hardware.isEmpty()
        || OtaHeader.read(device.served)
            .hardwareVersions()
            .map(range -> range.contains(device.hardware.get()))
            .orElse(true);
  }
}
