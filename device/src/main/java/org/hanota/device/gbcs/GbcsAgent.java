// SPDX-License-Identifier: Apache-2.0
package org.hanota.device.gbcs;

import java.util.Optional;
import java.util.OptionalLong;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.FormatException;
import org.hanota.api.OctetSource;
import org.hanota.api.Octets;
import org.hanota.api.ZigBeeTime;
import org.hanota.api.machine.Now;
import org.hanota.device.GbcsConfig;
import org.hanota.device.bank.Journal;
import org.hanota.device.bank.Journal.Activation;
import org.hanota.gbcs.Acceptance;
import org.hanota.gbcs.CommandReceiver;
import org.hanota.gbcs.GroupingHeader;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.field.CosemDateTime;
import org.hanota.gbcs.field.GeneralizedTime;
import org.hanota.gbcs.key.Certificate;
import org.hanota.gbcs.key.KeyUsage;
import org.hanota.gbcs.payload.ActivateFirmware;
import org.hanota.gbcs.payload.ActivateFirmware.ActivateImageResponseCode;
import org.hanota.gbcs.payload.AlertCode;
import org.hanota.gbcs.payload.FirmwareDistributionReceiptAlert;
import org.hanota.gbcs.payload.MessageCode;
import org.hanota.gbcs.payload.Payload;
import org.hanota.gbcs.payload.PpmidFirmwareActivationAlert;
import org.hanota.gbcs.payload.ReadEsmeFirmwareVersion;
import org.hanota.gbcs.payload.ReadFirmwareVersion;
import org.hanota.gbcs.payload.ReadGsmeFirmwareVersion;
import org.hanota.gbcs.payload.SuccessOrFailure;
import org.hanota.keys.PrivateKey;
import org.hanota.keys.Sha256;
import org.hanota.otaformat.FileKind;
import org.hanota.otaformat.GbMeterFile;
import org.hanota.otaformat.OtaFile;

/** Reads a device's GBCS commands and composes its responses and alerts, signed. */
public final class GbcsAgent {
  private final Eui64 self;
  private final GbcsConfig config;
  private final CommandReceiver receiver;

  GbcsAgent(Eui64 self, GbcsConfig config) {
    this.self = self;
    this.config = config;
    this.receiver =
        new CommandReceiver(self, config.accessControlBroker(), config.keys(), config.counters());
  }

  /**
   * Checks signature, MAC and counter, and that an activation comes from the supplier whose images
   * the device takes: no other may run them. [GBCS 11]
   */
  Acceptance check(Octets command, OptionalLong trustedMillis) {
    Acceptance acceptance = receiver.check(command, trustedMillis);
    if (acceptance instanceof Acceptance.Accepted accepted
        && accepted.message().payload() instanceof ActivateFirmware.Command
        && !accepted.message().header().originator().equals(config.supplier())) {
      return new Acceptance.Refused(
          Acceptance.Refusal.ORIGINATOR_NOT_ALLOWED,
          "found "
              + accepted.message().header().originator()
              + ", allowed "
              + config.supplier()
              + ", whose images this device takes");
    }
    return acceptance;
  }

  /** What the command asks for is kept, so it must not come again. */
  void accepted(Message command) {
    receiver.accepted(command);
  }

  /** Makes up for a power cut between the journal and the counter of a command that is in it. */
  void resume(Journal journal) {
    journal
        .activation()
        .map(Activation::command)
        .filter(command -> !command.isEmpty())
        .ifPresent(command -> accepted(Message.parse(command)));
    for (Octets octets : journal.outbox()) {
      Message message = Message.parse(octets);
      if (message.kind() == Message.Kind.RESPONSE) {
        receiver.accepted(message.header().recipient(), message.header().originatorCounter());
      }
    }
  }

  /** The hash that CS06 and the receipt alert name. [GBCS 11.2.4] */
  public static Octets manufacturerImageHash(OctetSource file) {
    try {
      return ((GbMeterFile) OtaFile.read(file, FileKind.GB_METER)).manufacturerImageHash();
    } catch (FormatException unreadable) {
      // The alert about an image that cannot be taken apart carries a hash too: that of the file.
      return Sha256.of(file);
    }
  }

  /** The hash that a CS06 names. */
  public static Octets orderedHash(Octets command) {
    return ((ActivateFirmware.Command) Message.parse(command).payload()).manufacturerImageHash();
  }

