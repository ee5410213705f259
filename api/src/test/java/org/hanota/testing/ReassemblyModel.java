// SPDX-License-Identifier: Apache-2.0
package org.hanota.testing;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.zcl.ImageBlockResponse;

/**
 * Which octets of a file may be in a client's slot, by what it asked for and what came. Knows
 * nothing of how a client works: it is the oracle of the tests.
 */
public final class ReassemblyModel {
  private final ImageId file;
  private final int size;

  /** Octets that came, at any time since the file was begun. */
  private final BitSet came = new BitSet();

  /** Octets that the client holds, for all that it has said. */
  private final BitSet there = new BitSet();

  private final List<ImageBlockResponse.Success> taken = new ArrayList<>();
  private int asked;
  private long pageEnd;
  private int maximumDataSize;

  /** A file of which nothing has come. */
  public ReassemblyModel(ImageId file, int size) {
    this.file = file;
    this.size = size;
  }

  /**
   * A client asks for octets that it lacks, from an offset before which it has everything. A lower
   * one than before says that it forgot what it had from there on. [ZCL 11.13.6], [ZCL 11.13.7]
   *
   * @param pageSize octets of the page that is asked for; 0 for a block
   * @return what is wrong with the request; empty if nothing is
   */
  public Optional<String> asks(ImageId image, long fileOffset, int dataSize, int pageSize) {
    if (!image.equals(file) || fileOffset >= size) {
      return Optional.of("asks for " + image + " at " + fileOffset + " of " + size);
    }
    if (came.nextClearBit(0) < fileOffset) {
      return Optional.of("asks from " + fileOffset + ", lacks " + came.nextClearBit(0));
    }
    asked = (int) fileOffset;
    maximumDataSize = dataSize;
    pageEnd = pageSize == 0 ? 0 : Math.min(size, fileOffset + pageSize);
    if (there.nextClearBit(0) > asked) {
      there.clear(asked, size);
    }
    there.set(0, asked);
    there.clear(asked, Math.min(size, asked + Math.max(dataSize, pageSize)));
    return Optional.empty();
  }

  /**
   * A block counts if it is of the file and within it, no longer than was asked for, begins with
   * the first octet that lacks or lies in the page that was asked for, and none of it is there.
   * [ZCL 11.13.8] A client may also drop such a block, as one does that reads the head of a file in
   * order, and take its octets from a later one that overlaps it (ours).
   */
  public void comes(ImageBlockResponse.Success block) {
    int from = (int) Math.min(block.fileOffset(), size);
    long end = block.fileOffset() + block.data().length();
    boolean isAskedFor = from == there.nextClearBit(0) || (from >= asked && end <= pageEnd);
    boolean isNew = there.nextSetBit(from) < 0 || there.nextSetBit(from) >= end;
    if (block.image().equals(file)
        && block.data().length() <= maximumDataSize
        && end <= size
        && isAskedFor) {
      came.set(from, (int) end);
      if (isNew) {
        taken.add(block);
        there.set(from, (int) end);
      }
    }
  }

  /**
   * A server that says wait in answer to a request, and a query, void a page: what came of it
   * behind a gap is open, and what still comes of it counts in order only. (ours)
   */
  public void pageIsVoid() {
    pageEnd = 0;
    there.clear(there.nextClearBit(0), size);
  }

  /** Whether every octet has come, so that the file may be verified. [ZCL 11.16] */
  public boolean isWhole() {
    return came.nextClearBit(0) >= size;
  }

  /**
   * Every octet before the one that is asked for is one that came; every other one is, too, or was
   * never written.
   *
   * @return what is wrong with the slot; empty if nothing is
   */
  public Optional<String> wrong(Octets slot, int erasedValue) {
    boolean[] right = new boolean[size];
    for (ImageBlockResponse.Success block : taken) {
      for (int i = 0; i < block.data().length(); i++) {
        int at = (int) block.fileOffset() + i;
        right[at] |= block.data().at(i) == slot.at(at);
      }
    }
    for (int at = 0; at < size; at++) {
      if (!right[at] && (at < asked || slot.at(at) != erasedValue)) {
        return Optional.of("octet " + at + " is " + slot.at(at) + ", which did not come");
      }
    }
    return Optional.empty();
  }
}
