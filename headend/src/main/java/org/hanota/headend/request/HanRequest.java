// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.request;

import java.time.Instant;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;

/** A home, its hub and who belongs to it: service references 8.1.1, 8.7 to 8.13. [DUIS schema] */
public sealed interface HanRequest extends ServiceRequest
    permits HanRequest.CommissionDevice,
        HanRequest.JoinServiceCritical,
        HanRequest.JoinServiceNonCritical,
        HanRequest.UnjoinServiceCritical,
        HanRequest.UnjoinServiceNonCritical,
        HanRequest.ReadDeviceLog,
        HanRequest.UpdateHanDeviceLog,
        HanRequest.RestoreHanDeviceLog,
        HanRequest.ReturnLocalCommandResponse,
        SetChfSubGhzConfiguration {
  /**
   * 8.1.1: a meter's clock is set and it goes into service.
   *
   * @param currentDateTime the time
   * @param tolerancePeriodSeconds how far the device's clock may be off
   */
  record CommissionDevice(Instant currentDateTime, int tolerancePeriodSeconds)
      implements HanRequest {
    private static final int TOLERANCE_MAX = 86_400;

    public CommissionDevice {
      IllegalField.range("TolerancePeriod", tolerancePeriodSeconds, 0, TOLERANCE_MAX);
    }

    @Override
    public Optional<ServiceReference> service() {
      return Optional.of(new ServiceReference("8.1.1"));
    }
  }

  /** 8.7.1: a device is told of another one; critical. */
  record JoinServiceCritical(Eui64 otherDeviceId) implements HanRequest {
    @Override
    public Optional<ServiceReference> service() {
      return Optional.of(new ServiceReference("8.7.1"));
    }
  }

  /** 8.7.2: a device is told of another one. */
  record JoinServiceNonCritical(Eui64 otherDeviceId) implements HanRequest {
    @Override
    public Optional<ServiceReference> service() {
      return Optional.of(new ServiceReference("8.7.2"));
    }
  }

  /** 8.8.1: a device forgets another one; critical. */
  record UnjoinServiceCritical(Eui64 otherDeviceId) implements HanRequest {
    @Override
    public Optional<ServiceReference> service() {
      return Optional.of(new ServiceReference("8.8.1"));
    }
  }

  /** 8.8.2: a device forgets another one. */
  record UnjoinServiceNonCritical(Eui64 otherDeviceId) implements HanRequest {
    @Override
    public Optional<ServiceReference> service() {
      return Optional.of(new ServiceReference("8.8.2"));
    }
  }

  /** 8.9: which devices a device knows. */
  record ReadDeviceLog(ExecutionDateTime executionDateTime, boolean readSecurityDetails)
      implements HanRequest {
    @Override
    public Optional<ServiceReference> service() {
      return Optional.of(new ServiceReference("8.9"));
    }
  }

  /**
   * 8.11: a hub lets a device in, or no longer.
   *
   * @param executionDateTime when
   * @param deviceId which device
   * @param whitelist how it is let in; empty to remove it
   */
  record UpdateHanDeviceLog(
      ExecutionDateTime executionDateTime, Eui64 deviceId, Optional<Whitelist> whitelist)
      implements HanRequest {
    @Override
    public Optional<ServiceReference> service() {
      return Optional.of(new ServiceReference("8.11"));
    }
  }

  /**
   * How a device is let into a home.
   *
   * @param joinTimePeriodSeconds how long the hub stays open for it
   * @param installCode the device's secret
   * @param importMpxn number of the supply
   * @param secondaryImportMpan number of the second element's supply
   * @param exportMpan number of what is given out
   */
  record Whitelist(
      int joinTimePeriodSeconds,
      Octets installCode,
      Optional<String> importMpxn,
      Optional<String> secondaryImportMpan,
      Optional<String> exportMpan) {
    private static final int JOIN_TIME_MAX = 3600;
    private static final int CODE_MIN = 6;
    private static final int CODE_MAX = 16;

    public Whitelist {
      IllegalField.range("JoinTimePeriod", joinTimePeriodSeconds, 1, JOIN_TIME_MAX);
      IllegalField.range("octets of InstallCode", installCode.length(), CODE_MIN, CODE_MAX);
      importMpxn.ifPresent(
          text -> IllegalField.text("ImportMPxN", text, 1, InventoryRequest.MPXN_MAX));
      secondaryImportMpan.ifPresent(text -> mpan("SecondaryImportMPAN", text));
      exportMpan.ifPresent(text -> mpan("ExportMPAN", text));
    }

    private static void mpan(String field, String text) {
      IllegalField.text(field, text, InventoryRequest.MPXN_MAX, InventoryRequest.MPXN_MAX);
    }

    /** Without the install code. */
    @Override
    public String toString() {
      return "Whitelist[" + joinTimePeriodSeconds + " s, " + importMpxn + "]";
    }
  }

  /** 8.12.1: a new hub takes over the device log of an old one. */
  record RestoreHanDeviceLog(Eui64 oldChfId) implements HanRequest {
    @Override
    public Optional<ServiceReference> service() {
      return Optional.of(new ServiceReference("8.12.1"));
    }
  }

  /**
   * 8.13: a device's answer to a command that the user delivered himself.
   *
   * @param originalRequestId the request that led to the command, where it is known
   * @param deviceGbcsResponse the answer
   */
  record ReturnLocalCommandResponse(
      Optional<MessageId> originalRequestId, Octets deviceGbcsResponse) implements HanRequest {
    @Override
    public Optional<ServiceReference> service() {
      return Optional.of(new ServiceReference("8.13"));
    }
  }
}
