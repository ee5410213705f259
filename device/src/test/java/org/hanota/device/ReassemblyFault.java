// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import java.util.Optional;
import org.hanota.api.Octets;
import org.hanota.api.zcl.ImageBlockRequest;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.device.bank.ForwardingImageBank;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.bank.Journal;
import org.hanota.device.bank.Slot;

/** What a device does wrong while it downloads; planted between it and its surroundings. */
enum ReassemblyFault {
  /** Does everything right. */
  NONE,
  TAKES_BLOCKS_OF_ANOTHER_VERSION,
  IGNORES_THE_OFFSET_OF_A_BLOCK,
  FILLS_UP_SHORT_BLOCKS,
  LOSES_A_WRITE,
  KEEPS_A_POSITION_THAT_HAS_NOT_COME,
  SPLICES_TWO_FILES,
  FORGETS_TO_ERASE;

  private static final int LOST_WRITE_AT = 63;
  private static final int SHORT_OCTETS = 10;

  /** What the device sees of a block, when it asked for another one. */
  ImageBlockResponse.Success block(
      ImageBlockResponse.Success block, Optional<ImageBlockRequest> asked) {
    if (asked.isEmpty()) {
      return block;
    }
    return switch (this) {
      case TAKES_BLOCKS_OF_ANOTHER_VERSION ->
          new ImageBlockResponse.Success(asked.get().image(), block.fileOffset(), block.data());
      case IGNORES_THE_OFFSET_OF_A_BLOCK ->
          new ImageBlockResponse.Success(block.image(), asked.get().fileOffset(), block.data());
      case FILLS_UP_SHORT_BLOCKS ->
          new ImageBlockResponse.Success(
              block.image(),
              block.fileOffset(),
              block.data().length() == SHORT_OCTETS
                  ? block.data().concat(Octets.wrap(new byte[SHORT_OCTETS]))
                  : block.data());
      default -> block;
    };
  }

  ImageBank bank(ImageBank bank) {
    return switch (this) {
      case LOSES_A_WRITE ->
          new ForwardingImageBank(bank) {
            @Override
            public void write(Slot slot, long position, Octets data) {
              if (position != LOST_WRITE_AT) {
                super.write(slot, position, data);
              }
            }
          };
      case KEEPS_A_POSITION_THAT_HAS_NOT_COME ->
          new ForwardingImageBank(bank) {
            @Override
            public void save(Journal next) {
              super.save(
                  next.withDownload(
                      next.download()
                          .map(d -> d.at(Math.min(d.sizeOctets() - 1, d.position() + 1)))));
            }
          };
      case SPLICES_TWO_FILES ->
          new ForwardingImageBank(bank) {
            private long reached;

            @Override
            public void save(Journal next) {
              reached =
                  Math.max(reached, next.download().map(Journal.Download::position).orElse(0L));
              Optional<Journal.Download> more =
                  next.download().map(d -> d.at(Math.min(d.sizeOctets(), reached)));
              super.save(next.withDownload(more));
            }

            @Override
            public void erase(Slot slot, long fromOctet) {}
          };
      case FORGETS_TO_ERASE ->
          new ForwardingImageBank(bank) {
            @Override
            public void erase(Slot slot, long fromOctet) {}
          };
      default -> bank;
    };
  }
}
