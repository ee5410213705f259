// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.control.Offer;
import org.hanota.api.control.Phase;
import org.hanota.api.control.UpgradeTime;
import org.hanota.api.control.WanLink;
import org.hanota.api.machine.PowerLost;
import org.hanota.api.node.Driver;
import org.hanota.api.node.NodeEvent;
import org.hanota.api.transport.Transport;
import org.hanota.api.zcl.Clusters;
import org.hanota.gbcs.GroupingHeader;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.payload.ActivateFirmware;
import org.hanota.gbcs.payload.FirmwareTransferAlert;
import org.hanota.gbcs.payload.MessageCode;
import org.hanota.hub.store.TransferStore;
import org.hanota.keys.Sha256;
import org.hanota.testing.InProcessNetwork;
import org.hanota.testing.VirtualClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a hub has for its head end goes over a link that may fail. */
class HubWanTest {
  /** A link that fails a number of times. */
  private static final class Failing implements WanLink {
    final List<Octets> sent = new ArrayList<>();
    final List<String> ends = new ArrayList<>();
    int failures;
    private @Nullable Receiver hub;

    @Override
    public void open(Receiver receiver) {
      hub = receiver;
    }

    void heard(Octets message) {
      requireNonNull(hub).onHeard(Sha256.of(message));
    }

    void deliver(long number, WanLink.Load load) {
      requireNonNull(hub).onDelivery(new WanLink.Delivery(number, REQUEST, load));
    }

    @Override
    public void ended(long number, End end) {
      ends.add(number + " " + end);
    }

    @Override
    public void send(Octets message) {
      if (failures > 0) {
        failures--;
        throw new UncheckedIOException(new IOException("no route to the head end"));
      }
      sent.add(message);
    }

    @Override
    public void want(Eui64 device, ImageId part) {}

    @Override
    public void close() {}
  }

  private static final String REQUEST = "90-B3-D5-1F-30-01-00-00:00-DB-12-34-56-78-90-A0:1000";

  private static final Octets COMMAND =
      Message.of(
              GroupingHeader.command(
                  MessageCode.CS06, 1, Eui64.of(77), Counter.device(1).address()),
              new ActivateFirmware.Command(
                  Octets.wrap(new byte[32]), 1, new ActivateFirmware.Activation.Now()))
          .octets();

  private final VirtualClock clock = new VirtualClock();
  private final Failing link = new Failing();
  private final Counter stores = new Counter(p -> p).inGbcs();
  private final List<NodeEvent> failures = new ArrayList<>();
  private boolean cutNext;

  private Driver hub() {
    Transport transport =
        new InProcessNetwork(clock, 1_000_000, 82, frame -> {})
            .attach(Counter.SELF, Set.of(Clusters.OTA_UPGRADE));
    HubConfig config =
        HubConfig.builder(Counter.SELF).gbcs(stores.gbcs).parameters(stores.parameters).build();
    HubWan wan = new HubWan(link, 1);
    Driver hub =
        HubNode.of(config, stores.images, cutting())
            .on(transport, clock, clock)
            .listener(
                (now, event) -> {
                  if (event instanceof NodeEvent failed) {
                    failures.add(failed);
                  }
                })
            .build();
    hub.connect(wan);
    hub.start();
    wan.open(hub::input);
    return hub;
  }

