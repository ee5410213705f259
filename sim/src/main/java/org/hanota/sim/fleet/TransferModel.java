// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.fleet;

import org.hanota.api.SeededRandom;
import org.hanota.device.DeviceParameters;
import org.hanota.sim.kernel.Purpose;
import org.hanota.sim.kernel.Streams;
import org.hanota.sim.radio.Band;
import org.hanota.sim.radio.RadioParameter;
import org.hanota.sim.radio.RadioSettings;

/**
 * How long a file takes over a link, from loss to loss. Exchanges in which nothing is lost differ
 * by their back-offs alone, so many of them are drawn at once. One in which something is lost
 * begins a disturbance, which lasts until nothing of it is under way any more; then the next
 * exchange is like the first. Disturbances are taken from a sample that the simulator's own radio
 * made. [hanota H120]
 */
final class TransferModel {
  private static final int BEGINNINGS = 1 << 14;
  private static final int SIGNALS = 4;
  private static final int FEW = 64;
  private static final double UNIT = 0x1.0p-53;

  private final long clean;
  private final long backOff;
  private final int backOffs;
  private final long cleanHub;
  private final long cleanDevice;

  /** Of log(1 - p), where an exchange begins a disturbance with probability p; 0 if none does. */
  private final double logWhole;

  private final Disturbances disturbances;

  /** With which a transfer begins that finds the link in a bad time. */
  private final Disturbances beginnings;

  /** How often it does. */
  private final double badAtFirst;

  /** What one transfer came to; filled anew for each. */
  static final class Drawn {
    long nanos;
    long repetitions;
    long airtimeHub;
    long airtimeDevice;

    void add(Drawn other) {
      nanos += other.nanos;
      repetitions += other.repetitions;
      airtimeHub += other.airtimeHub;
      airtimeDevice += other.airtimeDevice;
    }

    void set(Drawn other) {
      nanos = other.nanos;
      repetitions = other.repetitions;
      airtimeHub = other.airtimeHub;
      airtimeDevice = other.airtimeDevice;
    }
  }

  private TransferModel(
      long[] cleanTimes,
      int backOffs,
      double disturbed,
      Disturbances disturbances,
      double badAtFirst,
      Disturbances beginnings) {
    this.clean = cleanTimes[0];
    this.backOff = cleanTimes[1];
    this.cleanHub = cleanTimes[2];
    this.cleanDevice = cleanTimes[3];
    this.backOffs = backOffs;
    this.logWhole = disturbed == 0 ? 0 : StrictMath.log1p(-disturbed);
    this.disturbances = disturbances;
    this.badAtFirst = badAtFirst;
    this.beginnings = beginnings;
  }

  /**
   * The model of a link.
   *
   * @param number of the link's quality in its scenario: its random streams are keyed by it
   * @param samples disturbances in its sample, unless they are long
   */
  static TransferModel of(
      long seed,
      int number,
      LinkQuality quality,
      RadioSettings settings,
      int dataOctets,
      int samples) {
    int values = 1 << settings.values().getInt(RadioParameter.MINIMUM_EXPONENT);
    long[] least = alone(settings, dataOctets, 0);
    long[] most = alone(settings, dataOctets, -1L);
    long unit = values == 1 ? 0 : (most[0] - least[0]) / (2L * (values - 1));
    long[] cleanTimes = {least[0], unit, least[1], least[2]};
    double mean = least[0] + unit * (values - 1.0);
    double lost = 1 - StrictMath.pow(1 - quality.loss(), SIGNALS);
    double worse =
        quality.bursts().map(b -> 1 - StrictMath.exp(-2 * mean / b.goodNanos())).orElse(0.0);
    double disturbed = 1 - (1 - lost) * (1 - worse);
    if (disturbed == 0) {
      return new TransferModel(cleanTimes, values, 0, new Disturbances(0), 0, new Disturbances(0));
    }
    Streams streams = Streams.of(seed, -1 - number);
    SeededRandom fates = streams.of(Purpose.FLEET_SAMPLE);
    PairFading fading = new PairFading(quality, streams.of(Purpose.LINK_BURSTS));
    fading.rest();
    ExchangePair pair =
        new ExchangePair(
            settings,
            dataOctets,
            DeviceParameters.DEFAULT,
            streams.of(ExchangePair.HUB, Purpose.BACK_OFF),
            streams.of(ExchangePair.DEVICE, Purpose.BACK_OFF),
            fading);
    boolean unused = pair.next();
    Disturbances sample = new Disturbances(samples);
    long longest = most[0];
    // Of those that are begun so, some end before the link has become bad.
    double tried = worse * longest / mean;
    while (sample.hasRoom()) {
      long from = pair.nowNanos();
      long badAt = Long.MIN_VALUE;
      if ((fates.nextLong() >>> 11) * UNIT * (lost + tried) < lost) {
        fading.loseAfter(from, firstLost(quality.loss(), fates));
      } else {
        badAt = from + fates.belowLong(longest);
        fading.becomesBad(from, fates.below(2), badAt);
      }
      sample.add(pair, fading, badAt);
    }
    Disturbances first = new Disturbances(quality.bursts().isPresent() ? BEGINNINGS : 0);
    double bad =
        quality
            .bursts()
            .map(b -> (double) b.badNanos() / ((double) b.goodNanos() + b.badNanos()))
            .orElse(0.0);
    while (first.hasRoom()) {
      fading.isBad(pair.nowNanos(), bad);
      first.add(pair, fading, Long.MIN_VALUE);
    }
    return new TransferModel(
        cleanTimes, values, disturbed, sample, 1 - (1 - bad) * (1 - bad), first);
  }

