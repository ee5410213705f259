// SPDX-License-Identifier: Apache-2.0
package org.hanota.headendsql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hanota.headend.HeadEndWorld.DSP;
import static org.hanota.headend.HeadEndWorld.ESME;
import static org.hanota.headend.HeadEndWorld.NEW;
import static org.hanota.headend.HeadEndWorld.SUPPLIER;

import org.hanota.api.Octets;
import org.hanota.api.ParameterValues;
import org.hanota.gbcs.payload.ActivateFirmware.ActivateImageResponseCode;
import org.hanota.gbcs.payload.FirmwareTransferAlert.TransferResponseCode;
import org.hanota.headend.HeadEndParameter;
import org.hanota.headend.HeadEndWorld;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.request.ExecutionDateTime;
import org.hanota.headend.track.TrackState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A head end that starts again knows which image a device has verified. [hanota H180] */
class RepeatedImageStoreTest {
  @ParameterizedTest
  @EnumSource(value = StoreKind.class, mode = EnumSource.Mode.EXCLUDE, names = "POSTGRESQL")
  void anImageThatIsSentAgainMayBeActivatedAfterARestart(StoreKind kind) {
    StoreKind.Place place = kind.newPlace();
    HeadEndWorld world =
        new HeadEndWorld(ParameterValues.defaults(HeadEndParameter.class), place::store);
    Octets hash = world.hash(DeviceType.ESME, NEW);
    world.sendImage(SUPPLIER, DeviceType.ESME, NEW, ESME);
    world.transferEnded(ESME, NEW, TransferResponseCode.SUCCESS);
    world.receipt(ESME, SUPPLIER, hash, true);
    world.restart(DSP);
    world.sendImage(SUPPLIER, DeviceType.ESME, NEW, ESME);
    world.restart(DSP);
    world.activate(SUPPLIER, ESME, hash, ExecutionDateTime.NOW);
    world.restart(DSP);
    world.outcome(ActivateImageResponseCode.SUCCESS, NEW);
    assertThat(world.states(ESME))
        .containsExactly(TrackState.ACTIVE, TrackState.ACTIVE, TrackState.ACTIVE);
    assertThat(world.inventory(ESME).firmware()).contains(NEW);
  }
}
