// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import java.util.ArrayList;
import java.util.List;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.otaformat.FileKind;
import org.hanota.otaformat.ImageParts;
import org.hanota.otaformat.OtaHeader;
import org.hanota.otaformat.ZigBeeFile;

/**
 * A file that a hub serves: an image, or a part of one that is too large for a hub.
 *
 * @param name what it is called
 * @param image its header's name
 * @param octets the whole file
 * @param kind what stands behind its header
 */
public record ImageFile(String name, ImageId image, Octets octets, FileKind kind) {
  /** The files of a plan's image, of at most {@code maximumOctets} each, in their order. */
  public static List<ImageFile> of(DevicePlan plan, long maximumOctets) {
    OtaHeader header = OtaHeader.read(plan.image());
    if (plan.image().length() <= maximumOctets) {
      return List.of(new ImageFile(plan.imageName(), header.image(), plan.image(), plan.kind()));
    }
    List<ImageFile> files = new ArrayList<>();
    for (ZigBeeFile part : ImageParts.split(plan.image(), header, (int) maximumOctets)) {
      files.add(
          new ImageFile(
              plan.imageName() + " part " + (files.size() + 1),
              part.image(),
              part.octets().octets(0, (int) part.octets().size()),
              FileKind.ZIGBEE));
    }
    return files;
  }
}
