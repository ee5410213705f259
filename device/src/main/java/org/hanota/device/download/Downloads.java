// SPDX-License-Identifier: Apache-2.0
package org.hanota.device.download;

import java.util.Optional;
import java.util.OptionalLong;
import org.hanota.api.ImageId;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.StateWriter;
import org.hanota.api.machine.Timers;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.device.DeviceConfig;
import org.hanota.device.DeviceParameters;
import org.hanota.device.DeviceTimer;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.bank.Journal.Download;
import org.hanota.device.journal.DeviceJournal;
import org.hanota.device.search.Server;
import org.hanota.device.search.ServerTime;
import org.jspecify.annotations.Nullable;

/** The download under way, from the erase of its slot to the last octet of its file. */
public final class Downloads {
  private final DeviceConfig config;
  private final DeviceParameters parameters;
  private final DeviceJournal journal;
  private final Server server;
  private final Timers<DeviceTimer> timers;
  private final SlotWriter slot;
  private final SlotErase erase;
  private final Parts parts;

  /** The transfer of the file that comes or has just come. */
  private @Nullable Transfer transfer;

  private int minimumBlockPeriod;
  private int restsInARow;
  private long blocks;
  private long ignored;
  private long rests;

  /** Nothing is downloaded yet. */
  public Downloads(
      DeviceConfig config,
      ImageBank bank,
      DeviceJournal journal,
      Server server,
      Timers<DeviceTimer> timers) {
    this.config = config;
    this.parameters = config.parameters();
    this.journal = journal;
    this.server = server;
    this.timers = timers;
    this.slot = new SlotWriter(bank);
    this.erase = new SlotErase(bank);
    this.parts = new Parts(config, bank, journal, slot);
  }

  /** What an image in several files asks for. */
  public Parts parts() {
    return parts;
  }

  // What is known of it.

  /** The transfer of a state that has one. */
  private Transfer transfer() {
    if (transfer == null) {
      throw new AssertionError("no file is transferred");
    }
    return transfer;
  }

  /** The file that comes or has come; known while the slot is erased, before the journal is. */
  public Optional<ImageId> file() {
    return transfer != null ? Optional.of(transfer.file()) : journal.download().map(Download::file);
  }

  /** The image that the file is, or is a part of. */
  public Optional<ImageId> image() {
    return transfer != null
        ? Optional.of(transfer.download().image())
        : journal.current().download().map(Download::image);
  }

  /**
   * Where the file stands; more than the journal knows, which lags behind. Of a part, only its data
   * count while nothing of it comes.
   */
  public OptionalLong fileOffset() {
    if (transfer != null) {
      return OptionalLong.of(transfer.fileOffset());
    }
    return journal.download().stream().mapToLong(d -> d.position() - d.partStart()).findFirst();
  }

  /** The pause between blocks that the server asked for last. */
  public int minimumBlockPeriod() {
    return minimumBlockPeriod;
  }

  /** Blocks stored since the start. */
  public long blocks() {
    return blocks;
  }

  /** Blocks that were not wanted. */
  public long ignored() {
    return ignored;
  }

  /** Rests since the start. */
  public long rests() {
    return rests;
  }

  // The slot.

  /** Octets behind the position may have been written before this start. */
  public void start(Now now) {
    parts.toEraseStart(now);
  }

  /** Limits what a download that is kept may still take. */
  public void limit(Now now) {
    timers.set(DeviceTimer.EXPIRY, now.plusMillis(journal.downloadLeftMs(now)));
  }

  /** Makes room for a download that begins, whose file has {@code fileSize} octets. */
  public void take(Now now, Download begun, long fileSize, Effects effects) {
    timers.stop(DeviceTimer.EXPIRY);
    // The journal forgets the old image before a single octet of it is erased.
    journal.downloadBegins(now);
    erase(0, transferOf(begun, fileSize), effects);
  }

  /** The image begins anew, as the first of the parts that its start names. */
  public void takeParts(Now now, Effects effects) {
    Transfer first = transfer();
    server.awaitNothing();
    take(now, parts.whole(first), first.fileSize(), effects);
  }

  /** Why the image that the start of this file names is not taken; empty if it is. */
  public Optional<Parts.Refusal> refusalOfParts() {
    return parts.refusal(transfer());
  }

