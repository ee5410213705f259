// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.device;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.gbcs.Keys;
import org.hanota.device.DeviceType;
import org.hanota.device.GbcsConfig;
import org.hanota.gbcs.CounterStore;
import org.hanota.gbcs.InMemoryCounterStore;
import org.hanota.gbcs.file.FileCounterStore;
import org.hanota.gbcs.key.Certificate;
import org.hanota.gbcs.key.InMemoryKeyStore;
import org.hanota.gbcs.key.KeyUsage;
import org.hanota.gbcs.key.RemotePartyRole;
import org.hanota.gbcs.pem.PemFolder;
import org.jspecify.annotations.Nullable;

/** The keys and counters with which devices take part in GBCS, of a folder of {@code pki gbcs}. */
final class DeviceKeys {
  private static final String COUNTERS = ".counters";

  private final Path folder;
  private final InMemoryKeyStore keys;

  private DeviceKeys(Path folder, InMemoryKeyStore keys) {
    this.folder = folder;
    this.keys = keys;
  }

  static DeviceKeys read(Path folder) throws IOException {
    try {
      return new DeviceKeys(folder, PemFolder.read(folder));
    } catch (FormatException wrong) {
      throw CommandFailed.at(folder, wrong);
    }
  }

  /**
   * A device's part; empty for one that needs none and has no keys here.
   *
   * @param banks where its counters are kept, beside its bank; null for in memory
   */
  Optional<GbcsConfig> of(Eui64 device, DeviceType type, @Nullable Path banks) throws IOException {
    boolean hasKeys =
        keys.privateKey(device, KeyUsage.DIGITAL_SIGNATURE).isPresent()
            && keys.privateKey(device, KeyUsage.KEY_AGREEMENT).isPresent();
    if (!hasKeys && !type.activatedByCommand()) {
      return Optional.empty();
    }
    if (!hasKeys) {
      throw new CommandFailed(
          folder + ": has no " + device + "-ds.pem and -ka.pem with a .key beside each");
    }
    return Optional.of(
        new GbcsConfig(
            one(RemotePartyRole.SUPPLIER, "a supplier"),
            one(RemotePartyRole.ACCESS_CONTROL_BROKER, "an access control broker"),
            keys,
            counters(device, banks),
            GbcsConfig.receiptAlert(type),
            Keys.TUNNEL_ID));
  }

  private Eui64 one(RemotePartyRole role, String words) {
    List<Eui64> found =
        keys.certificates().stream()
            .filter(known -> known.role().equals(Optional.of(role)))
            .map(Certificate::subject)
            .distinct()
            .toList();
    if (found.size() != 1) {
      throw new CommandFailed(
          folder + ": holds certificates of " + found.size() + " of " + words + ", allowed one");
    }
    return found.get(0);
  }

  /** A bank whose counters are gone would take commands again that it has obeyed. */
  private static CounterStore counters(Eui64 device, @Nullable Path banks) throws IOException {
    if (banks == null) {
      return new InMemoryCounterStore();
    }
    Path file = banks.resolve(device + COUNTERS);
    if (!Files.exists(file) && Files.exists(banks.resolve(device.toString()))) {
      throw new CommandFailed(
          file
              + ": is missing, and the device's bank is there: old commands would pass again; put it"
              + " back, or name another --bank-dir");
    }
    try {
      return FileCounterStore.open(file);
    } catch (FormatException damaged) {
      throw CommandFailed.at(file, damaged);
    }
  }
}
