// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.hanota.headend.estate.Device;
import org.hanota.headend.estate.Listing;
import org.hanota.headend.estate.User;
import org.hanota.headend.store.RecordKinds;
import org.hanota.headend.store.Stored;

/**
 * What a file says that is read at each start. Kept beside what is known: only where the file says
 * something else than the last time does it change what was learned since. [hanota H111]
 */
final class EstateFileSays {
  /** What is kept of it. */
  static final RecordKinds KINDS =
      RecordKinds.none()
          .and("said device", SaidDevice.class)
          .and("said listing", SaidListing.class);

  private final DspParts parts;
  private final Registers registers;
  private final Map<String, Stored> saidLast = new HashMap<>();

  /** A device as the file had it last. */
  record SaidDevice(Device device) implements Stored {
    @Override
    public String key() {
      return "said " + device.key();
    }
  }

  /** An entry of the Central Products List as the file had it last. */
  record SaidListing(Listing listing) implements Stored {
    @Override
    public String key() {
      return "said " + listing.key();
    }
  }

  EstateFileSays(DspParts parts, Registers registers) {
    this.parts = parts;
    this.registers = registers;
  }

  /** Takes a record that was kept, if it is one of these. */
  boolean load(Stored record) {
    if (record instanceof SaidDevice || record instanceof SaidListing) {
      saidLast.put(record.key(), record);
      return true;
    }
    return false;
  }

  /** Replaces what was said last; empty if that was the same. */
  private <T extends Stored> Optional<Stored> replaced(T now) {
    Stored before = saidLast.put(now.key(), now);
    if (!now.equals(before)) {
      parts.put(now);
    }
    return Optional.ofNullable(before);
  }

  /** The file has this user. */
  void user(User user, DspCall call) {
    Optional<User> before = parts.estate().user(user.id());
    if (before.map(User::roles).filter(user.roles()::equals).isEmpty()) {
      registers.known(user);
      audit(user.key() + " has the roles " + user.roles(), call);
    }
  }

  /** The file has this entry. */
  void listing(Listing listing, DspCall call) {
    Optional<Stored> before = replaced(new SaidListing(listing));
    boolean isNews =
        before.map(said -> !said.equals(new SaidListing(listing))).orElse(true)
            && parts.estate().listings().stream().noneMatch(listing::equals);
    if (isNews) {
      registers.listed(listing, call);
    }
  }

  /** The file has this device. */
  void device(Device said, DspCall call) {
    Optional<Device> before =
        replaced(new SaidDevice(said)).map(SaidDevice.class::cast).map(SaidDevice::device);
    Optional<Device> known = parts.estate().device(said.id());
    if (known.isEmpty()) {
      if (!before.equals(Optional.of(said))) {
        // One that a user deleted stays away until the file says something new of it.
        parts.estate().put(said);
        audit(said.key() + " is new: " + said, call);
      }
      return;
    }
    Device now = merged(said, before.orElse(said), known.get());
    if (!now.equals(known.get())) {
      parts.estate().put(now);
      audit(said.key() + " is " + now + ", was " + known.get(), call);
    }
  }

  private static Device merged(Device said, Device before, Device known) {
    Merge merge = new Merge(said, before, known);
    return new Device(
        said.id(),
        merge.of(Device::type),
        merge.of(Device::standing),
        merge.of(Device::model),
        merge.of(Device::firmware),
        merge.of(Device::hub),
        merge.of(Device::responsible),
        merge.of(Device::capability));
  }

  private record Merge(Device said, Device before, Device known) {
    <T> T of(Function<Device, T> part) {
      return part.apply(said).equals(part.apply(before)) ? part.apply(known) : part.apply(said);
    }
  }

  private void audit(String what, DspCall call) {
    parts.audit(parts.config().self(), "by the estate's file, " + what, call);
  }
}
