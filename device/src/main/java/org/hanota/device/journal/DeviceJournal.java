// SPDX-License-Identifier: Apache-2.0
package org.hanota.device.journal;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.StateWriter;
import org.hanota.device.DeviceConfig;
import org.hanota.device.DeviceParameters;
import org.hanota.device.bank.BootLoader;
import org.hanota.device.bank.ImageBank;
import org.hanota.device.bank.Journal;
import org.hanota.device.bank.Journal.Boot;
import org.hanota.device.bank.Journal.Download;
import org.hanota.otaformat.VerifiedImage;

/**
 * Holds the journal that the bank holds, and is alone in writing it. Every save also keeps how old
 * the download is, how many erases are used up, and the time.
 */
public final class DeviceJournal {
  private final DeviceConfig config;
  private final ImageBank bank;
  private final DeviceParameters parameters;
  private final DeviceClock clock;
  private final EraseBudget erases;
  private final DownloadAge age = new DownloadAge();
  private Journal current;

  /** Octets of the download that are stored. */
  private long storedPosition;

  /** With so many octets it is stored again; each block asks for it. */
  private long nextStoredPosition;

  /** Whether the journal knows of a doubt, which each call looks at. */
  private boolean holdsDoubt;

  private boolean isStarted;

  /** The journal as the bank holds it; nothing is written before the start. */
  public DeviceJournal(DeviceConfig config, ImageBank bank) {
    this.config = config;
    this.bank = bank;
    this.parameters = config.parameters();
    hold(bank.journal());
    this.clock =
        new DeviceClock(
            config.address(),
            parameters.clock(),
            current.seenUtcMillis(),
            current.doubtedUtcMillis());
    this.erases = new EraseBudget(parameters, current.erases());
  }

  private void hold(Journal stored) {
    current = stored;
    storedPosition = stored.download().map(Download::position).orElse(0L);
    nextStoredPosition = storedPosition + parameters.journalOctets();
    holdsDoubt = stored.doubtedUtcMillis().isPresent();
  }

  /** What is stored. */
  public Journal current() {
    return current;
  }

  /** How far the download is stored. */
  public long storedPosition() {
    return storedPosition;
  }

  /** Whether so much has come since then that a download at {@code position} is stored again. */
  public boolean isBehind(long position) {
    return position >= nextStoredPosition;
  }

  /** The download that is coming or has come; during a trial it is the image that runs. */
  public Optional<Download> download() {
    return current.boot() == Boot.TRIAL ? Optional.empty() : current.download();
  }

  /** The image that runs. */
  public ImageId runningImage() {
    return new ImageId(config.manufacturerCode(), config.imageType(), current.running());
  }

  /** The device's clock, which is read in each call. */
  public DeviceClock clock() {
    return clock;
  }

  /** The limit of erases. */
  public EraseBudget erases() {
    return erases;
  }

  /** A call begins: its time is judged, and a doubt about it, or the end of one, is kept. */
  public void read(Now now, Effects effects) {
    clock.read(now, effects);
    if (isStarted && (clock.isDoubted() || holdsDoubt)) {
      keepDoubt(now);
    }
  }

  /** Decides which image runs, and takes the journal up from there. */
  public void start(Now now) {
    erases.started(now);
    hold(BootLoader.boot(bank));
    age.began(now, current.download().map(Download::spentMs).orElse(0L));
    isStarted = true;
    keepDoubt(now);
  }

  /**
   * A restart must neither end a doubt nor bring back one that has ended; one that reaches less far
   * ahead is not worth another write.
   */
  private void keepDoubt(Now now) {
    OptionalLong doubt = clock.doubtedMillis(now);
    OptionalLong known = current.doubtedUtcMillis();
    boolean hasEnded = doubt.isEmpty() && known.isPresent();
    boolean isNearer =
        doubt.isPresent()
            && doubt.getAsLong() < known.orElse(Long.MAX_VALUE) - parameters.clock().stepMs();
    if (hasEnded || isNearer) {
      save(now, current);
    }
  }

  /** Stores {@code next}. */
  public void save(Now now, Journal next) {
    Journal stamped =
        next.withDownload(next.download().map(d -> d.withSpent(age.spentMs(now))))
            .at(clock.trustedMillis(now), clock.doubtedMillis(now), erases.used(now));
    bank.save(stamped);
    hold(stamped);
  }

  /** Stores how far the download is. */
  public void save(Now now, Download download) {
    save(now, current.withDownload(Optional.of(download)));
  }

  /** A download begins: the journal forgets the one before. */
  public void downloadBegins(Now now) {
    age.began(now, 0);
    save(now, current.withoutDownload());
  }

  /** Forgets the download, and what would have activated it. */
  public void forgetDownload(Now now) {
    if (current.download().isPresent() || current.activation().isPresent()) {
      save(now, current.withoutDownload());
    }
  }

  /** How long the download may still take. */
  public long downloadLeftMs(Now now) {
    return parameters.downloadLimitMs() - age.spentMs(now);
  }

  /** Time that passes without octets counts over a restart too; once in a while is enough. */
  public void keepAge(Now now) {
    Optional<Download> download = current.download();
    if (download.isPresent()
        && age.spentMs(now) - download.get().spentMs() >= parameters.restCapMs()) {
      save(now, current);
    }
  }

  /** How the update ended was told in a call that ended before this one. */
  public void endReported() {
    hold(BootLoader.endReported(bank));
  }

  /** The next start tries the image in the other slot. */
  public void swap(VerifiedImage image) {
    hold(BootLoader.swap(bank, image));
  }

  /** The running image works. */
  public void confirm(List<Octets> report) {
    hold(BootLoader.confirm(bank, report));
  }

  /** The running image does not work: the next start takes the one before it. */
  public void reject() {
    hold(BootLoader.reject(bank));
  }

  /** Writes what decides what happens next. */
  public void describe(StateWriter out) {
    current.describe(out);
    age.describe(out);
    erases.describe(out);
    clock.describe(out);
  }
}
