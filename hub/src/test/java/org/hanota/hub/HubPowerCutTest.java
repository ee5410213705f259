// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.hanota.api.Octets;
import org.hanota.api.control.Offer;
import org.hanota.api.control.Phase;
import org.hanota.api.control.UpgradeTime;
import org.hanota.api.machine.PowerLost;
import org.hanota.api.machine.ToWan;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.payload.FirmwareTransferAlert;
import org.hanota.gbcs.payload.FirmwareTransferAlert.TransferResponseCode;
import org.hanota.hub.store.InMemoryTransferStore;
import org.hanota.keys.Sha256;
import org.hanota.otaformat.FileKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The power goes while the hub stores what a call has changed: before that, or after it. */
class HubPowerCutTest {

  /** Loses the power at its next save once told so. */
  private static final class CutStore extends InMemoryTransferStore {
    boolean cutsBefore;
    boolean cutsAfter;

    @Override
    public void save(Changes changes) {
      if (!cutsBefore) {
        super.save(changes);
      }
      if (cutsBefore || cutsAfter) {
        cutsBefore = false;
        cutsAfter = false;
        throw new PowerLost("save");
      }
    }
  }

  private static Counter counter() {
    Counter hub =
        new Counter(
                p ->
                    p.with(HubParameter.SERVES_UNASKED, false)
                        .with(HubParameter.CONCURRENT_TRANSFERS, 1))
            .inGbcs();
    hub.port = new CutStore();
    return hub.start();
  }

  private static void offer(Counter hub, int device) {
    hub.input(
        new HubInput.Start(
            new Offer(
                Counter.device(device),
                Counter.IMAGE,
                new UpgradeTime.Held(),
                100,
                Optional.empty())));
  }

  /** The power goes in this call, with all that the hub wanted to say, and comes back. */
  private static void cut(Counter hub, boolean saved, Runnable call) {
    CutStore store = (CutStore) hub.port;
    store.cutsBefore = !saved;
    store.cutsAfter = saved;
    assertThatThrownBy(call::run).isInstanceOf(PowerLost.class);
    hub.start();
  }

  private static List<TransferResponseCode> told(Counter hub) {
    return hub.effects.toWan.stream()
        .map(ToWan.GbcsMessage.class::cast)
        .map(message -> Message.parse(message.octets()).payload())
        .map(payload -> ((FirmwareTransferAlert) payload).responseCode())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aTransferThatEndsWellIsToldAlthoughThePowerGoesAtItsEnd(boolean saved) {
    Counter hub = counter();
    offer(hub, 1);
    offer(hub, 2);
    hub.query(1);
    hub.blocks(1);
    cut(hub, saved, () -> hub.end(1, ZclStatus.SUCCESS));
    List<TransferResponseCode> atStart = told(hub);
    hub.end(1, ZclStatus.SUCCESS);
    assertThat(hub.answer()).isInstanceOf(UpgradeEndResponse.class);
    assertThat(saved ? atStart : told(hub)).containsExactly(TransferResponseCode.SUCCESS);
    assertThat(saved ? told(hub) : atStart).isEmpty();
    assertThat(hub.phase(1)).isEqualTo(Phase.WAITING);
    assertThat(hub.phase(2)).isEqualTo(Phase.NOTIFIED);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aTransferThatFailsIsToldAlthoughThePowerGoes(boolean saved) {
    Counter hub = counter();
    offer(hub, 1);
    hub.query(1);
    hub.blocks(1);
    cut(hub, saved, () -> hub.end(1, ZclStatus.INVALID_IMAGE));
    List<TransferResponseCode> atStart = told(hub);
    hub.end(1, ZclStatus.INVALID_IMAGE);
    assertThat(saved ? atStart : told(hub))
        .containsExactly(TransferResponseCode.FILE_TRANSFER_FAILURE);
    assertThat(saved ? told(hub) : atStart).isEmpty();
    assertThat(hub.phase(1)).isEqualTo(Phase.FAILED);
  }

  @Test
  void whatWasHeardIsNotToldAgain() {
    Counter hub = counter();
    offer(hub, 1);
    hub.input(new HubInput.Abort(Counter.device(1).address(), "tester: a test"));
    assertThat(told(hub)).hasSize(1);
    Octets alert = hub.port.waiting().values().iterator().next().get(0);
    hub.start();
    assertThat(told(hub)).hasSize(1);
    hub.input(new HubInput.Acknowledged(Sha256.of(alert)));
    hub.start();
    assertThat(told(hub)).isEmpty();
    assertThat(hub.port.waiting()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void anImageFromTheWanIsOfferedToAllOfItsDevicesOrToNone(boolean saved) {
    Counter hub = counter();
    hub.query(1);
    hub.query(2);
    hub.restart();
    cut(
        hub,
        saved,
        () ->
            hub.input(
                new HubInput.ImageFromWan(
                    "an image",
                    Counter.FILE,
                    FileKind.ZIGBEE,
                    List.of(Counter.device(1), Counter.device(2)),
                    new UpgradeTime.Held())));
    List<Phase> phases = List.of(hub.phase(1), hub.phase(2));
    assertThat(phases)
        .isEqualTo(saved ? List.of(Phase.NOTIFIED, Phase.QUEUED) : List.of(Phase.IDLE, Phase.IDLE));
  }
}
