// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.update;

import java.util.Optional;
import java.util.OptionalLong;
import org.hanota.api.HardwareVersion;
import org.hanota.api.ImageId;
import org.hanota.api.ImageType;
import org.hanota.api.Octets;
import org.hanota.api.control.HubStatus;
import org.hanota.api.control.HubStatus.LastFailure;
import org.hanota.api.control.Offer;
import org.hanota.api.control.Phase;
import org.hanota.api.control.UpgradeTime;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.StateWriter;
import org.hanota.api.machine.UpdateEvent.Failure;
import org.hanota.hub.catalogue.Series;
import org.hanota.hub.store.ReceivedImage;
import org.hanota.hub.store.TransferRecord;
import org.hanota.hub.store.UpdateName;
import org.jspecify.annotations.Nullable;

/**
 * One update: what an OTA client runs of one image type, what it is offered, and how that stands.
 * Small and flat over a transfer's length: ten thousand of them must fit a hub.
 */
public final class Update {
  private final Device device;
  private UpdateName name;
  private Phase phase = Phase.IDLE;
  private @Nullable ImageId running;
  private @Nullable HardwareVersion hardwareVersion;
  private @Nullable Offer offer;
  private UpgradeTime notBefore = new UpgradeTime.Now();
  private @Nullable LastFailure failure;
  private @Nullable Series series;
  private @Nullable Serving serving;
  private @Nullable ReceivedImage received;

  /** SHA-256 of the file of which the device may have octets. */
  private @Nullable Octets file;

  private boolean mustBeginAnew;
  private long fileOffset;
  private long blocks;
  private long heardNanos;
  private long sinceUtcMillis = Now.UTC_UNKNOWN;

  /** The image is held for the device until then. */
  private long holdEndNanos = Long.MAX_VALUE;

  /** From when the time of its phase counts, where no block does. */
  private long phaseNanos;

  /** The same as the time of day, which outlives a restart. */
  private long phaseUtcMillis = Now.UTC_UNKNOWN;

  /** When it was told to run the new image. */
  private long activationNanos;

  private long deadlineNanos = Long.MAX_VALUE;
  private long turn;
  private boolean hasSlot;

  /** How far the transfer has come since it has its slot. */
  private long farthest;

  /** When it came farther, or got its slot. */
  private long progressNanos;

  private final Announcement announcement = new Announcement();
  private final Ends ends = new Ends();
  private final BlockPeriod blockPeriod = new BlockPeriod();

  Update(Device device, UpdateName name) {
    this.device = device;
    this.name = name;
  }

  /** The device whose update it is. */
  public Device device() {
    return device;
  }

  /** Whose it is, and of which image type. */
  public UpdateName name() {
    return name;
  }

  /** The device's OTA client. */
  public Peer client() {
    return name.client();
  }

  /** The image type that the client queries for. */
  public ImageType imageType() {
    return name.imageType();
  }

  /** The client is found to be at another endpoint than the one that was guessed. */
  void moveTo(Peer client) {
    name = new UpdateName(client, name.imageType());
  }

  // What the client says of itself.

  /** What it runs; null before its first query. */
  public @Nullable ImageId running() {
    return running;
  }

  /** Its hardware, as it said. */
  public Optional<HardwareVersion> hardwareVersion() {
    return Optional.ofNullable(hardwareVersion);
  }

  /** It says what it is. Returns whether that is something else than before. */
  public boolean describe(ImageId runs, Optional<HardwareVersion> hardware) {
    boolean changed = !runs.equals(running) || !hardware.equals(hardwareVersion());
    running = runs;
    hardwareVersion = hardware.orElse(null);
    return changed;
  }

  /** What its device said of its hardware in another query. */
  public void hasHardware(HardwareVersion hardware) {
    hardwareVersion = hardware;
  }

  /** When it was heard last about this update. */
  public long heardNanos() {
    return heardNanos;
  }

  // Where it stands.

  /** The phase. */
  public Phase phase() {
    return phase;
  }