  /** The image has arrived, and its signature holds or does not. [GBCS 11.2.6] */
  Octets receiptAlert(Now now, boolean holds, Octets hash) {
    AlertCode code =
        holds ? AlertCode.FIRMWARE_VERIFICATION_SUCCESSFUL : AlertCode.FIRMWARE_VERIFICATION_FAILED;
    long counter = nextCounter();
    Payload payload =
        config.receiptAlert() == MessageCode.FIRMWARE_DISTRIBUTION_RECEIPT_ALERT_GSME
            ? new FirmwareDistributionReceiptAlert.Gsme(
                code, ZigBeeTime.ofUtcMillis(utc(now)), hash)
            : new FirmwareDistributionReceiptAlert.Esme(
                (int) (counter & 0xFF_FFFF), code, CosemDateTime.ofUtcMillis(utc(now)), hash);
    return alert(config.receiptAlert(), counter, config.supplier(), payload);
  }

  /** A PPMID runs another image, or failed to. [GBCS 11.9] */
  Octets ppmidAlert(Now now, boolean success, FileVersion running) {
    return alert(
        MessageCode.CS09,
        nextCounter(),
        config.accessControlBroker(),
        new PpmidFirmwareActivationAlert(
            GeneralizedTime.ofUtcMillis(utc(now)),
            running,
            success ? SuccessOrFailure.SUCCESS : SuccessOrFailure.FAILURE));
  }

  /** A future dated command, or its cancellation, is accepted. */
  Octets accepted(Now now, Message command) {
    return response(now, command, new ActivateFirmware.CommandAccepted());
  }

  /** How an activation ended: a response, or after a future dated command an alert. */
  Octets outcome(
      Now now, Octets commandOctets, ActivateImageResponseCode code, FileVersion running) {
    Message command = Message.parse(commandOctets);
    ActivateFirmware.Command order = (ActivateFirmware.Command) command.payload();
    ActivateFirmware.ExecutionOutcome outcome =
        new ActivateFirmware.ExecutionOutcome(code, running);
    if (!(order.activation() instanceof ActivateFirmware.Activation.At at)) {
      return response(now, command, outcome);
    }
    AlertCode alertCode =
        code == ActivateImageResponseCode.SUCCESS
            ? AlertCode.FUTURE_DATE_HAN_INTERFACE_COMMAND_SUCCESSFULLY_ACTIONED
            : AlertCode.FUTURE_DATE_HAN_INTERFACE_COMMAND_NOT_SUCCESSFULLY_ACTIONED;
    return alert(
        MessageCode.FUTURE_DATED_FIRMWARE_ACTIVATION_ALERT,
        nextCounter(),
        command.header().originator(),
        new ActivateFirmware.Alert(
            alertCode, at.executionDateTime(), order.originatorCounter(), outcome));
  }

  /**
   * Tells whoever reads it which version runs, with a MAC for him; empty if {@code command} reads
   * something else, or he is not known. [GBCS 11.8]
   */
  Optional<Octets> version(Message command, FileVersion running) {
    GroupingHeader header = command.header().response();
    Optional<Certificate> reader =
        config.keys().certificate(header.recipient(), KeyUsage.KEY_AGREEMENT);
    Optional<PrivateKey> own = config.keys().privateKey(self, KeyUsage.KEY_AGREEMENT);
    Payload payload;
    if (command.payload() instanceof ReadFirmwareVersion.Command) {
      payload = new ReadFirmwareVersion.Response(running, SuccessOrFailure.SUCCESS);
    } else if (command.payload() instanceof ReadEsmeFirmwareVersion.Command read) {
      payload = new ReadEsmeFirmwareVersion.Version(read.longInvokeId(), running);
    } else if (command.payload() instanceof ReadGsmeFirmwareVersion.Command) {
      payload = new ReadGsmeFirmwareVersion.Version(running);
    } else {
      return Optional.empty();
    }
    return own.flatMap(
        key ->
            reader.map(each -> Message.of(header, payload).addMac(key, each.publicKey()).octets()));
  }

  private Octets response(Now now, Message command, Payload payload) {
    GroupingHeader header = command.header().response().at(CosemDateTime.ofUtcMillis(utc(now)));
    return Message.of(header, payload).sign(signingKey()).octets();
  }

  private Octets alert(MessageCode code, long counter, Eui64 recipient, Payload payload) {
    return Message.of(GroupingHeader.alert(code, counter, self, recipient), payload)
        .sign(signingKey())
        .octets();
  }

  private PrivateKey signingKey() {
    return config
        .keys()
        .privateKey(self, KeyUsage.DIGITAL_SIGNATURE)
        .orElseThrow(
            () -> new IllegalStateException("the key store has no signing key of " + self));
  }

  /** Stored before it is used, so that no two messages have the same. */
  private long nextCounter() {
    long next = config.counters().last(self).orElse(0) + 1;
    config.counters().store(self, next);
    return next;
  }

  private static long utc(Now now) {
    return now.knowsUtc() ? now.utcMillis() : ZigBeeTime.EPOCH_MILLIS;
  }
}