  /** Goes on with a download. False if its slot must be erased before. */
  public boolean resume(Now now, Download kept, long fileSize, Effects effects) {
    if (slot.needsErase()) {
      Download goesOn = kept.withTail(slot.unfinished(kept.partStart(), kept.tail()));
      erase(kept.writePosition(), transferOf(goesOn, fileSize), effects);
      return false;
    }
    transfer = transferOf(kept, fileSize);
    begin(now, effects);
    return true;
  }

  private Transfer transferOf(Download download, long fileSize) {
    return new Transfer(download, fileSize, parameters, minimumBlockPeriod);
  }

  private void erase(long fromOctet, Transfer begun, Effects effects) {
    transfer = begun;
    erase.want(begun, fromOctet, journal.current().inactive(), effects);
  }

  /** The slot of a download that was given up meanwhile is empty: the next one may be erased. */
  public void eraseEnded() {
    erase.forget();
  }

  /** The slot is empty. False if it was for another download, and is erased again. */
  public boolean erased(Now now, Effects effects) {
    if (!erase.ended(transfer(), journal.current().inactive(), effects)) {
      return false;
    }
    slot.erased();
    Optional<Download> kept = journal.current().download();
    if (kept.isPresent() && !kept.get().tail().isEmpty()) {
      slot.write(journal.current().inactive(), kept.get().tailStart(), kept.get().tail());
    }
    journal.save(now, transfer().download());
    begin(now, effects);
    return true;
  }

  private void begin(Now now, Effects effects) {
    Download begun = transfer().download();
    limit(now);
    effects.report(
        new UpdateEvent.Started(
            config.address(), begun.image(), begun.sizeOctets(), begun.position()));
    transfer().started(now);
    effects.pollFast(true);
    server.firstTry();
    request(now, effects);
  }

  // Blocks.

  /** Asks for the next block or page. */
  public void request(Now now, Effects effects) {
    server.send(transfer().nextRequest(), effects);
    server.await(now);
  }

  /** More blocks of a page come by themselves. */
  public void awaitPage(Now now) {
    server.await(now, parameters.pageResponseSpacingMs());
  }

  /** Takes a block in. What it leads to is for the caller to do. */
  public BlockOutcome block(Now now, ImageBlockResponse.Success block, Effects effects) {
    Transfer current = transfer;
    if (current == null || !current.accepts(block)) {
      ignored++;
      return BlockOutcome.UNWANTED;
    }
    blocks++;
    server.firstTry();
    restsInARow = 0;
    if (current.readsHead()) {
      Optional<FileHead.Content> content = current.head(block.data());
      if (content.isPresent() && !parts.isAwaited(current, content.get())) {
        return BlockOutcome.ANOTHER_FILE;
      }
    } else {
      slot.write(journal.current().inactive(), current.position(block.fileOffset()), block.data());
      current.add(block);
    }
    if (current.isHeadKnown() && parts.isFirst(current)) {
      return BlockOutcome.FIRST_PART;
    }
    if (current.percent(now)) {
      reportPercent(current, effects);
    }
    if (current.isComplete()) {
      return BlockOutcome.FILE_WHOLE;
    }
    if (journal.isBehind(current.position())) {
      journal.save(now, current.download());
    }
    if (current.expectsMoreOfPage()) {
      return BlockOutcome.MORE_OF_PAGE;
    }
    return current.blockPeriodMs() == 0 ? BlockOutcome.NEXT : BlockOutcome.PACED;
  }

  private void reportPercent(Transfer current, Effects effects) {
    effects.report(
        new UpdateEvent.Transferring(
            config.address(),
            current.download().image(),
            current.download().sizeOctets(),
            current.position(),
            current.remainingMillis()));
  }

  /** The last octet of the file has come. True if it was that of the image too, which is stored. */
  public boolean finish(Now now, Effects effects) {
    server.awaitNothing();
    timers.stop(DeviceTimer.REQUEST);
    Download come = transfer().download();
    if (!come.isComplete()) {
      effects.pollFast(false);
      parts.check(transfer().position(), effects);
      return false;
    }
    slot.finish(journal.current().inactive());
    journal.save(now, come);
    timers.stop(DeviceTimer.EXPIRY);
    return true;
  }

