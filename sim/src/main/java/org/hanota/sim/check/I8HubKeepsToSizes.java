// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.check;

import java.util.Map;
import java.util.TreeMap;
import org.hanota.api.Eui64;
import org.hanota.api.zcl.ImageBlockRequest;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.api.zcl.ImagePageRequest;
import org.hanota.api.zcl.ZclMessage;

/** I8: the hub never sends more than the device's maximum data size, and never past the file. */
final class I8HubKeepsToSizes extends Checker {
  private final Map<Eui64, Integer> maximumDataSizes = new TreeMap<>();

  I8HubKeepsToSizes(Judge judge) {
    super("I8", "the end of a file was sent", judge);
  }

  @Override
  void frame(Subject device, boolean toDevice, ZclMessage message, boolean isChanged) {
    if (!toDevice && message instanceof ImageBlockRequest request) {
      asked(device, request.maximumDataSize());
    } else if (!toDevice && message instanceof ImagePageRequest request) {
      asked(device, request.maximumDataSize());
    } else if (toDevice && !isChanged && message instanceof ImageBlockResponse.Success block) {
      long end = block.fileOffset() + block.data().length();
      // A late answer may be to a request that asked for more than the last one.
      int maximum = maximumDataSizes.getOrDefault(device.address(), -1);
      int length = block.data().length();
      if (!isCounted(length <= maximum)) {
        throw violated(device, "got " + length + " octets, asked for " + maximum);
      }
      long size = device.fileOctets(block.image());
      if (!isCounted(end <= size)) {
        throw violated(device, "got octets past the file: " + end);
      }
      if (end == size) {
        reach();
      }
    }
  }

  private void asked(Subject device, int maximumDataSize) {
    maximumDataSizes.merge(device.address(), maximumDataSize, Math::max);
  }
}
