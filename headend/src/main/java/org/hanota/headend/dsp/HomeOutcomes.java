// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import java.util.List;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.gbcs.payload.ActiveDevice;
import org.hanota.gbcs.payload.AddDevice;
import org.hanota.gbcs.payload.DataAccessResult;
import org.hanota.gbcs.payload.DeviceLogAlert;
import org.hanota.gbcs.payload.JoinDevice;
import org.hanota.gbcs.payload.Payload;
import org.hanota.gbcs.payload.ReadDeviceLog;
import org.hanota.gbcs.payload.RemoveDevice;
import org.hanota.gbcs.payload.RestoreDeviceLog;
import org.hanota.gbcs.payload.SynchroniseClock;
import org.hanota.headend.estate.Device;
import org.hanota.headend.request.DeviceStatus;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.request.HanRequest.RestoreHanDeviceLog;
import org.hanota.headend.request.HanRequest.UpdateHanDeviceLog;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.request.ServiceRequest;

/**
 * What follows for the inventory from what hubs and devices say about their home. That a join ends
 * the installation of a PPMID or HCALCS, which no 8.1.1 is for, is inferred. [hanota H89]
 */
final class HomeOutcomes {
  private final DspParts parts;

  HomeOutcomes(DspParts parts) {
    this.parts = parts;
  }

  /** A hub or device answers. */
  void response(MessageId request, Device device, Payload payload, DspCall call) {
    Optional<ServiceRequest> body = parts.asked(request).map(asked -> asked.request().body());
    if (payload instanceof AddDevice.Response added
        && added.registerDevice() == DataAccessResult.SUCCESS) {
      named(body).ifPresent(id -> letIn(id, device.hub(), call));
    } else if (payload instanceof RemoveDevice.Response removed
        && removed.result() == DataAccessResult.SUCCESS) {
      named(body).ifPresent(id -> removed(id, device.hub(), call));
    } else if (payload instanceof RestoreDeviceLog.Response restored
        && restored.result() == DataAccessResult.SUCCESS
        && body.isPresent()
        && body.get() instanceof RestoreHanDeviceLog restore) {
      moved(restore.oldChfId(), device, call);
    } else if (payload instanceof ReadDeviceLog.ActiveDevices log) {
      log.activeDevices().stream().map(ActiveDevice::device).forEach(id -> seen(id, device, call));
    } else if (isClockSet(payload)) {
      commission(device, call);
    } else if (payload instanceof JoinDevice.Response joined
        && joined.joinResponseCode() == JoinDevice.JoinResponseCode.SUCCESS) {
      joined(device, call);
    }
  }

  private static boolean isClockSet(Payload payload) {
    return (payload instanceof SynchroniseClock.EsmeResponse meter && meter.isDone())
        || (payload instanceof SynchroniseClock.GsmeResponse gas
            && gas.deviceTimeStatus() == SynchroniseClock.DeviceTimeStatus.RELIABLE);
  }

  private static Optional<Eui64> named(Optional<ServiceRequest> body) {
    return body.filter(UpdateHanDeviceLog.class::isInstance)
        .map(update -> ((UpdateHanDeviceLog) update).deviceId());
  }

  private void letIn(Eui64 id, Eui64 hub, DspCall call) {
    Optional<Device> device = parts.estate().device(id);
    if (device.filter(found -> found.standing().status() == DeviceStatus.PENDING).isPresent()) {
      put(device.get().at(hub).with(DeviceStatus.WHITELISTED), call);
    }
  }

  /** What never came is announced again; what was in service stays where it was. */
  private void removed(Eui64 id, Eui64 hub, DspCall call) {
    Optional<Device> device = parts.estate().device(id).filter(found -> found.hub().equals(hub));
    if (device.filter(found -> found.standing().status() == DeviceStatus.WHITELISTED).isPresent()) {
      put(device.get().at(Eui64.UNKNOWN).with(DeviceStatus.PENDING), call);
    }
  }

  /** A new hub has the devices of an old one. */
  private void moved(Eui64 oldHub, Device hub, DspCall call) {
    for (Device device : List.copyOf(parts.estate().home(oldHub))) {
      if (!device.id().equals(oldHub)) {
        put(device.at(hub.id()), call);
      }
    }
    commission(hub, call);
  }

  /** A device that was let in has come. */
  private void seen(Eui64 id, Device hub, DspCall call) {
    parts
        .estate()
        .device(id)
        .filter(found -> found.hub().equals(hub.id()))
        .filter(found -> found.standing().status() == DeviceStatus.WHITELISTED)
        .ifPresent(found -> put(found.with(DeviceStatus.INSTALLED_NOT_COMMISSIONED), call));
  }

  private void joined(Device device, DspCall call) {
    if (device.type() == DeviceType.PPMID || device.type() == DeviceType.HCALCS) {
      commission(device, call);
    } else if (device.standing().status() == DeviceStatus.WHITELISTED) {
      put(device.with(DeviceStatus.INSTALLED_NOT_COMMISSIONED), call);
    }
  }

  /** A device that is in service already keeps its date, a suspended one stays suspended. */
  private void commission(Device device, DspCall call) {
    switch (device.standing().status()) {
      case PENDING, WHITELISTED, INSTALLED_NOT_COMMISSIONED ->
          put(device.commissioned(call.instant()), call);
      case COMMISSIONED, DECOMMISSIONED, WITHDRAWN, SUSPENDED, RECOVERY, RECOVERED -> {}
    }
  }

  private void put(Device device, DspCall call) {
    parts.estate().put(device);
    parts.audit(
        device.id(), "is " + device.standing().status().word() + " at " + device.hub(), call);
  }

  /** A hub's log has changed: kept for the hub that will replace it. */
  void alert(Device hub, DeviceLogAlert alert, DspCall call) {
    parts.put(new LogBackup(hub.id(), alert.extendedPanId(), alert.devices()));
    parts.audit(hub.id(), "has a log of " + alert.devices().size() + " devices", call);
  }
}
