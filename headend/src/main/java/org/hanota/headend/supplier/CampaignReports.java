// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.supplier;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.Octets;
import org.hanota.gbcs.key.KeyStore;
import org.hanota.headend.campaign.CampaignInput.DeviceReport;
import org.hanota.headend.campaign.CampaignInput.Report;
import org.hanota.headend.request.DccAlert;
import org.hanota.headend.request.DccAlert.TransferResponseCode;
import org.hanota.headend.request.FirmwareVersion;
import org.hanota.headend.request.MessageId;
import org.hanota.headend.request.Response;
import org.hanota.headend.request.ResponseBody.DccAlertMessage;
import org.hanota.headend.request.ResponseBody.DeviceAlertMessage;
import org.hanota.headend.request.ResponseBody.ResponseMessage;
import org.hanota.headend.request.ResponseCode;
import org.hanota.headend.request.ResponseContent;
import org.hanota.headend.request.ResponseContent.FutureDatedDeviceAlertMessage;
import org.hanota.headend.request.ResponseContent.GbcsPayload;
import org.hanota.headend.request.ResponseContent.UpdateFirmwareWarning;

/** What the DCC's answers and alerts mean for devices of campaigns. */
final class CampaignReports {
  private final CampaignBook book;
  private final KeyStore keys;
  private final Eui64 dcc;

  CampaignReports(CampaignBook book, KeyStore keys, Eui64 dcc) {
    this.book = book;
    this.keys = keys;
    this.dcc = dcc;
  }

  /**
   * What follows from an answer or an alert.
   *
   * @param receipts devices that found an image good, with its hash
   */
  record Meaning(List<Report> reports, List<Receipt> receipts) {
    private static final Meaning NOTHING = new Meaning(List.of(), List.of());

    private static Meaning of(Eui64 device, DeviceReport what) {
      return new Meaning(List.of(new Report(device, what)), List.of());
    }

    private static Meaning of(List<Eui64> devices, DeviceReport what) {
      return new Meaning(devices.stream().map(each -> new Report(each, what)).toList(), List.of());
    }
  }

  /** A device found an image good. */
  record Receipt(Eui64 device, Octets hash) {}

  /** What a response means. */
  Meaning of(Response response, long utcMillis) {
    if (response.body() instanceof DccAlertMessage alert) {
      return of(alert.alert());
    } else if (response.body() instanceof DeviceAlertMessage alert) {
      return response
          .responseId()
          .map(id -> device(id.originator(), alert.gbcsPayload()))
          .orElse(Meaning.NOTHING);
    } else if (response.body() instanceof ResponseMessage message
        && response.requestId().isPresent()) {
      MessageId request = response.requestId().get();
      Optional<List<Eui64>> devices = book.devices(request);
      return devices.isPresent()
          ? update(devices.get(), response, message, utcMillis)
          : command(request, response.code(), message);
    }
    return Meaning.NOTHING;
  }

  private static Meaning update(
      List<Eui64> devices, Response response, ResponseMessage message, long utcMillis) {
    ResponseCode code = response.code();
    if (code.isError()) {
      return Meaning.of(devices, new DeviceReport.NotAccepted(code.text()));
    }
    if (response.isAcknowledgement()) {
      return Meaning.of(devices, new DeviceReport.Acknowledged());
    }
    List<Report> reports = new ArrayList<>();
    if (message.content().isPresent()
        && message.content().get() instanceof UpdateFirmwareWarning warning) {
      no(reports, devices, warning.invalid(), "it is unknown or of somebody else");
      no(reports, devices, warning.notCommissioned(), "it is not commissioned");
      no(reports, devices, warning.notApplicableFirmware(), "the image is for other devices");
      no(reports, devices, warning.invalidGbcsVersion(), "it cannot be updated");
      DeviceReport later = new DeviceReport.NotNow(utcMillis, "another update is under way");
      warning.otherRequestInProgress().stream()
          .filter(new HashSet<>(devices)::contains)
          .forEach(each -> reports.add(new Report(each, later)));
    }
    // Whom anomaly detection held back goes on with the answer; for others it means nothing.
    Set<Eui64> warned = reports.stream().map(Report::device).collect(Collectors.toSet());
    devices.stream()
        .filter(each -> !warned.contains(each))
        .forEach(each -> reports.add(new Report(each, new DeviceReport.LetGo())));
    return new Meaning(List.copyOf(reports), List.of());
  }

  private static void no(List<Report> reports, List<Eui64> all, List<Eui64> some, String why) {
    some.stream()
        .filter(new HashSet<>(all)::contains)
        .forEach(each -> reports.add(new Report(each, new DeviceReport.NotAccepted(why))));
  }