  /** Whether the table of transitions has led to another phase. */
  public boolean enter(Phase next) {
    boolean changed = phase != next;
    phase = next;
    return changed;
  }

  /** Whether an update is under way. */
  public boolean isOpen() {
    return phase != Phase.IDLE && phase != Phase.CONFIRMED && phase != Phase.FAILED;
  }

  /** Whether it has the whole image and waits for its time. */
  public boolean hasImage() {
    return phase == Phase.WAITING || phase == Phase.ACTIVATING;
  }

  /** Whether its update is over and the device may not know that: it would have queried. */
  public boolean isTakenBack() {
    return phase == Phase.FAILED;
  }

  /** An operator gave it up: that stands until somebody offers something again. [hanota H17] */
  public boolean isStopped() {
    return phase == Phase.FAILED && failure != null && failure.failure() == Failure.STOPPED;
  }

  /** Whether nothing would be lost with it that anybody has said or still has to hear. */
  boolean mayBeForgotten() {
    return !isOpen() && !isStopped() && !announcement.isWithdrawn() && !hasSlot && isFree();
  }

  /** Whether no time is set before which nothing may run. */
  private boolean isFree() {
    return notBefore instanceof UpgradeTime.Now;
  }

  /** Why the last update failed. */
  public Optional<LastFailure> failure() {
    return Optional.ofNullable(failure);
  }

  // What it is about.

  /** What is offered to it. */
  public @Nullable Offer offer() {
    return offer;
  }

  /** When its image shall run: without an offer, no earlier than anybody said. [hanota H17] */
  public UpgradeTime when() {
    return notBefore;
  }

  /** Somebody offers an image: all begins anew. */
  public void offered(Offer made, Now now, long place) {
    if (series != null && !series.image().equals(made.image())) {
      series = null;
    }
    offer = made;
    notBefore = made.when();
    sinceUtcMillis = now.utcMillis();
    holdEndNanos = Long.MAX_VALUE;
    announcement.resetNotifies();
    begun(place);
    received = null;
    stopServing();
  }

  /** The same image is offered with another time. */
  public void rescheduled(Offer made) {
    offer = made;
    notBefore = made.when();
    announcement.resetResponses();
  }

  /** An update without an offer, or after an offer, begins. */
  public void begun(long place) {
    turn = place;
    failure = null;
    blocks = 0;
    fileOffset = 0;
  }

  /** The image that comes in several files, once it has one of them. */
  public @Nullable Series series() {
    return series;
  }

  /** It has another file of a series; or it begins anew with the first one. */
  public void setSeries(@Nullable Series files) {
    series = files;
  }

  /** What its update is about. */
  public @Nullable ImageId target() {
    if (offer != null) {
      return offer.image();
    }
    if (series != null) {
      return series.image();
    }
    if (received != null) {
      return received.image();
    }
    return serving == null ? null : serving.image();
  }

  /** The same for events: wild cards if it is about nothing. */
  public ImageId image() {
    ImageId target = target();
    return target == null ? ImageId.WILD_CARD : target;
  }

  /** The file under way or wanted: of several, the one that comes next. */
  public @Nullable ImageId wantedFile() {
    return series != null ? series.next() : target();
  }

  /** The image that it has whole. */
  public Optional<ReceivedImage> received() {
    return Optional.ofNullable(received);
  }

  /** It has the whole image. */
  public void receivedImage(@Nullable ReceivedImage image) {
    received = image;
  }

  // What is served.

  /** What is served to it now; null before its first block. */
  public @Nullable Serving serving() {
    return serving;
  }

  /** SHA-256 of the file of which the device may have octets. */
  public Optional<Octets> file() {
    return Optional.ofNullable(file);
  }

  /** A file is served from now on. Returns whether it is another one than before. */
  public boolean serve(Serving next) {
    boolean changed = file == null || !next.stored().sha256().equals(file);
    mustBeginAnew |= changed && file != null;
    serving = next;
    file = next.stored().sha256();
    return changed;
  }

