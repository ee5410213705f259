// SPDX-License-Identifier: Apache-2.0
package org.hanota.device.download;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.hanota.api.ImageId;
import org.hanota.api.OctetSource;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.StateWriter;
import org.hanota.api.machine.TransferPace;
import org.hanota.api.zcl.BlockRequestOptions;
import org.hanota.api.zcl.ImageBlockRequest;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.api.zcl.ImagePageRequest;
import org.hanota.api.zcl.ZclMessage;
import org.hanota.device.DeviceParameters;
import org.hanota.device.bank.Journal.Download;
import org.hanota.otaformat.PartManifest;
import org.jspecify.annotations.Nullable;

/**
 * The transfer of one file: what is missing, what to ask for next, and how fast it goes. The file
 * is an image or a part of one, which its first octets tell; offsets are those of the file,
 * positions those of the image.
 */
final class Transfer {
  private final ImageId file;
  private final long fileSize;
  private final DeviceParameters parameters;
  private final Download begun;
  private Coverage coverage;

  private final FileHead head;

  /**
   * A part's first octets, which are not of the image; null once they are known or if it is one.
   */
  private @Nullable OctetWriter kept;

  /** Octets from which on an image's own start tells more of it. */
  private long headKnownAt;

  /** What an offset in the file must be moved by to be a position in the image. */
  private long shift;

  private BlockRequestOptions options = BlockRequestOptions.NONE;
  private int minimumBlockPeriod;
  private long blockPeriodMs;
  private final int maximumDataSize;
  private boolean pages;

  /** End of the page that was asked for; 0 outside of a page. */
  private long pageEnd;

  /** Most octets of one block, as asked for last. */
  private int dataSize;

  private int percent;
  private long nextPercentAt;
  private @Nullable TransferPace pace;

  /** Begins or goes on with {@code download}, whose file has {@code fileSize} octets. */
  Transfer(Download download, long fileSize, DeviceParameters parameters, int minimumBlockPeriod) {
    this.begun = download;
    this.file = download.file();
    this.fileSize = fileSize;
    this.parameters = parameters;
    this.maximumDataSize = parameters.maximumDataSize();
    this.head = new FileHead(fileSize);
    boolean isPart = download.parts().isPresent();
    this.kept = isPart ? new OctetWriter(128) : null;
    this.headKnownAt = isPart ? Long.MAX_VALUE : head.needed();
    this.coverage = new Coverage(fileSize, isPart ? 0 : download.position());
    this.pages = parameters.pageSizeOctets() > 0;
    minimumBlockPeriod(minimumBlockPeriod);
    estimate();
  }

  private void estimate() {
    percent = (int) (position() * 100 / begun.sizeOctets());
    nextPercentAt = positionOf(percent + 1);
  }

  private long positionOf(int part) {
    return (part * begun.sizeOctets() + 99) / 100;
  }

  /** The file that is asked for. */
  ImageId file() {
    return file;
  }

  /** Octets of that file. */
  long fileSize() {
    return fileSize;
  }

  /** The download as it stands. */
  Download download() {
    return begun.at(position());
  }

  /** Octets of the image that are there. */
  long position() {
    return kept == null ? coverage.position() + shift : begun.position();
  }

  /** The next octet of the file to ask for. */
  long fileOffset() {
    return coverage.position();
  }

  /** Where an octet of the file goes in the image. */
  long position(long fileOffset) {
    return fileOffset + shift;
  }

  /** Whether everything has come that the image needs of this file. */
  boolean isComplete() {
    return kept == null && coverage.isComplete();
  }

  /** Whether what comes is the head of a part. */
  boolean readsHead() {
    return kept != null;
  }

  /** Adds to the head of a part; empty while it does not tell yet where the data begin. */
  Optional<FileHead.Content> head(Octets data) {
    coverage.add(coverage.position(), data.length());
    return head.read(present(kept).octets(data).view());
  }

  /** Whether the image's start, which is in the slot, tells more now than it did before. */
  boolean isHeadKnown() {
    return coverage.position() >= headKnownAt;
  }

  /** Whether the image, with this start, is the first part of one. */
  Optional<PartManifest> manifest(OctetSource start) {
    Optional<FileHead.Content> content = head.read(start);
    headKnownAt = content.isPresent() ? Long.MAX_VALUE : head.needed();
    return content.flatMap(FileHead.Content::manifest);
  }

  /** Whether a file with this content is the part that comes. */
  boolean fits(FileHead.Content content) {
    PartManifest.Part part = begun.parts().orElseThrow().parts().get(begun.part());
    return content.dataOffset() > 0
        && content.dataSize() == part.size()
        && content.dataOffset() + content.dataSize() <= fileSize;
  }

