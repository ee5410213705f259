// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.hanota.api.ImageId;
import org.hanota.api.ImageType;
import org.hanota.api.Octets;
import org.hanota.api.ZigBeeTime;
import org.hanota.api.zcl.ImageBlockRequest;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.api.zcl.ImagePageRequest;
import org.hanota.api.zcl.QueryNextImageRequest;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.UpgradeEndRequest;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.otaformat.OtaHeader;
import org.hanota.otaformat.ZigBeeFile;

/** A server with the files of an image in parts; the manufacturer's image types name them. */
final class PartsServer {
  final List<Octets> files = new ArrayList<>();
  final List<ImageId> ended = new ArrayList<>();

  PartsServer(List<ZigBeeFile> parts) {
    parts.forEach(part -> files.add(part.octets().octets(0, (int) part.octets().size())));
  }

  /** The file of this type; empty if the server has none. */
  Optional<Octets> file(ImageType type) {
    return files.stream()
        .filter(file -> !file.isEmpty())
        .filter(file -> OtaHeader.read(file).image().imageType().equals(type))
        .findFirst();
  }

  /** Answers the device's last request; false if it has none that a server answers. */
  boolean answer(Desk desk) {
    if (desk.effects.sent.isEmpty()) {
      return false;
    }
    if (desk.last() instanceof QueryNextImageRequest query
        && desk.machine.state() == DeviceState.QUERYING) {
      Optional<Octets> file = file(query.current().imageType());
      desk.receive(
          file.isEmpty()
              ? new QueryNextImageResponse.Refusal(ZclStatus.NO_IMAGE_AVAILABLE)
              : new QueryNextImageResponse.Success(
                  OtaHeader.read(file.get()).image(), file.get().length()));
    } else if (desk.last() instanceof ImageBlockRequest request
        && desk.machine.state() == DeviceState.DOWNLOADING) {
      desk.receive(block(request.image(), request.fileOffset(), request.maximumDataSize()));
    } else if (desk.last() instanceof ImagePageRequest request
        && desk.machine.state() == DeviceState.DOWNLOADING) {
      page(desk, request);
    } else if (desk.last() instanceof UpgradeEndRequest end
        && desk.machine.state() == DeviceState.ENDING) {
      ended.add(end.image());
      if (end.status().equals(ZclStatus.SUCCESS)) {
        desk.receive(new UpgradeEndResponse(end.image(), ZigBeeTime.ZERO, ZigBeeTime.ZERO));
      } else {
        desk.refuse(ZclStatus.SUCCESS);
      }
    } else {
      return false;
    }
    return true;
  }

  private void page(Desk desk, ImagePageRequest page) {
    long end =
        Math.min(
            page.fileOffset() + page.pageSizeOctets(),
            file(page.image().imageType()).orElseThrow().length());
    int step = page.maximumDataSize();
    for (long at = page.fileOffset(); at < end; at += step) {
      // The third block of each page is lost.
      if (at != page.fileOffset() + 2L * step) {
        desk.receive(block(page.image(), at, (int) Math.min(step, end - at)));
      }
    }
    if (desk.machine.state() == DeviceState.DOWNLOADING && desk.last() == page) {
      desk.tick();
    }
  }

  private ImageBlockResponse block(ImageId image, long offset, int size) {
    Octets file = file(image.imageType()).orElseThrow();
    int length = (int) Math.min(size, file.length() - offset);
    return new ImageBlockResponse.Success(image, offset, file.slice((int) offset, length));
  }

  /** Until the device has come so far. */
  void serveUntil(Desk desk, Predicate<Desk> reached) {
    for (int i = 0; i < 10_000 && !reached.test(desk); i++) {
      desk.work();
      if (!reached.test(desk)) {
        assertThat(answer(desk)).as("it stopped in " + desk.machine.state()).isTrue();
      }
    }
    assertThat(reached.test(desk)).isTrue();
  }

  /** Until the device has nothing more to ask or to do. */
  void serve(Desk desk) {
    for (int i = 0; i < 10_000; i++) {
      desk.work();
      if (!answer(desk)) {
        return;
      }
    }
    throw new AssertionError("an endless transfer in " + desk.machine.state());
  }
}
