// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import java.time.Instant;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.gbcs.GroupingHeader;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.field.GeneralizedTime;
import org.hanota.gbcs.key.KeyStore;
import org.hanota.gbcs.key.KeyUsage;
import org.hanota.gbcs.payload.ActivateFirmware;
import org.hanota.gbcs.payload.ActivateFirmware.Activation;
import org.hanota.gbcs.payload.MessageCode;
import org.hanota.gbcs.payload.ReadEsmeFirmwareVersion;
import org.hanota.gbcs.payload.ReadFirmwareVersion;
import org.hanota.gbcs.payload.ReadGsmeFirmwareVersion;
import org.hanota.headend.estate.Device;
import org.hanota.headend.request.ExecutionDateTime;
import org.hanota.headend.request.FirmwareRequest;
import org.hanota.headend.request.MessageId;

/**
 * Makes GBCS commands of service requests: the originator's counter is that of the RequestID. [DUIS
 * schema]
 */
public final class Transform {
  private Transform() {}

  /** The pre-command of an 11.3, for the supplier to sign. [GBCS 11.5] */
  public static Message preCommand(MessageId id, FirmwareRequest.ActivateFirmware order) {
    return Message.of(
        GroupingHeader.command(MessageCode.CS06, id.counter(), id.originator(), id.target()),
        new ActivateFirmware.Command(
            order.firmwareHash(), id.counter(), activation(order.executionDateTime())));
  }

  /** DUIS and GBCS have each its own time that means cancellation. */
  private static Activation activation(ExecutionDateTime time) {
    if (time.cancels()) {
      return new Activation.Cancel();
    }
    return time.at()
        .map(Instant::toEpochMilli)
        .map(millis -> (Activation) new Activation.At(GeneralizedTime.ofUtcMillis(millis)))
        .orElseGet(Activation.Now::new);
  }

  /**
   * The command of an 11.2. That to a PPMID or HCALCS is the broker's own, on behalf of the user.
   *
   * @param broker the access control broker
   * @param brokerCounter its own counter
   */
  static Message readVersion(MessageId id, Device device, Eui64 broker, long brokerCounter) {
    return switch (device.type()) {
      case PPMID, HCALCS ->
          Message.of(
              GroupingHeader.command(MessageCode.CS08, brokerCounter, broker, device.id())
                  .onBehalfOf(id.originator(), id.counter()),
              new ReadFirmwareVersion.Command());
      case GSME -> Message.of(header(MessageCode.GCS38, id), new ReadGsmeFirmwareVersion.Command());
      case ESME, CHF, GPF, IHD, CAD -> {
        GroupingHeader header = header(MessageCode.ECS52, id);
        yield Message.of(header, new ReadEsmeFirmwareVersion.Command(header.longInvokeId()));
      }
    };
  }

  private static GroupingHeader header(MessageCode code, MessageId id) {
    return GroupingHeader.command(code, id.counter(), id.originator(), id.target());
  }

  /** The command as its device takes it, with the broker's MAC; empty if a key is missing. */
  static Optional<Message> addMac(Message command, KeyStore keys, Eui64 broker) {
    return keys.privateKey(broker, KeyUsage.KEY_AGREEMENT)
        .flatMap(
            mine ->
                keys.certificate(command.header().recipient(), KeyUsage.KEY_AGREEMENT)
                    .map(theirs -> command.addMac(mine, theirs.publicKey())));
  }
}
