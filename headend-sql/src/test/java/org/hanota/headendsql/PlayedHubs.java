// SPDX-License-Identifier: Apache-2.0
package org.hanota.headendsql;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.api.machine.Input;
import org.hanota.gbcs.GroupingHeader;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.field.CosemDateTime;
import org.hanota.gbcs.field.GeneralizedTime;
import org.hanota.gbcs.payload.ActivateFirmware;
import org.hanota.gbcs.payload.ActivateFirmware.ActivateImageResponseCode;
import org.hanota.gbcs.payload.AlertCode;
import org.hanota.gbcs.payload.FirmwareDistributionReceiptAlert;
import org.hanota.gbcs.payload.FirmwareTransferAlert;
import org.hanota.gbcs.payload.FirmwareTransferAlert.TransferResponseCode;
import org.hanota.gbcs.payload.MessageCode;
import org.hanota.gbcs.payload.Payload;
import org.hanota.gbcs.payload.PpmidFirmwareActivationAlert;
import org.hanota.gbcs.payload.ReadEsmeFirmwareVersion;
import org.hanota.gbcs.payload.SuccessOrFailure;
import org.hanota.headend.csp.CspInput;
import org.hanota.headend.csp.ToHub;
import org.hanota.headend.letter.Delivery;
import org.hanota.headend.request.DeviceType;
import org.hanota.keys.Sha256;

/**
 * Hubs and devices as a test plays them: each delivery is acted on once and confirmed each time it
 * comes; what they say is said again until it is heard.
 */
final class PlayedHubs {
  private static final long UTC = 1_795_000_000_000L;

  private final ManyHomes homes;
  private final Octets meterHash;
  private final Set<String> acted = new TreeSet<>();
  private final Map<Octets, CspInput.HubSaid> unheard = new LinkedHashMap<>();
  private final Map<Eui64, Long> counters = new TreeMap<>();

  /** The numbers under which each thing came that a request leads to. */
  final Map<String, Set<Long>> numbers = new TreeMap<>();

  PlayedHubs(ManyHomes homes) {
    this.homes = homes;
    this.meterHash = homes.hash(DeviceType.ESME);
  }

  /** What the hubs have to say and nobody has heard yet. */
  List<Input> unheard() {
    return List.copyOf(unheard.values());
  }

  void heard(Octets sha256) {
    unheard.remove(sha256);
  }

  /** Takes a delivery; what the hub says at once. */
  List<Input> take(ToHub sent) {
    List<Input> said = new ArrayList<>();
    said.add(new CspInput.HubTook(sent.hub(), sent.number()));
    String what =
        sent.load() instanceof Delivery.Load.Command command
            ? "command " + Message.parse(command.message()).header()
            : "image " + ((Delivery.Load.Image) sent.load()).image().name() + " to " + sent.hub();
    numbers.computeIfAbsent(what, key -> new TreeSet<>()).add(sent.number());
    if (acted.add(sent.hub() + " " + sent.number())) {
      List<CspInput.HubSaid> messages = new ArrayList<>();
      if (sent.load() instanceof Delivery.Load.Command command) {
        messages.add(answer(sent.hub(), Message.parse(command.message())));
      } else if (sent.load() instanceof Delivery.Load.Image image) {
        image.image().devices().forEach(device -> update(sent.hub(), device, messages));
      }
      messages.forEach(message -> unheard.put(Sha256.of(message.message()), message));
      said.addAll(messages);
    }
    return said;
  }

  private void update(Eui64 hub, Eui64 device, List<CspInput.HubSaid> messages) {
    GeneralizedTime time = GeneralizedTime.ofUtcMillis(UTC);
    messages.add(
        say(
            hub,
            GroupingHeader.alert(MessageCode.CCS08, next(hub), hub, ManyHomes.DSP),
            FirmwareTransferAlert.of(time, device, ManyHomes.NEW, TransferResponseCode.SUCCESS)));
    long counter = next(device);
    if (device.equals(ManyHomes.ppmid(ManyHomes.home(device)))) {
      messages.add(
          say(
              hub,
              GroupingHeader.alert(MessageCode.CS09, counter, device, ManyHomes.DSP),
              new PpmidFirmwareActivationAlert(time, ManyHomes.NEW, SuccessOrFailure.SUCCESS)));
    } else {
      messages.add(
          say(
              hub,
              GroupingHeader.alert(
                  MessageCode.FIRMWARE_DISTRIBUTION_RECEIPT_ALERT_ESME,
                  counter,
                  device,
                  ManyHomes.SUPPLIER),
              new FirmwareDistributionReceiptAlert.Esme(
                  (int) counter,
                  AlertCode.FIRMWARE_VERIFICATION_SUCCESSFUL,
                  CosemDateTime.ofUtcMillis(UTC),
                  meterHash)));
    }
  }

  private CspInput.HubSaid answer(Eui64 hub, Message command) {
    GroupingHeader header = command.header().response().at(CosemDateTime.ofUtcMillis(UTC));
    Payload payload =
        command.payload() instanceof ActivateFirmware.Command
            ? new ActivateFirmware.ExecutionOutcome(
                ActivateImageResponseCode.SUCCESS, ManyHomes.NEW)
            : new ReadEsmeFirmwareVersion.Version(header.longInvokeId(), ManyHomes.NEW);
    return say(hub, header, payload);
  }

  private long next(Eui64 device) {
    return counters.merge(device, 1L, Long::sum);
  }

  private CspInput.HubSaid say(Eui64 hub, GroupingHeader header, Payload payload) {
    Message message =
        Message.of(header, payload).sign(homes.device(header.originator()).digitalSignatureKey());
    return new CspInput.HubSaid(hub, message.octets());
  }
}
