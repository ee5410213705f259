// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import java.util.Optional;
import org.hanota.api.machine.Machine;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.bank.InMemoryImageBank;
import org.hanota.gbcs.CounterStore;
import org.hanota.gbcs.InMemoryCounterStore;
import org.hanota.hub.catalogue.ImageStore;
import org.hanota.hub.catalogue.InMemoryImageStore;
import org.hanota.hub.store.InMemoryTransferStore;
import org.hanota.hub.store.TransferStore;
import org.hanota.keys.P256PublicKey;
import org.hanota.otaformat.Verifier;
import org.hanota.sim.kernel.Draws;
import org.hanota.sim.kernel.NodeClock;
import org.hanota.sim.link.LinkModel;

/** What the nodes of a home have besides their machines; asked for once for each home. */
public interface Fittings {
  /** Storage in memory, and firmware that works. */
  Fittings IN_MEMORY = new Fittings() {};

  /** A device's storage, which outlives its restarts. */
  default ImageBank bank(DevicePlan plan) {
    return new InMemoryImageBank(plan.slotOctets(), plan.running());
  }

  /**
   * A file that a scenario names.
   *
   * @throws IllegalArgumentException if there is none
   */
  default NamedFile file(String path) {
    throw new IllegalArgumentException("image.file is " + path + ", allowed none: no files here");
  }

  /**
   * The public key in a file that a scenario names.
   *
   * @throws IllegalArgumentException if there is none
   */
  default P256PublicKey key(String path) {
    throw new IllegalArgumentException("image.key is " + path + ", allowed none: no files here");
  }

  /** What a device checks. */
  default Verifier verifier(DevicePlan plan) {
    return plan.verifier();
  }

  /** What a device's machine gets instead of its storage, which the checks go on to read. */
  default ImageBank seen(ImageBank bank) {
    return bank;
  }

  /** A device's message counters, which outlive its restarts. */
  default CounterStore counters(DevicePlan plan) {
    return new InMemoryCounterStore();
  }

  /** What a device's machine gets instead of its counters, which the checks go on to read. */
  default CounterStore seen(CounterStore counters) {
    return counters;
  }

  /** The hub's images; those of the scenario are put into it. */
  default ImageStore images() {
    return new InMemoryImageStore();
  }

  /** The hub's memory of its devices. */
  default TransferStore transfers() {
    return new InMemoryTransferStore();
  }

  /** A device's clock, which goes on while the device is off. */
  default NodeClock clock(DevicePlan plan) {
    return NodeClock.set(Home.UTC_START_MILLIS, 0);
  }

  /** Who hears the draws of the home's random streams. */
  default Optional<Draws> draws() {
    return Optional.empty();
  }

  /** What judges the home's frames, given the models of its scenario. */
  default LinkModel links(LinkModel links) {
    return links;
  }

  /** What runs as the hub instead of it. */
  default Machine hub(Machine hub) {
    return hub;
  }

  /** Who is at the far end of the WAN, in a scenario that has somebody there. */
  default HomeHeadEnd headEnd(HomeHeadEnd.Site site) {
    return site.isReal()
        ? new ScriptedHeadEnd(site, (from, to, xml, utcMillis) -> {})
        : new HeadEndStandIn(site);
  }

  /** Whether a device's new image works, asked at each of its trials. */
  default boolean selfTest(DevicePlan plan) {
    return true;
  }
}