  /** The part is what the manifest names: it is stored as such. */
  public void partHolds(Now now, Effects effects) {
    Transfer current = transfer();
    Download come = current.download();
    // The server may let the part go now: what the slot lacks of it is kept beside.
    journal.save(now, come.withTail(slot.tail(come.position())));
    effects.report(new UpdateEvent.PartReceived(config.address(), current.file(), come.file()));
  }

  /** Nothing is transferred any more; the journal may hold the download. */
  public void leave() {
    timers.stop(DeviceTimer.REQUEST);
    transfer = null;
  }

  /** Gives the download up. */
  public void forget(Now now) {
    timers.stop(DeviceTimer.EXPIRY);
    journal.forgetDownload(now);
  }

  /** No request goes out by itself. */
  public void stopRequests() {
    timers.stop(DeviceTimer.REQUEST);
  }

  // Waits.

  /** Waits as long as the pace demands. */
  public void pace(Now now) {
    pause(now, transfer().blockPeriodMs());
  }

  private void pause(Now now, long millis) {
    server.awaitNothing();
    timers.set(DeviceTimer.REQUEST, now.plusMillis(millis));
  }

  /** The server says wait. */
  public void waitForData(Now now, ImageBlockResponse.WaitForData wait, Effects effects) {
    Transfer current = transfer();
    minimumBlockPeriod = wait.minimumBlockPeriod().orElse(minimumBlockPeriod);
    current.minimumBlockPeriod(minimumBlockPeriod);
    server.firstTry();
    journal.keepAge(now);
    current.abandonPage();
    // A doubted clock may make the device wait; nothing comes of it but the next request.
    OptionalLong delay =
        ServerTime.delayMs(wait.currentTime(), wait.requestTime(), now.shownUtcMillis());
    long pause =
        delay.isEmpty()
            ? parameters.invalidWaitMs()
            : delay.getAsLong() == 0
                ? current.blockPeriodMs()
                : Math.min(delay.getAsLong(), parameters.waitForDataCapMs());
    if (pause >= parameters.restMs()) {
      reportPaused(current.download(), "the server says wait", pause, effects);
    }
    pause(now, pause);
  }

  private void reportPaused(Download kept, String reason, long pauseMs, Effects effects) {
    effects.report(
        new UpdateEvent.Paused(config.address(), kept.image(), kept.position(), reason, pauseMs));
  }

  /** No block came in time: asks again. False after too many tries. */
  public boolean overdue(Now now, Effects effects) {
    server.countRetry();
    // What is missing of a page is asked for block by block.
    if (transfer().leavePage() || server.again(parameters.blockRetryLimit())) {
      request(now, effects);
      return true;
    }
    return false;
  }

  /** The server has no pages: asks for blocks. False if none was asked for. */
  public boolean leavePages(Now now, Effects effects) {
    if (!transfer().withoutPages()) {
      return false;
    }
    request(now, effects);
    return true;
  }

  /** A transfer keeps its place, sends no ABORT, and queries again later. */
  public void rest(Now now, String reason, Effects effects) {
    rest(now, transfer().download(), reason, effects);
  }

  /** The same for a download of which nothing comes. */
  public void rest(Now now, Download kept, String reason, Effects effects) {
    rests++;
    long pause = parameters.restMs();
    for (int i = 0; i < restsInARow && pause < parameters.restCapMs(); i++) {
      pause *= 2;
    }
    pause = Math.min(pause, parameters.restCapMs());
    restsInARow++;
    server.awaitNothing();
    if (kept.position() != journal.storedPosition()) {
      journal.save(now, kept);
    }
    journal.keepAge(now);
    reportPaused(kept, reason, pause, effects);
    effects.pollFast(false);
    timers.set(DeviceTimer.REQUEST, now.plusMillis(pause));
  }

  /** What runs ends soon; whether the download took too long is looked at again then. */
  public void expireLater(Now now) {
    timers.set(DeviceTimer.EXPIRY, now.plusMillis(parameters.responseTimeoutMs()));
  }

  /** Writes what decides what happens next. */
  public void describe(StateWriter out) {
    out.put("block period", minimumBlockPeriod).put("rests in a row", restsInARow);
    erase.describe(transfer, out);
    parts.describe(out);
  }
}