  /**
   * The head of the part is known. Returns the data that came with it and belong at the download's
   * position.
   */
  Octets isPart(FileHead.Content content) {
    Octets octets = present(kept).view();
    long end = content.dataOffset() + content.dataSize();
    kept = null;
    pageEnd = Math.min(pageEnd, end);
    shift = begun.partStart() - content.dataOffset();
    if (begun.position() > begun.partStart()) {
      coverage = new Coverage(end, begun.position() - shift);
      return Octets.EMPTY;
    }
    long come = Math.min(octets.length(), end);
    coverage = new Coverage(end, come);
    return octets.slice((int) content.dataOffset(), (int) (come - content.dataOffset()));
  }

  private static OctetWriter present(@Nullable OctetWriter kept) {
    if (kept == null) {
      throw new AssertionError("the head is known");
    }
    return kept;
  }

  /**
   * The server set a new pace, which the requests repeat. It is capped, since a server might ask
   * for a minute. [ZCL 11.5.3] [hanota H34]
   */
  void minimumBlockPeriod(int period) {
    minimumBlockPeriod = period;
    long asked = parameters.blockPeriodInSeconds() ? period * 1000L : period;
    blockPeriodMs = Math.min(asked, parameters.minimumBlockPeriodCapMs());
    options =
        new BlockRequestOptions(
            Optional.empty(), period == 0 ? OptionalInt.empty() : OptionalInt.of(period));
  }

  /** The pause before the next request. */
  long blockPeriodMs() {
    return blockPeriodMs;
  }

  ZclMessage nextRequest() {
    long gap = coverage.gap();
    if (pages && !skipsAhead() && gap == coverage.missing() && gap > maximumDataSize) {
      int page = (int) Math.min(gap, parameters.pageSizeOctets());
      pageEnd = fileOffset() + page;
      dataSize = maximumDataSize;
      return new ImagePageRequest(
          file,
          fileOffset(),
          dataSize,
          page,
          parameters.pageResponseSpacingMs(),
          options.requestNodeAddress());
    }
    pageEnd = 0;
    dataSize = (int) Math.min(gap, maximumDataSize);
    return new ImageBlockRequest(file, fileOffset(), dataSize, options);
  }

  /** Whether only the head is wanted, since what follows it is there already. */
  private boolean skipsAhead() {
    return kept != null && begun.position() > begun.partStart();
  }

  /** Whether the block is one that was asked for and has not come yet. */
  boolean accepts(ImageBlockResponse.Success block) {
    int length = block.data().length();
    return block.image().equals(file)
        && length <= dataSize
        && ((pageEnd == 0 || kept != null)
            ? block.fileOffset() == fileOffset() && length <= coverage.gap() && length > 0
            : block.fileOffset() + length <= pageEnd)
        && coverage.isNew(block.fileOffset(), length);
  }

  /** Notes the block. */
  void add(ImageBlockResponse.Success block) {
    coverage.add(block.fileOffset(), block.data().length());
  }

  /** Whether the download has reached another percent. */
  boolean percent(Now now) {
    if (position() < nextPercentAt) {
      return false;
    }
    estimate();
    if (pace != null) {
      pace.mark(now, position());
    }
    return true;
  }

  /** The estimate begins here. */
  void started(Now now) {
    pace = new TransferPace(now, position());
  }

  /** Time left at the speed of the last few percent. */
  OptionalLong remainingMillis() {
    return pace == null
        ? OptionalLong.empty()
        : pace.remainingMillis(begun.sizeOctets() - position());
  }

  /** Whether blocks of the page are still to come by themselves. */
  boolean expectsMoreOfPage() {
    return pageEnd > fileOffset();
  }

  /** A page that stalls is left for blocks. False if there was none. */
  boolean leavePage() {
    boolean wasPage = pageEnd > 0;
    pageEnd = 0;
    if (wasPage && coverage.gap() == coverage.missing()) {
      // Nothing of it came behind a gap: the next request would be the same page again.
      pagesMissed++;
      pages = pagesMissed < parameters.pagesMissedMaximum();
    }
    return wasPage;
  }

  private int pagesMissed;

  /** A page that the server put off is asked for anew. */
  void abandonPage() {
    pageEnd = 0;
    coverage.forgetIslands();
  }

  /** The server has no pages. False if none was asked for. */
  boolean withoutPages() {
    boolean had = pages;
    pages = false;
    pageEnd = 0;
    return had;
  }

  /** Writes what decides what happens next. */
  void describe(StateWriter out) {
    out.put("begun", begun).put("file size", fileSize);
    coverage.describe(out);
    head.describe(out);
    if (kept != null) {
      out.put("head", kept.view().toHex());
    }
    out.put("tells at", headKnownAt)
        .put("shift", shift)
        .put("period", minimumBlockPeriod)
        .put("pages", pages)
        .put("pages missed", pagesMissed)
        .put("page end", pageEnd)
        .put("asked", dataSize)
        .put("next percent at", nextPercentAt);
  }
}
