// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hanota.headend.HeadEndWorld.DSP;
import static org.hanota.headend.HeadEndWorld.ESME;
import static org.hanota.headend.HeadEndWorld.OTHER_SUPPLIER;

import java.util.Optional;
import org.hanota.headend.HeadEndWorld;
import org.hanota.headend.letter.Content;
import org.hanota.headend.request.CommandVariant;
import org.hanota.headend.request.CommandVariant.Service;
import org.hanota.headend.request.DeviceStatus;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.request.FirmwareVersion;
import org.hanota.headend.request.InventoryRequest;
import org.hanota.headend.request.Request;
import org.junit.jupiter.api.Test;

/** What is refused before anything travels, and what is read and corrected. */
class RefusedRequestsTest extends RefusalKit {
  RefusedRequestsTest() {
    super(new HeadEndWorld());
  }

  @Test
  void eachReasonIsMetByARequest() {
    new RefusedRequests(HeadEndWorld::new).eachReasonIsMet();
  }

  @Test
  void aRequestOfOneUserIsNotTakenFromAnother() {
    Request read = request(ESME, CommandVariant.COMMAND, READ);
    assertThat(world.call(OTHER_SUPPLIER, new Content.ServiceCall(Service.SEND_COMMAND, read)))
        .extracting(response -> response.code().text())
        .isEqualTo("E1");
    assertThat(world.toHub).isEmpty();
  }

  @Test
  void theInventoryIsReadAndCorrected() {
    Request read =
        request(
            DSP,
            CommandVariant.NON_DEVICE,
            new InventoryRequest.ReadInventory(new InventoryRequest.Selection.Device(ESME)));
    assertThat(codes(read, Service.NON_DEVICE)).containsExactly("I99", "I0");
    Request decommission =
        request(DSP, CommandVariant.NON_DEVICE, new InventoryRequest.DecommissionDevice(ESME));
    assertThat(codes(decommission, Service.NON_DEVICE)).containsExactly("I99", "I0");
    assertThat(world.inventory(ESME).standing().status()).isEqualTo(DeviceStatus.DECOMMISSIONED);
    InventoryRequest.DevicePrenotification coming =
        new InventoryRequest.DevicePrenotification(
            STRANGER,
            "AB01",
            "010A030B",
            DeviceType.ESME,
            Optional.empty(),
            Optional.of(new FirmwareVersion("0002012F")),
            Optional.empty(),
            Optional.empty());
    assertThat(codes(request(DSP, CommandVariant.NON_DEVICE, coming), Service.NON_DEVICE))
        .containsExactly("I99", "I0");
    assertThat(world.inventory(STRANGER).standing().status()).isEqualTo(DeviceStatus.PENDING);
    assertThat(codes(request(DSP, CommandVariant.NON_DEVICE, coming), Service.NON_DEVICE))
        .containsExactly("I99", "E120201");
  }
}