  /** The hub's store, from which the power goes at the next save if {@link #cutNext} says so. */
  private TransferStore cutting() {
    return (TransferStore)
        Proxy.newProxyInstance(
            TransferStore.class.getClassLoader(),
            new Class<?>[] {TransferStore.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("save") && cutNext) {
                cutNext = false;
                throw new PowerLost("before a save");
              }
              return method.invoke(stores.transfers, arguments);
            });
  }

  private static boolean isAlert(Octets message) {
    return Message.parse(message).payload() instanceof FirmwareTransferAlert;
  }

  @Test
  void whatIsCutBeforeItIsKeptComesAgainAndIsSaidToBeKeptOnce() {
    Driver hub = hub();
    hub.input(new HubInput.Start(Offer.of(Counter.device(1), Counter.IMAGE)));
    cutNext = true;
    link.deliver(7, new WanLink.Load.Command(COMMAND));
    clock.advanceMillis(600_000);
    assertThat(link.ends).isEmpty();
    link.deliver(7, new WanLink.Load.Command(COMMAND));
    assertThat(link.ends).containsExactly("7 Kept[]");
    assertThat(stores.transfers.waiting().get(Counter.device(1))).containsExactly(COMMAND);
  }

  @Test
  void whatComesTwiceIsActedOnOnceAndItsEndIsSaidTwiceAlsoAfterARestart() {
    Driver hub = hub();
    hub.input(new HubInput.Start(Offer.of(Counter.device(1), Counter.IMAGE)));
    link.deliver(7, new WanLink.Load.Command(COMMAND));
    link.deliver(7, new WanLink.Load.Command(COMMAND));
    hub.restart(1_000_000);
    clock.advanceMillis(10);
    link.deliver(7, new WanLink.Load.Command(COMMAND));
    assertThat(link.ends).containsExactly("7 Kept[]", "7 Kept[]", "7 Kept[]");
    assertThat(stores.transfers.waiting().get(Counter.device(1))).containsExactly(COMMAND);
    link.deliver(8, new WanLink.Load.Command(COMMAND));
    assertThat(stores.transfers.waiting().get(Counter.device(1))).hasSize(2);
  }

  @Test
  void anImageThatComesAgainAfterItsUpdateBeginsNothing() {
    Driver hub = hub();
    WanLink.Load image =
        new WanLink.Load.Image(
            "image", Counter.FILE, List.of(Counter.device(1).address()), new UpgradeTime.Now());
    link.deliver(1, image);
    hub.input(new HubInput.Abort(Counter.device(1).address(), "tester: a test"));
    assertThat(phase(hub)).isEqualTo(Phase.FAILED);
    link.deliver(1, image);
    assertThat(phase(hub)).isEqualTo(Phase.FAILED);
    assertThat(link.ends).containsExactly("1 Kept[]", "1 Kept[]");
  }

  private static Phase phase(Driver hub) {
    return hub.inspect(machine -> ((RestingHub) machine).working().orElseThrow().status())
        .orElseThrow()
        .devices()
        .get(0)
        .phase();
  }

  @Test
  void whatAHubCannotTakeIsRefusedForItsReason() {
    hub();
    link.deliver(1, new WanLink.Load.Command(COMMAND));
    link.deliver(2, new WanLink.Load.Command(Octets.fromHex("00")));
    link.deliver(
        3,
        new WanLink.Load.Image(
            "letter",
            Octets.fromHex("00".repeat(100)),
            List.of(Counter.device(1).address()),
            new UpgradeTime.Held()));
    assertThat(link.ends).hasSize(3).allMatch(end -> end.contains("Refused"));
    assertThat(link.ends.get(0)).contains("no device " + Counter.device(1).address());
    assertThat(link.ends.get(2)).contains("offset 0");
  }

  @Test
  void anAlertThatTheLinkDoesNotTakeIsKeptAndSentAgain() {
    Driver hub = hub();
    hub.input(new HubInput.Start(Offer.of(Counter.device(1), Counter.IMAGE)));
    link.failures = 2;
    hub.input(new HubInput.Abort(Counter.device(1).address(), "tester: a test"));
    assertThat(link.sent).isEmpty();
    hub.input(new HubInput.ImagesChanged());
    assertThat(stores.transfers.waiting()).isNotEmpty();
    clock.advanceMillis(200_000);
    assertThat(link.sent).hasSize(1).allMatch(HubWanTest::isAlert);
    assertThat(failures).hasSize(2);
    link.heard(link.sent.get(0));
    hub.input(new HubInput.ImagesChanged());
    assertThat(stores.transfers.waiting()).isEmpty();
  }

  @Test
  void anAlertIsSaidAgainUntilItIsHeard() {
    Driver hub = hub();
    hub.input(new HubInput.Start(Offer.of(Counter.device(1), Counter.IMAGE)));
    hub.input(new HubInput.Abort(Counter.device(1).address(), "tester: a test"));
    clock.advanceMillis(299_999);
    assertThat(link.sent).hasSize(1);
    clock.advanceMillis(1);
    assertThat(link.sent).hasSize(2).containsOnly(link.sent.get(0));
    link.heard(COMMAND);
    assertThat(stores.transfers.waiting()).hasSize(1);
    link.heard(link.sent.get(0));
    assertThat(stores.transfers.waiting()).isEmpty();
    clock.advanceMillis(3_600_000);
    assertThat(link.sent).hasSize(2);
  }
}
