// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.hanota.api.ImageId;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.TransferPace;
import org.hanota.api.zcl.BlockRequestOptions;
import org.hanota.api.zcl.ImageBlockRequest;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.api.zcl.ImagePageRequest;
import org.hanota.api.zcl.ZclMessage;
import org.hanota.device.Journal.Download;
import org.jspecify.annotations.Nullable;

/** One download: what is missing, what to ask for next, and how fast it goes. */
final class Transfer {
  private final ImageId image;
  private final long sizeOctets;
  private final DeviceConfig config;
  private final DeviceParameters parameters;
  private final Coverage coverage;
  private BlockRequestOptions options = BlockRequestOptions.NONE;
  private int minimumBlockPeriod;
  private boolean pages;

  /** End of the page that was asked for; 0 outside of a page. */
  private long pageEnd;

  private int percent;
  private long nextPercentAt;
  private @Nullable TransferPace pace;

  Transfer(Download download, DeviceConfig config, int minimumBlockPeriod) {
    this.image = download.image();
    this.sizeOctets = download.sizeOctets();
    this.config = config;
    this.parameters = config.parameters();
    this.coverage = new Coverage(sizeOctets, download.position());
    this.pages = parameters.pageSizeOctets() > 0;
    minimumBlockPeriod(minimumBlockPeriod);
    percent = (int) (download.position() * 100 / sizeOctets);
    nextPercentAt = positionOf(percent + 1);
  }

  private long positionOf(int part) {
    return (part * sizeOctets + 99) / 100;
  }

  Download download() {
    return new Download(image, sizeOctets, coverage.position(), false);
  }

  long position() {
    return coverage.position();
  }

  boolean isComplete() {
    return coverage.isComplete();
  }

  /** The server set a new pace, which the requests repeat. [ZCL 11.5.3] */
  void minimumBlockPeriod(int period) {
    minimumBlockPeriod = period;
    options =
        new BlockRequestOptions(
            Optional.empty(), period == 0 ? OptionalInt.empty() : OptionalInt.of(period));
  }

  long blockPeriodMs() {
    return parameters.blockPeriodInSeconds() ? minimumBlockPeriod * 1000L : minimumBlockPeriod;
  }

  ZclMessage nextRequest() {
    long gap = coverage.gap();
    if (pages && gap == sizeOctets - position() && gap > parameters.maximumDataSize()) {
      int page = (int) Math.min(gap, parameters.pageSizeOctets());
      pageEnd = position() + page;
      return new ImagePageRequest(
          image,
          position(),
          parameters.maximumDataSize(),
          page,
          parameters.pageResponseSpacingMs(),
          options.requestNodeAddress());
    }
    pageEnd = 0;
    return new ImageBlockRequest(
        image, position(), (int) Math.min(gap, parameters.maximumDataSize()), options);
  }

  /** Whether the block is one that was asked for and has not come yet. */
  boolean accepts(ImageBlockResponse.Success block) {
    int length = block.data().length();
    return block.image().equals(image)
        && length <= parameters.maximumDataSize()
        && (pageEnd == 0
            ? block.fileOffset() == position() && length <= coverage.gap() && length > 0
            : block.fileOffset() + length <= pageEnd)
        && coverage.isNew(block.fileOffset(), length);
  }

  /** Notes the block; true if the download has reached another percent. */
  boolean add(ImageBlockResponse.Success block, Now now) {
    coverage.add(block.fileOffset(), block.data().length());
    if (position() < nextPercentAt) {
      return false;
    }
    percent = (int) (position() * 100 / sizeOctets);
    nextPercentAt = positionOf(percent + 1);
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
    return pace == null ? OptionalLong.empty() : pace.remainingMillis(sizeOctets - position());
  }

  /** Whether blocks of the page are still to come by themselves. */
  boolean expectsMoreOfPage() {
    return pageEnd > position();
  }

  /** A page that stalls is left for blocks. False if there was none. */
  boolean leavePage() {
    boolean wasPage = pageEnd > 0;
    pageEnd = 0;
    if (wasPage && coverage.gap() == sizeOctets - position()) {
      // Nothing of it came behind a gap: the next request would be the same page again.
      pagesMissed++;
      pages = pagesMissed < PAGES_MISSED_MAX;
    }
    return wasPage;
  }

  /** A server that never answers a page is asked for blocks. */
  private static final int PAGES_MISSED_MAX = 3;

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

  DeviceConfig config() {
    return config;
  }
}
