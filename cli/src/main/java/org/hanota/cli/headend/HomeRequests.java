// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import java.util.ArrayList;
import java.util.List;
import org.hanota.api.Eui64;
import org.hanota.headend.request.CommandVariant;
import org.hanota.headend.request.DeviceIdList;
import org.hanota.headend.request.ExecutionDateTime;
import org.hanota.headend.request.FirmwareRequest;
import org.hanota.headend.request.FirmwareRequest.ActivateFirmware;
import org.hanota.headend.request.FirmwareVersion;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.request.Request;
import org.hanota.otaformat.GbMeterFile;
import org.hanota.otaformat.OtaFile;
import org.hanota.otaformat.OtaHeader;
import org.hanota.sim.DevicePlan;
import org.hanota.sim.GbParties;
import org.hanota.sim.Home;

/** The requests that update every device of a home, as its supplier would put them. */
final class HomeRequests {
  private HomeRequests() {}

  /** 11.1 and 11.3 for what a command activates, 11.4 for PPMID. */
  static List<Request> of(List<DevicePlan> plans) {
    List<Request> requests = new ArrayList<>();
    for (int i = 0; i < plans.size(); i++) {
      DevicePlan plan = plans.get(i);
      Eui64 device = Home.deviceAddress(i);
      switch (plan.type()) {
        case ESME, GSME, HCALCS -> {
          requests.add(update(plan, device, requests.size() + 1));
          requests.add(activate(plan, device, requests.size() + 1));
        }
        case PPMID -> requests.add(update(plan, device, requests.size() + 1));
        case IHD -> {} // No service request is for it.
      }
    }
    return requests;
  }

  private static Request update(DevicePlan plan, Eui64 device, long counter) {
    FirmwareVersion version =
        new FirmwareVersion(OtaHeader.read(plan.image()).image().fileVersion().toString());
    DeviceIdList devices = new DeviceIdList(List.of(device));
    return Request.of(
        new MessageId(GbParties.SUPPLIER, GbParties.BROKER, counter),
        CommandVariant.NON_DEVICE,
        plan.type().activatedByCommand()
            ? new FirmwareRequest.UpdateFirmware(plan.image(), version, devices)
            : new FirmwareRequest.UpdatePpmidFirmware(plan.image(), version, devices));
  }

  private static Request activate(DevicePlan plan, Eui64 device, long counter) {
    GbMeterFile file = (GbMeterFile) OtaFile.read(plan.image(), plan.kind());
    return Request.of(
        new MessageId(GbParties.SUPPLIER, device, counter),
        CommandVariant.PRE_COMMAND,
        new ActivateFirmware(ExecutionDateTime.NOW, file.manufacturerImageHash()));
  }
}
