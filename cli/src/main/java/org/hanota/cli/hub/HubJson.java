// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Locale;
import org.hanota.api.control.CatalogueImage;
import org.hanota.api.control.HubStatus;

/** A hub's status and events as JSON. */
final class HubJson {
  private HubJson() {}

  static ObjectNode status(HubStatus status) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("hub", status.hub().toString());
    out.put("knownDevices", status.knownDevices());
    status.next().ifPresent(next -> out.put("next", next.toString()));
    status.outage().ifPresent(why -> out.put("outage", why));
    status
        .doubtedUtcMillis()
        .ifPresent(shown -> out.put("doubtedClock", Instant.ofEpochMilli(shown).toString()));
    status
        .headEnd()
        .ifPresent(
            headEnd ->
                out.putObject("headEnd")
                    .put("address", headEnd.address())
                    .put("connected", headEnd.connected())
                    .put("reason", headEnd.reason()));
    out.put("transferring", status.transferring());
    out.put("queued", status.queued());
    out.put("concurrentTransfers", status.concurrentTransfers());
    var devices = out.putArray("devices");
    status.devices().forEach(device -> devices.add(device(device)));
    return out;
  }

  private static ObjectNode device(HubStatus.DeviceStatus device) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("device", device.device().address().toString());
    out.put("endpoint", device.device().endpoint());
    out.put("phase", device.phase().name().toLowerCase(Locale.ROOT));
    device.running().ifPresent(image -> out.put("running", image.toString()));
    device.hardwareVersion().ifPresent(version -> out.put("hardwareVersion", version.toString()));
    device.image().ifPresent(image -> out.put("image", image.toString()));
    out.put("fileOffset", device.fileOffset());
    out.put("imageSizeOctets", device.imageSizeOctets());
    device.remainingMillis().ifPresent(millis -> out.put("remainingMillis", millis));
    device
        .upgradeUtcMillis()
        .ifPresent(at -> out.put("upgradeTime", Instant.ofEpochMilli(at).toString()));
    out.put("blocks", device.blocks());
    device
        .failure()
        .ifPresent(
            failure ->
                out.putObject("failure")
                    .put("cause", failure.failure().name())
                    .put("detail", failure.detail()));
    return out;
  }

  static ObjectNode image(CatalogueImage image) {
    ObjectNode out = JsonNodeFactory.instance.objectNode();
    out.put("name", image.name());
    out.put("image", image.image().toString());
    out.put("sizeOctets", image.sizeOctets());
    out.put("sha256", image.sha256().toHex());
    image.quarantined().ifPresent(reason -> out.put("quarantined", reason));
    image
        .order()
        .ifPresent(
            order ->
                out.putObject("order")
                    .put("kind", order.kind().name().toLowerCase(Locale.ROOT))
                    .put("said", order.order()));
    return out;
  }
}
