// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.gbcs.GroupingHeader;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.field.CosemDateTime;
import org.hanota.gbcs.field.GeneralizedTime;
import org.hanota.gbcs.key.Certificate;
import org.hanota.gbcs.payload.AddDevice;
import org.hanota.gbcs.payload.JoinDevice;
import org.hanota.gbcs.payload.MessageCode;
import org.hanota.gbcs.payload.ReadDeviceJoinDetails;
import org.hanota.gbcs.payload.ReadDeviceLog;
import org.hanota.gbcs.payload.RemoveDevice;
import org.hanota.gbcs.payload.RestoreDeviceLog;
import org.hanota.gbcs.payload.SetSubGhzConfiguration;
import org.hanota.gbcs.payload.SynchroniseClock;
import org.hanota.gbcs.payload.UnjoinDevice;
import org.hanota.headend.check.JoinMethod;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.request.HanRequest.CommissionDevice;
import org.hanota.headend.request.HanRequest.Whitelist;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.request.SetChfSubGhzConfiguration;

/**
 * Makes GBCS commands of requests about a home. What users sign, and what goes to devices that have
 * a user's keys, is the user's own; the rest is the broker's, on behalf of the user. [DUIS schema]
 */
public final class HomeTransform {
  private static final int INSTALL_CODE_KEY_TYPE = 0;
  private static final int PERMILLE_TO_HUNDREDTHS = 10;
  private static final int CHANNELS_OF_A_PAGE = 27;

  private HomeTransform() {}

  /** The header of a command that is the user's own. */
  static GroupingHeader own(MessageCode code, MessageId id) {
    return GroupingHeader.command(code, id.counter(), id.originator(), id.target());
  }

  /** The header of the broker's command on behalf of a user. */
  static GroupingHeader onBehalf(MessageCode code, MessageId id, Eui64 broker, long counter) {
    return GroupingHeader.command(code, counter, broker, id.target())
        .onBehalfOf(id.originator(), id.counter());
  }

  /** 8.1.1 for a meter. The interval begins at the time that the request names. */
  public static Message commission(MessageId id, CommissionDevice order, DeviceType meter) {
    Instant from = order.currentDateTime();
    long end = from.plusSeconds(order.tolerancePeriodSeconds()).toEpochMilli();
    if (meter == DeviceType.GSME) {
      return Message.of(
          own(MessageCode.GCS28, id),
          new SynchroniseClock.GsmeCommand(
              GeneralizedTime.ofUtcMillis(from.toEpochMilli()), GeneralizedTime.ofUtcMillis(end)));
    }
    GroupingHeader header = own(MessageCode.ECS70, id);
    return Message.of(
        header,
        new SynchroniseClock.EsmeCommand(
            header.longInvokeId(),
            CosemDateTime.ofUtcMillis(from.toEpochMilli()),
            CosemDateTime.ofUtcMillis(end)));
  }

  /** 8.8.1, and 8.8.2 by methods A, B and C. */
  public static Message unjoin(GroupingHeader header, Eui64 other) {
    return Message.of(header, new UnjoinDevice.Command(other));
  }

  /** 8.8.1 of a user. */
  public static Message unjoin(MessageId id, Eui64 other) {
    return unjoin(own(MessageCode.CS04AC, id), other);
  }

  /**
   * 8.7.1 and 8.7.2.
   *
   * @param certificate the other device's, for key agreement, where the method needs it
   */
  static Message join(
      GroupingHeader header,
      JoinMethod method,
      Eui64 other,
      DeviceType otherType,
      Optional<Certificate> certificate) {
    return Message.of(
        header,
        new JoinDevice.Command(
            method.role(), other, type(otherType), certificate.map(Certificate::encoded)));
  }

  /** 8.11 that lets a device in. */
  static Message add(GroupingHeader header, Eui64 device, DeviceType type, Whitelist how) {
    return Message.of(
        header,
        new AddDevice.Command(
            header.longInvokeId(),
            device,
            type(type).code(),
            how.installCode(),
            INSTALL_CODE_KEY_TYPE,
            how.joinTimePeriodSeconds(),
            /* enableJoining= */ true));
  }

  /** 8.11 that removes a device. */
  static Message remove(GroupingHeader header, Eui64 device) {
    return Message.of(header, new RemoveDevice.Command(header.longInvokeId(), device));
  }

  /** 8.9 for a hub. */
  static Message readLog(GroupingHeader header) {
    return Message.of(header, new ReadDeviceLog.Command(header.longInvokeId()));
  }

  /** 8.9 for any other device. */
  static Message readJoinDetails(MessageId id) {
    return Message.of(own(MessageCode.CS07, id), new ReadDeviceJoinDetails.Command());
  }

