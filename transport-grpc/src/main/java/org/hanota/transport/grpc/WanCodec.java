// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import com.google.protobuf.ByteString;
import java.util.List;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.control.UpgradeTime;
import org.hanota.api.control.WanLink;
import org.hanota.keys.Sha256;
import org.hanota.transport.grpc.v1.Delivery;
import org.hanota.transport.grpc.v1.DeliveryEnded;
import org.hanota.transport.grpc.v1.FromHeadEnd;
import org.hanota.transport.grpc.v1.FromHub;
import org.hanota.transport.grpc.v1.PartWanted;
import org.hanota.transport.grpc.v1.WanHello;
import org.hanota.transport.grpc.v1.WanImage;
import org.hanota.transport.grpc.v1.WanWelcome;

/** What goes over the WAN between processes, in the messages of its contract. */
final class WanCodec {
  static final int VERSION = 1;
  static final int SHA256_OCTETS = 32;

  private WanCodec() {}

  static ByteString bytes(Octets octets) {
    return ByteString.copyFrom(octets.asByteBuffer());
  }

  static Octets octets(ByteString bytes) {
    return Octets.wrap(bytes.toByteArray());
  }

  static FromHub hello(Eui64 hub) {
    return FromHub.newBuilder()
        .setHello(WanHello.newBuilder().setVersion(VERSION).setHubEui64(hub.value()))
        .build();
  }

  static FromHeadEnd welcome() {
    return FromHeadEnd.newBuilder().setWelcome(WanWelcome.newBuilder().setVersion(VERSION)).build();
  }

  static FromHub message(Octets message) {
    return FromHub.newBuilder().setGbcsMessage(bytes(message)).build();
  }

  static FromHub wanted(Eui64 device, ImageId part) {
    return FromHub.newBuilder()
        .setPartWanted(
            PartWanted.newBuilder()
                .setDeviceEui64(device.value())
                .setPart(ControlCodec.encode(part)))
        .build();
  }

  static FromHub ended(long number, WanLink.End end) {
    DeliveryEnded.Builder ended = DeliveryEnded.newBuilder().setNumber(number);
    if (end instanceof WanLink.End.Refused refused) {
      ended.setRefused(refused.reason());
    }
    return FromHub.newBuilder().setDeliveryEnded(ended).build();
  }

  static WanLink.End end(DeliveryEnded ended) {
    return ended.hasRefused()
        ? new WanLink.End.Refused(ended.getRefused())
        : new WanLink.End.Kept();
  }

  static FromHeadEnd heard(Octets sha256) {
    return FromHeadEnd.newBuilder().setHeardSha256(bytes(sha256)).build();
  }

  static FromHeadEnd delivery(WanLink.Delivery delivery) {
    Delivery.Builder out =
        Delivery.newBuilder().setNumber(delivery.number()).setRequest(delivery.request());
    if (delivery.load() instanceof WanLink.Load.Command command) {
      out.setCommand(bytes(command.message()));
    } else if (delivery.load() instanceof WanLink.Load.Image image) {
      out.setImage(image(image));
    }
    return FromHeadEnd.newBuilder().setDelivery(out).build();
  }

  private static WanImage image(WanLink.Load.Image image) {
    WanImage.Builder out =
        WanImage.newBuilder()
            .setName(image.name())
            .setSizeOctets(image.file().size())
            .setSha256(bytes(Sha256.of(image.file())));
    image.devices().forEach(device -> out.addDeviceEui64(device.value()));
    if (image.when() instanceof UpgradeTime.At at) {
      out.setAtUtcMillis(at.utcMillis());
    } else if (image.when() instanceof UpgradeTime.Held) {
      out.setHeld(true);
    }
    return out.build();
  }

  /** An image of a delivery, with the octets that were fetched. */
  static WanLink.Load.Image image(WanImage image, Octets file) {
    List<Eui64> devices = image.getDeviceEui64List().stream().map(Eui64::new).toList();
    UpgradeTime when =
        switch (image.getWhenCase()) {
          case AT_UTC_MILLIS -> new UpgradeTime.At(image.getAtUtcMillis());
          case HELD -> new UpgradeTime.Held();
          case WHEN_NOT_SET -> new UpgradeTime.Now();
        };
    return new WanLink.Load.Image(image.getName(), file, devices, when);
  }
}
