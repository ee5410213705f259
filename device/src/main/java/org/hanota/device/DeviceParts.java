// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.hanota.api.SeededRandom;
import org.hanota.api.machine.Timers;
import org.hanota.device.activation.Activations;
import org.hanota.device.activation.ImageCheck;
import org.hanota.device.activation.UpgradeEnd;
import org.hanota.device.activation.UpgradeTime;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.download.Downloads;
import org.hanota.device.download.Offers;
import org.hanota.device.gbcs.GbcsEndpoint;
import org.hanota.device.journal.DeviceJournal;
import org.hanota.device.search.Notifications;
import org.hanota.device.search.Queries;
import org.hanota.device.search.Server;

/** The parts of a device, each of which owns its state, and how they are joined. */
final class DeviceParts {
  private final DeviceConfig config;
  private final Timers<DeviceTimer> timers = new Timers<>(DeviceTimer.class);
  private final DeviceJournal journal;
  private final Server server;
  private final Queries queries;
  private final Notifications notifications;
  private final Offers offers;
  private final Downloads downloads;
  private final ImageCheck check;
  private final UpgradeTime time;
  private final UpgradeEnd end;
  private final Activations activations;
  private final PowerReserve power;
  private final Optional<GbcsEndpoint> gbcs;

  DeviceParts(
      DeviceConfig config,
      ImageBank bank,
      SeededRandom random,
      BooleanSupplier selfTest,
      PowerSource power) {
    this.config = config;
    this.power = new PowerReserve(config, power);
    journal = new DeviceJournal(config, bank);
    server = new Server(config, timers);
    queries = new Queries(config, journal, server, timers, random);
    notifications = new Notifications(journal, random);
    offers = new Offers(config, bank, journal, queries, server);
    downloads = new Downloads(config, bank, journal, server, timers);
    check = new ImageCheck(config, bank, journal);
    time = new UpgradeTime(config.parameters(), journal, timers);
    end = new UpgradeEnd(config, server, queries, time, timers);
    gbcs = config.gbcs().map(identity -> new GbcsEndpoint(config, identity, bank, journal, timers));
    activations = new Activations(config, bank, journal, check, gbcs, selfTest);
  }

  DeviceConfig config() {
    return config;
  }

  Timers<DeviceTimer> timers() {
    return timers;
  }

  DeviceJournal journal() {
    return journal;
  }

  Server server() {
    return server;
  }

  Queries queries() {
    return queries;
  }

  Notifications notifications() {
    return notifications;
  }

  Offers offers() {
    return offers;
  }

  Downloads downloads() {
    return downloads;
  }

  ImageCheck check() {
    return check;
  }

  UpgradeTime time() {
    return time;
  }

  UpgradeEnd end() {
    return end;
  }

  Activations activations() {
    return activations;
  }

  PowerReserve power() {
    return power;
  }

  Optional<GbcsEndpoint> gbcs() {
    return gbcs;
  }
}