  /** 8.12.1: the log as the old hub last told it. */
  static Message restore(GroupingHeader header, LogBackup backup) {
    return Message.of(
        header,
        new RestoreDeviceLog.Command(
            header.longInvokeId(), backup.extendedPanId(), backup.devices()));
  }

  /** 6.28. */
  static Message subGhz(GroupingHeader header, SetChfSubGhzConfiguration wanted) {
    return Message.of(
        header,
        new SetSubGhzConfiguration.Command(
            header.longInvokeId(),
            masks(wanted),
            wanted.normalLimitedDutyCyclePermille() * PERMILLE_TO_HUNDREDTHS,
            wanted.limitedCriticalDutyCyclePermille() * PERMILLE_TO_HUNDREDTHS,
            wanted.maximumChannelChangesPerWeek(),
            wanted.gsmeCurfew(),
            wanted.channelQuieterThreshold(),
            wanted.channelNoisierThreshold(),
            wanted.nonGsmePoorCommsPercentageHundredths(),
            wanted.nonGsmePoorCommsMeasurementPeriods(),
            wanted.localChNoiseMeasurementPeriod(),
            wanted.localChFailurePercentageHundredths(),
            wanted.localChRetryPercentageHundredths()));
  }

  /** Three pages for the lower band, one for the upper. */
  private static List<Integer> masks(SetChfSubGhzConfiguration wanted) {
    List<Integer> lower = wanted.lowerBandChannels();
    List<Integer> masks = new ArrayList<>();
    masks.add(mask(lower, 0, SetChfSubGhzConfiguration.FIRST_GROUP_LAST));
    masks.add(
        mask(
            lower,
            SetChfSubGhzConfiguration.FIRST_GROUP_LAST + 1,
            SetChfSubGhzConfiguration.SECOND_GROUP_LAST));
    masks.add(
        mask(
            lower,
            SetChfSubGhzConfiguration.SECOND_GROUP_LAST + 1,
            SetChfSubGhzConfiguration.LOWER_BAND_LAST));
    masks.add(mask(wanted.upperBandChannels(), 0, CHANNELS_OF_A_PAGE - 1));
    return masks;
  }

  private static int mask(List<Integer> channels, int first, int last) {
    int mask = 0;
    for (int channel : channels) {
      if (channel >= first && channel <= last) {
        mask |= 1 << channel - first;
      }
    }
    return mask;
  }

  private static org.hanota.gbcs.payload.DeviceType type(DeviceType type) {
    return switch (type) {
      case ESME -> org.hanota.gbcs.payload.DeviceType.ESME;
      case GSME -> org.hanota.gbcs.payload.DeviceType.GSME;
      case GPF -> org.hanota.gbcs.payload.DeviceType.GPF;
      case CHF -> org.hanota.gbcs.payload.DeviceType.CHF;
      case HCALCS -> org.hanota.gbcs.payload.DeviceType.HCALCS;
      case PPMID -> org.hanota.gbcs.payload.DeviceType.PPMID;
      case IHD, CAD -> org.hanota.gbcs.payload.DeviceType.TYPE_2;
    };
  }

  /**
   * Whether a pre-command is what a user asked for: said by whoever signs it, who need not know
   * what the inventory knows of devices.
   */
  public static boolean isOf(MessageId id, CommissionDevice order, Octets preCommand) {
    return commission(id, order, DeviceType.ESME).octets().equals(preCommand)
        || commission(id, order, DeviceType.GSME).octets().equals(preCommand);
  }

  /** The same for 8.7.1: the other device is the one that was named, and so is the certificate. */
  public static boolean isJoin(MessageId id, Eui64 other, Message preCommand) {
    if (!(preCommand.payload() instanceof JoinDevice.Command join)
        || preCommand.kind() != Message.Kind.PRE_COMMAND
        || preCommand.signature().isPresent()) {
      return false;
    }
    MessageCode code = preCommand.header().messageCode();
    boolean isMethod =
        List.of(JoinMethod.METER_A, JoinMethod.LOAD_CONTROLLER_A, JoinMethod.METER_C).stream()
            .anyMatch(
                method ->
                    method.code() == code
                        && method.role() == join.joinMethodAndRole()
                        && method.hasCertificate() == join.otherDeviceCertificate().isPresent());
    return isMethod
        && preCommand.header().equals(own(code, id))
        && join.otherDevice().equals(other)
        && join.otherDeviceCertificate()
            .map(Certificate::parse)
            .filter(certificate -> !certificate.subject().equals(other))
            .isEmpty();
  }
}
