// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.THROWABLE;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
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
import org.hanota.api.zcl.Clusters;
import org.hanota.api.zcl.Direction;
import org.hanota.api.zcl.ImageBlockRequest;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.api.zcl.QueryNextImageRequest;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.Tunnelled;
import org.hanota.api.zcl.UpgradeEndRequest;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.bank.InMemoryImageBank;
import org.hanota.gbcs.CounterStore;
import org.hanota.gbcs.InMemoryCounterStore;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.payload.ActivateFirmware;
import org.hanota.gbcs.payload.ActivateFirmware.ActivateImageResponseCode;
import org.hanota.gbcs.payload.ActivateFirmware.Activation;
import org.hanota.testing.InProcessNetwork;
import org.hanota.testing.VirtualClock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An I/O error at any storage operation: the device says why, starts anew and is updated. */
class StorageFailsTest {
  private static final Peer DEVICE = new Peer(Desk.SELF, 1);

  /** A server that has one image and is always right, and the head end behind it. */
  private static final class Server implements Machine {
    private final boolean byCommand;
    private final ImageId image;
    private final Octets file;
    private long counter = 1_000;

    /** Commands that the device has said it carried out. */
    private int carriedOut;

    Server(boolean byCommand) {
      this.byCommand = byCommand;
      image = byCommand ? SignedFiles.image(0) : Desk.IMAGE;
      file = byCommand ? SignedFiles.octets(0) : Desk.FILE;
    }

    @Override
    public void onStart(Now now, Effects effects) {}

    @Override
    public void onReceive(Now now, Received received, Effects effects) {
      if (received.message() instanceof QueryNextImageRequest query) {
        effects.reply(
            received,
            query.current().fileVersion().equals(image.fileVersion())
                ? new QueryNextImageResponse.Refusal(ZclStatus.NO_IMAGE_AVAILABLE)
                : new QueryNextImageResponse.Success(image, file.length()),
            SendOptions.ACKNOWLEDGED);
      } else if (received.message() instanceof ImageBlockRequest request) {
        int from = (int) request.fileOffset();
        int length = Math.min(request.maximumDataSize(), file.length() - from);
        effects.reply(
            received,
            new ImageBlockResponse.Success(image, from, file.slice(from, length)),
            SendOptions.ACKNOWLEDGED);
      } else if (received.message() instanceof UpgradeEndRequest) {
        effects.reply(
            received,
            byCommand
                ? ActivationWorld.WAIT
                : new UpgradeEndResponse(image, ZigBeeTime.ZERO, ZigBeeTime.ZERO),
            SendOptions.ACKNOWLEDGED);
        if (byCommand) {
          Order order =
              new Order(Order.Defect.NONE, ++counter, SignedFiles.hash(0), new Activation.Now());
          effects.send(
              received.source(),
              new Tunnelled(Direction.CLIENT_TO_SERVER, 1, order.octets()),
              SendOptions.ACKNOWLEDGED);
        }
      } else if (received.message() instanceof Tunnelled message
          && Message.parse(message.octets()).payload()
              instanceof ActivateFirmware.ExecutionOutcome outcome
          && outcome.activateImageResponseCode() == ActivateImageResponseCode.SUCCESS) {
        carriedOut++;
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
  private Map<String, Integer> operations = Map.of();

  /** One update of a device with this storage. */
  private void update(DeviceConfig config, ImageBank bank, Server machine) {
    events.clear();
    VirtualClock clock = new VirtualClock();
    InProcessNetwork network = new InProcessNetwork(clock, 1_000_000, 82, frame -> {});
    try (Driver server =
            Driver.builder(
                    new NodeConfig(Desk.HUB, Clusters.PROFILE_SMART_ENERGY, true, false),
                    () -> machine,
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

  private static DeviceParameters parameters(DeviceParameters right) {
    return right
        .with(DeviceParameter.JOURNAL_OCTETS, 200)
        .with(DeviceParameter.QUERY_INTERVAL, 60_000)
        .with(DeviceParameter.QUERY_START_JITTER, 1_000);
  }

  private void updateWith(boolean byCommand, FailingStorage storage) {
    ImageBank works = new InMemoryImageBank(768_000, Desk.BEFORE);
    CounterStore counters = storage.counters(new InMemoryCounterStore());
    DeviceConfig config =
        byCommand
            ? new Desk(
                    DeviceType.HCALCS,
                    StorageFailsTest::parameters,
                    new SignedFiles.OnlySound(),
                    Order.config(DeviceType.HCALCS, counters))
                .config
            : new Desk(DeviceType.PPMID, StorageFailsTest::parameters).config;
    Server server = new Server(byCommand);
    update(config, storage.reads(storage.bank(works)), server);
    String where = storage.toString();
    assertThat(works.journal().running()).as(where).isEqualTo(server.image.fileVersion());
    assertThat(works.read(works.journal().active(), server.file.length()))
        .as(where)
        .isEqualTo(server.file);
    assertThat(events).as(where).anyMatch(UpdateEvent.Confirmed.class::isInstance);
    assertThat(server.carriedOut > 0).as(where).isEqualTo(byCommand);
    if (storage.hasFailed()) {
      assertThat(events)
          .as(where)
          .filteredOn(NodeEvent.Failed.class::isInstance)
          .singleElement()
          .extracting(event -> ((NodeEvent.Failed) event).cause(), THROWABLE)
          .hasRootCauseMessage("no space left on device");
    } else {
      operations = storage.operations();
    }
  }

  @ParameterizedTest
  @CsvSource({"false, 120", "true, 80"})
  void anErrorAtAnyOperationIsToldAndTheUpdateEnds(boolean byCommand, int least) {
    int failures =
        FailingStorage.atEachOperation(
            FailingStorage::withErrors, storage -> updateWith(byCommand, storage));
    System.out.println(
        "R7, device "
            + (byCommand ? "that a command activates" : "that its server activates")
            + ": "
            + failures
            + " failing operations of "
            + operations
            + ", every update ended");
    assertThat(failures).isGreaterThan(least);
  }
}