  /** Nothing is served any more; what the device may have of the file is still of that file. */
  public void stopServing() {
    serving = null;
  }

  /**
   * Whether the device may have octets of another file, so that a block in the middle of this one
   * would make one of two. It has to begin with the first octet.
   */
  public boolean mustBeginAnew() {
    return mustBeginAnew;
  }

  /** The device begins with the first octet. */
  public void beginsAnew() {
    mustBeginAnew = false;
  }

  /** A transfer begins, or goes on after a rest, at an offset. */
  public void transferBegins(Now now) {
    if (serving != null) {
      serving.begin(now, fileOffset);
    }
  }

  /** A block goes out from that offset: it is what the device has come to. */
  public void blockFrom(long offset) {
    fileOffset = offset;
    blocks++;
  }

  /** The device asks for its next octets. */
  public void heard(Now now) {
    heardNanos = now.monotonicNanos();
  }

  /**
   * The block has gone out. Only what the device asked for is progress: what follows in a page may
   * go out to nobody. Returns whether the transfer has come to another percent.
   */
  public boolean blockTo(Now now, Serving from, long before, long end, boolean requested) {
    from.sent(fileOffset, end);
    fileOffset = end;
    if (end > farthest) {
      farthest = end;
      if (requested) {
        progressNanos = now.monotonicNanos();
      }
    }
    return from.isNewPercent(now, before, end);
  }

  /** The end of the octets that went out last. */
  public long fileOffset() {
    return fileOffset;
  }

  /** Blocks that went out, repeated ones included. */
  public long blocks() {
    return blocks;
  }

  /** The next file begins at its first octet. */
  public void rewind() {
    fileOffset = 0;
  }

  /** Time left at the speed of the last few percent. */
  public OptionalLong remainingMillis() {
    if (serving == null || serving.pace() == null || phase != Phase.TRANSFERRING) {
      return OptionalLong.empty();
    }
    return serving.pace().remainingMillis(serving.file().size() - fileOffset);
  }

  /** How the device keeps the pace that it is given. */
  public BlockPeriod blockPeriod() {
    return blockPeriod;
  }

  // Times.

  /** The time of its phase counts from then. */
  public void phaseFrom(Now now, long nanos) {
    phaseNanos = nanos;
    phaseUtcMillis =
        now.knowsUtc()
            ? now.utcMillis() + (nanos - now.monotonicNanos()) / 1_000_000
            : Now.UTC_UNKNOWN;
  }

  /** From when the time of its phase counts. */
  public long phaseNanos() {
    return phaseNanos;
  }

  /** When it was told to run the image. */
  public long activationNanos() {
    return activationNanos;
  }

  /** It is told to run the image then. */
  public void activatesAt(long nanos) {
    activationNanos = nanos;
  }

  /** The end of the time for which the image is held. */
  public long holdEndNanos() {
    return holdEndNanos;
  }

  /** The image is held until then, unless it is held already. */
  public void holdUntil(long nanos) {
    if (holdEndNanos == Long.MAX_VALUE) {
      holdEndNanos = nanos;
    }
  }

  /** When its timer runs out; {@link Long#MAX_VALUE} if it does not run. */
  long deadlineNanos() {
    return deadlineNanos;
  }

  void setDeadlineNanos(long nanos) {
    deadlineNanos = nanos;
  }

  // The queue.

  /** Its place in the queue. */
  public long turn() {
    return turn;
  }

  /** Whether it has one of the slots for concurrent transfers. */
  public boolean hasSlot() {
    return hasSlot;
  }

  /** The queue gives it a slot. */
  public void giveSlot(Now now) {
    hasSlot = true;
    farthest = -1;
    progressNanos = now.monotonicNanos();
  }

  /** The queue takes its slot. */
  public void takeSlot() {
    hasSlot = false;
  }

  /** It goes behind all that wait already. */
  public void setTurn(long place) {
    turn = place;
  }