  /** Which signal of an exchange is the first that is lost, if one is. */
  private static long firstLost(double loss, SeededRandom random) {
    double left = (random.nextLong() >>> 11) * UNIT * (1 - StrictMath.pow(1 - loss, SIGNALS));
    int signal = 0;
    double here = loss;
    while (signal < SIGNALS - 1 && left >= here) {
      left -= here;
      here *= 1 - loss;
      signal++;
    }
    return signal;
  }

  /** Time and airtimes of an exchange over a perfect link with all draws the same. */
  private static long[] alone(RadioSettings settings, int dataOctets, long draw) {
    ExchangePair pair =
        new ExchangePair(
            settings,
            dataOctets,
            DeviceParameters.DEFAULT,
            new Same(draw),
            new Same(draw),
            (nanos, from) -> false);
    boolean unused = pair.next();
    long from = pair.nowNanos();
    long hub = pair.airtimeHubNanos();
    long device = pair.airtimeDeviceNanos();
    boolean unusedToo = pair.next();
    return new long[] {
      pair.nowNanos() - from, pair.airtimeHubNanos() - hub, pair.airtimeDeviceNanos() - device
    };
  }

  /** A source that draws the same for ever: the shortest back-off, or the longest. */
  private static final class Same extends SeededRandom {
    private final long value;

    Same(long value) {
      super(Streams.of(1, 0).of(Purpose.FLEET_TRANSFER));
      this.value = value;
    }

    @Override
    public long nextLong() {
      return value;
    }
  }

  /** Mean of an exchange in which nothing is lost. */
  double cleanMeanNanos() {
    return clean + backOff * (backOffs - 1.0);
  }

  /** Draws the transfer of a file, the last block of which may be shorter. */
  void draw(FleetImage image, Band band, SeededRandom random, Drawn into) {
    draw(image.blocks(), random, into);
    long shorter =
        band.airtimeNanos(image.maximumDataSize()) - band.airtimeNanos(image.lastBlockOctets());
    into.nanos -= shorter;
    into.airtimeHub -= shorter;
  }

  /** Draws a transfer of so many exchanges. */
  private void draw(long count, SeededRandom random, Drawn into) {
    long whole = 0;
    long left = count;
    into.nanos = 0;
    into.repetitions = 0;
    into.airtimeHub = 0;
    into.airtimeDevice = 0;
    if (badAtFirst > 0 && random.chance(badAtFirst)) {
      left -= beginnings.draw(random, left, into);
    }
    while (left > 0) {
      long run = logWhole == 0 ? left : skip(random);
      if (run >= left) {
        whole += left;
        break;
      }
      whole += run;
      left -= run;
      left -= disturbances.draw(random, left, into);
    }
    into.nanos += whole * clean + backOff * backOffs(2 * whole, random);
    into.airtimeHub += whole * cleanHub;
    into.airtimeDevice += whole * cleanDevice;
  }

  /** Exchanges before the next disturbance. */
  private long skip(SeededRandom random) {
    double uniform = ((random.nextLong() >>> 11) + 1) * UNIT;
    return (long) (StrictMath.log(uniform) / logWhole);
  }

  /** The sum of so many back-offs. */
  private long backOffs(long count, SeededRandom random) {
    if (backOffs == 1) {
      return 0;
    }
    if (count < FEW) {
      long sum = 0;
      for (long i = 0; i < count; i++) {
        sum += random.below(backOffs);
      }
      return sum;
    }
    // Of so many the sum is normal as near as can be told.
    double mean = count * (backOffs - 1) / 2.0;
    double variance = count * ((double) backOffs * backOffs - 1) / 12.0;
    double radius = StrictMath.sqrt(-2 * StrictMath.log(((random.nextLong() >>> 11) + 1) * UNIT));
    double angle = 2 * StrictMath.PI * ((random.nextLong() >>> 11) * UNIT);
    long sum =
        (long)
            StrictMath.floor(
                mean + radius * StrictMath.cos(angle) * StrictMath.sqrt(variance) + 0.5);
    return Math.max(0, Math.min(count * (backOffs - 1), sum));
  }
}