  private Meaning command(MessageId request, ResponseCode code, ResponseMessage message) {
    if (code.isError()) {
      return book.isActivation(request)
          ? Meaning.of(request.target(), new DeviceReport.NotUpdated("its activation: " + code))
          : Meaning.NOTHING;
    }
    ResponseContent content = message.content().orElse(null);
    if (content instanceof GbcsPayload payload) {
      return device(request.target(), payload.octets());
    } else if (content instanceof FutureDatedDeviceAlertMessage dated) {
      return device(request.target(), dated.gbcsPayload());
    }
    return Meaning.NOTHING;
  }

  private Meaning device(Eui64 device, Octets message) {
    Optional<DeviceWord> word = DeviceWord.of(message, device, keys, dcc);
    if (word.isEmpty()) {
      return Meaning.NOTHING;
    }
    if (word.get() instanceof DeviceWord.Receipt receipt) {
      return receipt.isGood()
          ? new Meaning(List.of(), List.of(new Receipt(device, receipt.hash())))
          : Meaning.of(device, new DeviceReport.NotUpdated("the device finds its image bad"));
    }
    DeviceWord.Runs runs = (DeviceWord.Runs) word.get();
    List<Report> reports = new ArrayList<>();
    reports.add(new Report(device, new DeviceReport.Runs(runs.version())));
    runs.refusal()
        .ifPresent(why -> reports.add(new Report(device, new DeviceReport.NotUpdated(why))));
    return new Meaning(List.copyOf(reports), List.of());
  }

  private Meaning of(DccAlert alert) {
    if (alert instanceof DccAlert.FirmwareDistributionFailure failure) {
      return latest(
          failure.updateFirmwareRequestId(), failure.meterIds(), "it did not get the image");
    } else if (alert instanceof DccAlert.CspFirmwareDeliveryStatus status) {
      return status.success()
          ? Meaning.NOTHING
          : latest(
              status.updateFirmwareRequestId(),
              List.of(status.targetDeviceId()),
              "its hub did not get the image");
    } else if (alert instanceof DccAlert.CommsHubAlert hub && hub.firmwareTransfer().isPresent()) {
      DccAlert.FirmwareTransfer transfer = hub.firmwareTransfer().get();
      boolean isDone = transfer.code() == TransferResponseCode.FILE_TRANSFER_SUCCESS;
      return isDone || transfer.updateFirmwareRequestId().isEmpty()
          ? Meaning.NOTHING
          : latest(
              transfer.updateFirmwareRequestId().get(),
              List.of(transfer.otherDeviceId()),
              "its hub: " + transfer.code().word());
    } else if (alert instanceof DccAlert.PpmidAlert ppmid && ppmid.upgrade().isPresent()) {
      return ppmid(ppmid.deviceId(), ppmid.upgrade().get());
    } else if (alert instanceof DccAlert.FirmwareVersionMismatch mismatch) {
      return version(mismatch.firmwareVersionDevice())
          .map(found -> Meaning.of(mismatch.deviceId(), new DeviceReport.Runs(found)))
          .orElse(Meaning.NOTHING);
    } else if (alert instanceof DccAlert.FirmwareUpgradeRequested other) {
      // An image that waits for its activation makes room for another user's. [hanota H165]
      return Meaning.of(
          other.devices().stream().filter(each -> book.activation(each).isPresent()).toList(),
          new DeviceReport.Replaced("another user's request for " + other.firmwareVersion()));
    } else if (alert instanceof DccAlert.QuarantinedRequest held) {
      DeviceReport what = new DeviceReport.HeldBack(held.quarantineEventRef().toString());
      return book.devices(held.requestId())
          .map(devices -> Meaning.of(devices, what))
          .orElseGet(
              () ->
                  book.isActivation(held.requestId())
                      ? Meaning.of(held.requestId().target(), what)
                      : Meaning.NOTHING);
    } else if (alert instanceof DccAlert.CommandFailure failure
        && book.isActivation(failure.commandRequestId())) {
      return Meaning.of(
          failure.deviceId(), new DeviceReport.NotUpdated("its activation did not reach it"));
    }
    return Meaning.NOTHING;
  }

  private Meaning latest(MessageId request, List<Eui64> devices, String why) {
    return Meaning.of(
        devices.stream().filter(each -> book.isLatest(each, request)).toList(),
        new DeviceReport.NotUpdated(why));
  }

  /** The DCC checks the alert of a PPMID itself, which is for nobody else. [GBCS 11.9] */
  private static Meaning ppmid(Eui64 device, DccAlert.PpmidUpgrade upgrade) {
    List<Report> reports = new ArrayList<>();
    version(upgrade.firmwareVersion())
        .ifPresent(found -> reports.add(new Report(device, new DeviceReport.Runs(found))));
    if (!upgrade.success()) {
      reports.add(new Report(device, new DeviceReport.NotUpdated("it did not activate the image")));
    }
    return new Meaning(List.copyOf(reports), List.of());
  }

  private static Optional<FileVersion> version(FirmwareVersion named) {
    return named.text().matches("[0-9A-Fa-f]{8}")
        ? Optional.of(FileVersion.of(Long.parseLong(named.text(), 16)))
        : Optional.empty();
  }
}
