// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.api.control.Offer;
import org.hanota.api.control.WanLink;
import org.hanota.api.node.Driver;
import org.hanota.api.node.NodeEvent;
import org.hanota.api.transport.InProcessNetwork;
import org.hanota.api.transport.Transport;
import org.hanota.api.zcl.Clusters;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.payload.FirmwareTransferAlert;
import org.hanota.testing.VirtualClock;
import org.junit.jupiter.api.Test;

/** What a hub has for its head end goes over a link that may fail. */
class HubWanTest {
  /** A link that fails a number of times. */
  private static final class Failing implements WanLink {
    final List<Octets> sent = new ArrayList<>();
    int failures;

    @Override
    public void open(Receiver receiver) {}

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

  private final VirtualClock clock = new VirtualClock();
  private final Failing link = new Failing();
  private final Counter stores = new Counter(p -> p).inGbcs();
  private final List<NodeEvent> failures = new ArrayList<>();

  private Driver hub() {
    Transport transport =
        new InProcessNetwork(clock, SeededRandom.of(1, 0, 0), 1_000_000, 82, (frame, outcome) -> {})
            .attach(Counter.SELF, Set.of(Clusters.OTA_UPGRADE));
    HubConfig config =
        HubConfig.builder(Counter.SELF).gbcs(stores.gbcs).parameters(stores.parameters).build();
    HubWan wan = new HubWan(link, 1);
    Driver hub =
        HubNode.of(config, stores.images, stores.transfers)
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
    return hub;
  }

  private static boolean isAlert(Octets message) {
    return Message.parse(message).payload() instanceof FirmwareTransferAlert;
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
    clock.advanceMillis(600_000);
    assertThat(link.sent).hasSize(1).allMatch(HubWanTest::isAlert);
    assertThat(failures).hasSize(2);
    hub.input(new HubInput.ImagesChanged());
    assertThat(stores.transfers.waiting()).isEmpty();
  }

  @Test
  void anAlertIsKnownToHaveGoneOnlyAfterItsCall() {
    Driver hub = hub();
    hub.input(new HubInput.Start(Offer.of(Counter.device(1), Counter.IMAGE)));
    hub.input(new HubInput.Abort(Counter.device(1).address(), "tester: a test"));
    assertThat(link.sent).hasSize(1);
    assertThat(stores.transfers.waiting()).hasSize(1);
    hub.input(new HubInput.ImagesChanged());
    assertThat(stores.transfers.waiting()).isEmpty();
  }
}
