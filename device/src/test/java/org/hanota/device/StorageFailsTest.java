// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.THROWABLE;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.api.ZigBeeTime;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Event;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Machine;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.Received;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.machine.SendResult;
import org.hanota.api.machine.StateWriter;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.node.Driver;
import org.hanota.api.node.NodeConfig;
import org.hanota.api.node.NodeEvent;
import org.hanota.api.transport.InProcessNetwork;
import org.hanota.api.zcl.Clusters;
import org.hanota.api.zcl.ImageBlockRequest;
import org.hanota.api.zcl.QueryNextImageRequest;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.UpgradeEndRequest;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.device.bank.ForwardingImageBank;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.bank.InMemoryImageBank;
import org.hanota.device.bank.Journal;
import org.hanota.device.bank.Slot;
import org.hanota.testing.VirtualClock;
import org.junit.jupiter.api.Test;

/** An I/O error at any storage operation: the device says why, starts anew and is updated. */
class StorageFailsTest {
  private static final Peer DEVICE = new Peer(Desk.SELF, 1);

  /** Fails once, at its n-th operation: instead of it, or after it. */
  private static final class Failing extends ForwardingImageBank {
    private int left;
    private final boolean before;

    Failing(ImageBank bank, int at, boolean before) {
      super(bank);
      this.left = at;
      this.before = before;
    }

    private void operation(String name, Runnable work) {
      left--;
      if (left == 0 && before) {
        throw new UncheckedIOException(name, new IOException("no space left on device"));
      }
      work.run();
      if (left == 0) {
        throw new UncheckedIOException(name, new IOException("no space left on device"));
      }
    }

    @Override
    public void save(Journal journal) {
      operation("save", () -> super.save(journal));
    }

    @Override
    public void erase(Slot slot, long fromOctet) {
      operation("erase", () -> super.erase(slot, fromOctet));
    }

    @Override
    public void write(Slot slot, long position, Octets data) {
      operation("write", () -> super.write(slot, position, data));
    }

    @Override
    public OctetSource read(Slot slot, long size) {
      OctetSource source = super.read(slot, size);
      return new OctetSource() {
        @Override
        public long size() {
          return source.size();
        }

        @Override
        public Octets octets(long offset, int length) {
          operation("read", () -> {});
          return source.octets(offset, length);
        }
      };
    }
  }

  /** A server that has one image and is always right. */
  private static final class Server implements Machine {
    @Override
    public void onStart(Now now, Effects effects) {}

    @Override
    public void onReceive(Now now, Received received, Effects effects) {
      if (received.message() instanceof QueryNextImageRequest query) {
        effects.reply(
            received,
            query.current().fileVersion().equals(Desk.IMAGE.fileVersion())
                ? new QueryNextImageResponse.Refusal(ZclStatus.NO_IMAGE_AVAILABLE)
                : new QueryNextImageResponse.Success(Desk.IMAGE, Desk.FILE.length()),
            SendOptions.ACKNOWLEDGED);
      } else if (received.message() instanceof ImageBlockRequest request) {
        int length =
            (int) Math.min(request.maximumDataSize(), Desk.FILE.length() - request.fileOffset());
        effects.reply(received, Desk.block(request.fileOffset(), length), SendOptions.ACKNOWLEDGED);
      } else if (received.message() instanceof UpgradeEndRequest) {
        effects.reply(
            received,
            new UpgradeEndResponse(Desk.IMAGE, ZigBeeTime.ZERO, ZigBeeTime.ZERO),
            SendOptions.ACKNOWLEDGED);
      }
    }

    @Override
    public void onSent(Now now, long sendId, SendResult result, Effects effects) {}

    @Override
    public void onInput(Now now, Input input, Effects effects) {}

    @Override
    public void onTimer(Now now, Effects effects) {}

    @Override
    public void describe(StateWriter out) {}
  }

  private final List<Event> events = new ArrayList<>();

  /** One update of a device with this bank; how many operations it took of those to fail. */
  private void update(ImageBank bank) {
    events.clear();
    VirtualClock clock = new VirtualClock();
    InProcessNetwork network =
        new InProcessNetwork(clock, SeededRandom.of(1, 0, 0), 1_000_000, 82, (frame, what) -> {});
    DeviceConfig config =
        new Desk(
                DeviceType.PPMID,
                p ->
                    p.with(DeviceParameter.JOURNAL_OCTETS, 200)
                        .with(DeviceParameter.QUERY_INTERVAL, 60_000)
                        .with(DeviceParameter.QUERY_START_JITTER, 1_000))
            .config;
    try (Driver server =
            Driver.builder(
                    new NodeConfig(Desk.HUB, Clusters.PROFILE_SMART_ENERGY, true, false),
                    Server::new,
                    network.attach(Desk.HUB, Set.of(Clusters.OTA_UPGRADE)),
                    clock,
                    clock)
                .build();
        Driver device =
            DeviceNode.of(config, bank, () -> true)
                .endpoint(DEVICE.endpoint())
                .on(network.attach(DEVICE, Set.of()), clock, clock)
                .listener((now, event) -> events.add(event))
                .build()) {
      server.start();
      device.start();
      clock.advanceMillis(3_600_000);
    }
  }

  @Test
  void anErrorAtAnyOperationIsToldAndTheUpdateEnds() {
    int failures = 0;
    for (boolean before : new boolean[] {true, false}) {
      for (int at = 1; ; at++) {
        ImageBank works = new InMemoryImageBank(768_000, Desk.BEFORE);
        Failing bank = new Failing(works, at, before);
        update(bank);
        assertThat(works.journal().running())
            .as("operation " + at + (before ? " instead" : " after"))
            .isEqualTo(Desk.IMAGE.fileVersion());
        assertThat(works.read(works.journal().active(), Desk.FILE.length())).isEqualTo(Desk.FILE);
        assertThat(events).anyMatch(UpdateEvent.Confirmed.class::isInstance);
        if (bank.left > 0) {
          break;
        }
        failures++;
        assertThat(events)
            .filteredOn(NodeEvent.Failed.class::isInstance)
            .singleElement()
            .extracting(event -> ((NodeEvent.Failed) event).cause(), THROWABLE)
            .hasRootCauseMessage("no space left on device");
      }
    }
    System.out.println(failures + " failing storage operations of one update survived");
    assertThat(failures).isGreaterThan(80);
  }
}
