// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.update;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.hanota.api.HardwareVersion;
import org.hanota.api.ImageId;
import org.hanota.api.ImageType;
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
  private UpgradeTime notBefore = UpgradeTime.Now.AT_ONCE;
  private @Nullable LastFailure failure;
  private @Nullable Series series;
  private @Nullable ReceivedImage received;

  private long place;

  private final Transfer transfer = new Transfer();
  private final Times times = new Times();
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
    boolean changed = !Objects.equals(runs, running) || !hardware.equals(hardwareVersion());
    running = runs;
    hardwareVersion = hardware.orElse(null);
    return changed;
  }

  /** What its device said of its hardware in another query. */
  public void hasHardware(HardwareVersion hardware) {
    hardwareVersion = hardware;
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
    return phase.isOpen();
  }

  /** Whether it has the whole image and waits for its time. */
  public boolean hasImage() {
    return phase == Phase.WAITING || phase == Phase.ACTIVATING;
  }

  /** Whether its update is over and the device may not know that: it would have queried. */
  public boolean isGivenUp() {
    return phase == Phase.FAILED;
  }

  /** An operator gave it up: that stands until somebody offers something again. [hanota H17] */
  public boolean isStopped() {
    return phase == Phase.FAILED && failure != null && failure.failure() == Failure.STOPPED;
  }

  /** Whether nothing would be lost with it that anybody has said or still has to hear. */
  boolean mayBeForgotten() {
    return !isOpen() && !isStopped() && !announcement.isWithdrawn() && !hasSlot() && isFree();
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
    times.offered(now);
    announcement.resetNotifies();
    begun(place);
    received = null;
    transfer.stopServing();
  }

  /** The same image is offered with another time. */
  public void rescheduled(Offer made) {
    offer = made;
    notBefore = made.when();
    announcement.resetResponses();
  }

  /** An update begins, with or without an offer, at this place of the queue. */
  public void begun(long place) {
    this.place = place;
    failure = null;
    transfer.begun();
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
    Serving serving = transfer.serving();
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

  /** What is served, and how far that has come. */
  public Transfer transfer() {
    return transfer;
  }

  /** Its times. */
  public Times times() {
    return times;
  }

  /** How the device keeps the pace that it is given. */
  public BlockPeriod blockPeriod() {
    return blockPeriod;
  }

  // The queue.

  /** Its place in the queue. */
  public long place() {
    return place;
  }

  /** Whether it has one of the slots for concurrent transfers. */
  public boolean hasSlot() {
    return transfer.hasSlot();
  }

  /** The queue gives it a slot. */
  public void giveSlot(Now now) {
    transfer.slotBegins(now);
  }

  /** The queue takes its slot. */
  public void takeSlot() {
    transfer.slotEnds();
  }

  /** It goes behind all that wait already. */
  public void setPlace(long place) {
    this.place = place;
  }

  // Its end.

  /** What it is told without having asked. */
  public Announcement announcement() {
    return announcement;
  }

  /** How the device has ended its transfers, by file. */
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
    transfer.stopServing();
    times.closed();
  }

  /** The image runs: whatever time was set for it has come, and whatever failed before. */
  public void confirm() {
    notBefore = UpgradeTime.Now.AT_ONCE;
    failure = null;
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
        place,
        times.sinceUtcMillis(),
        times.phaseUtcMillis(),
        failure(),
        Optional.ofNullable(series),
        transfer.file(),
        received(),
        announcement.isWithdrawn(),
        ends.toRecord());
  }

  /**
   * Takes it up again; its times count on, as far as the clock can tell.
   *
   * @param unconfirmedMs a time off that does not count yet
   */
  static Update restore(Device device, TransferRecord stored, Now now, long unconfirmedMs) {
    Update update = new Update(device, stored.name());
    update.running = stored.running().orElse(null);
    update.hardwareVersion = stored.hardwareVersion().orElse(null);
    update.phase = stored.phase();
    update.offer = stored.offer().orElse(null);
    update.notBefore = stored.notBefore();
    update.place = stored.turn();
    update.times.restore(
        now,
        unconfirmedMs,
        stored.sinceUtcMillis(),
        stored.phaseUtcMillis(),
        stored.phase() == Phase.ACTIVATING);
    update.transfer.restore(now, stored.file());
    update.failure = stored.failure().orElse(null);
    update.series = stored.series().orElse(null);
    update.received = stored.received().orElse(null);
    update.ends.restore(now, stored.ends());
    if (stored.withdrawn()) {
      update.announcement.withdraw();
    }
    return update;
  }

  /** Time left at the speed of the last few percent, while blocks go out. */
  public OptionalLong remainingMillis() {
    return phase == Phase.TRANSFERRING ? transfer.remainingMillis() : OptionalLong.empty();
  }

  /** Writes what decides what happens next. */
  public void describe(StateWriter out) {
    toRecord().describe(out);
    out.put("slot", hasSlot());
    transfer.describe(phase == Phase.TRANSFERRING || phase == Phase.VERIFYING, out);
    times.describe(phase == Phase.NOTIFIED || hasImage(), out);
    announcement.describe(out);
    ends.describe(out);
    blockPeriod.describe(out);
  }
}
