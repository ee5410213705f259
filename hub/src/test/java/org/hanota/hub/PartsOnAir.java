// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.control.UpgradeTime;
import org.hanota.api.zcl.BlockRequestOptions;
import org.hanota.api.zcl.ImageBlockRequest;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.UpgradeEndRequest;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.otaformat.FileKind;
import org.hanota.otaformat.ImageParts;
import org.hanota.otaformat.OtaHeader;
import org.hanota.otaformat.ZigBeeFile;

/** An image in three files, and what its device sends of each: shared by the tests of parts. */
final class PartsOnAir {
  static final List<Octets> PARTS = parts();

  static List<Octets> parts() {
    List<Octets> parts = new ArrayList<>();
    for (ZigBeeFile part : ImageParts.split(Counter.FILE, OtaHeader.of(Counter.IMAGE), 1_000)) {
      parts.add(part.octets().octets(0, (int) part.octets().size()));
    }
    return parts;
  }

  static ImageId name(int part) {
    return OtaHeader.read(PARTS.get(part)).image();
  }

  static ImageId before(int part) {
    return name(part).withVersion(Counter.BEFORE.fileVersion());
  }

  /** A hub with all parts and no other image. */
  static Counter counter() {
    Counter hub = new Counter(p -> p.with(HubParameter.SERVES_UNASKED, false));
    hub.images.images().forEach(image -> hub.images.remove(image.sha256()));
    PARTS.forEach(hub::put);
    return hub.start();
  }

  static void query(Counter hub, int part) {
    hub.query(1, before(part), Optional.empty());
  }

  static void block(Counter hub, int part, long offset) {
    hub.receive(1, new ImageBlockRequest(name(part), offset, 48, BlockRequestOptions.NONE));
  }

  /** All blocks of a part, without its end. */
  static void take(Counter hub, int part) {
    for (long at = 0; at < PARTS.get(part).length(); at += 48) {
      block(hub, part, at);
      assertThat(hub.answer())
          .isInstanceOfSatisfying(
              ImageBlockResponse.Success.class,
              block -> assertThat(block.image()).isEqualTo(name(part)));
    }
  }

  static void end(Counter hub, int part, ZclStatus status) {
    hub.receive(1, new UpgradeEndRequest(status, name(part)));
  }

  static void isOffered(Counter hub, int part) {
    assertThat(hub.answer())
        .isEqualTo(new QueryNextImageResponse.Success(name(part), PARTS.get(part).length()));
  }

  static void fromWan(Counter hub, int part) {
    hub.effects.clear();
    hub.input(
        new HubInput.ImageFromWan(
            "part " + (part + 1),
            PARTS.get(part),
            FileKind.ZIGBEE,
            List.of(Counter.device(1)),
            new UpgradeTime.Now()));
  }

  private PartsOnAir() {}
}