  /** When its transfer came farther since it has its slot, or got that. */
  public long progressNanos() {
    return progressNanos;
  }

  // Its end.

  /** What it is told without having asked. */
  public Announcement announcement() {
    return announcement;
  }

  /** How it ended with files. */
  public Ends ends() {
    return ends;
  }

  /** The update is over, one way or the other. The time that somebody has set stays. */
  public void close(@Nullable LastFailure why) {
    if (why != null) {
      failure = why;
    }
    offer = null;
    series = null;
    received = null;
    stopServing();
    holdEndNanos = Long.MAX_VALUE;
  }

  /** The image runs: whatever time was set for it has come. */
  public void confirm() {
    notBefore = new UpgradeTime.Now();
    announcement.known();
  }

  // Storage.

  /** What outlives a restart. */
  public TransferRecord toRecord() {
    return new TransferRecord(
        name,
        Optional.ofNullable(running),
        hardwareVersion(),
        phase,
        Optional.ofNullable(offer),
        notBefore,
        turn,
        sinceUtcMillis,
        phaseUtcMillis,
        failure(),
        Optional.ofNullable(series),
        file(),
        received(),
        announcement.isWithdrawn(),
        ends.toRecord());
  }

  /** Takes it up again; its times count on, as far as the clock can tell. */
  static Update restore(Device device, TransferRecord stored, Now now) {
    Update update = new Update(device, stored.name());
    update.running = stored.running().orElse(null);
    update.hardwareVersion = stored.hardwareVersion().orElse(null);
    update.phase = stored.phase();
    update.offer = stored.offer().orElse(null);
    update.notBefore = stored.notBefore();
    update.turn = stored.turn();
    update.sinceUtcMillis = stored.sinceUtcMillis();
    update.phaseUtcMillis = stored.phaseUtcMillis();
    update.failure = stored.failure().orElse(null);
    update.series = stored.series().orElse(null);
    update.file = stored.file().orElse(null);
    update.received = stored.received().orElse(null);
    update.heardNanos = now.monotonicNanos();
    update.ends.restore(now, stored.ends());
    if (stored.withdrawn()) {
      update.announcement.withdraw();
    }
    update.phaseNanos = now.plusMillis(-sinceMillis(now, stored.phaseUtcMillis()));
    update.activationNanos = update.phaseNanos;
    return update;
  }

  /**
   * How long it has been held when the hub starts; a clock that was set back counts for nothing.
   */
  public long heldMillis(Now now) {
    return Math.max(0, sinceMillis(now, sinceUtcMillis));
  }

  /** How long ago that was, negative for the future; 0 if a clock is missing. */
  private static long sinceMillis(Now now, long utcMillis) {
    return now.knowsUtc() && utcMillis != Now.UTC_UNKNOWN ? now.utcMillis() - utcMillis : 0;
  }

  /** What operators are shown. */
  public HubStatus.DeviceStatus status() {
    return new HubStatus.DeviceStatus(
        client(),
        Optional.ofNullable(running),
        hardwareVersion(),
        phase,
        Optional.ofNullable(wantedFile()),
        fileOffset,
        serving == null ? 0 : serving.stored().sizeOctets(),
        remainingMillis(),
        blocks,
        failure());
  }

  /** Writes what decides what happens next. */
  public void describe(StateWriter out) {
    out.put("update", toRecord())
        .put("slot", hasSlot)
        .put("farthest", farthest)
        .put("progress", progressNanos)
        .put("heard", heardNanos)
        .put("hold end", holdEndNanos)
        .put("phase since", phaseNanos)
        .put("activation", activationNanos)
        .put("deadline", deadlineNanos)
        .put("must begin anew", mustBeginAnew)
        .put("notifies", announcement.notifies())
        .put("responses", announcement.responses())
        .put("unheard", announcement.isUnheard())
        .put("again", announcement.dueNanos());
    if (serving != null) {
      out.put("served", serving.image()).put("whole", serving.isWhole());
    }
  }
}
