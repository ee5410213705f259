// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.fleet;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;
import org.hanota.api.Octets;
import org.hanota.sim.radio.RadioSettings;

/**
 * A campaign over many homes as data: the same scenario gives the same results, however it is
 * divided among workers. [hanota H145]
 *
 * @param seed everything random follows from it
 * @param level how closely each home is simulated
 * @param homes how many there are
 * @param samples disturbances in the sample of each link, from which transfers are drawn; the mean
 *     of what is drawn is off by their deviation over the root of it
 * @param image what goes to each device
 * @param radio the channel of each home
 * @param quality how well devices hear their hub; the shares come to 100
 * @param devices the devices that are updated, one in a home; shares of all homes
 * @param regions where the homes are; the shares come to 100
 * @param campaign how it is done
 */
public record FleetScenario(
    long seed,
    Level level,
    long homes,
    int samples,
    FleetImage image,
    RadioSettings radio,
    List<LinkQuality> quality,
    List<FleetDevice> devices,
    List<FleetRegion> regions,
    FleetCampaign campaign) {
  /** More homes than there are people; a home's number fits where streams are keyed. */
  public static final long HOMES_MAXIMUM = 1_000_000_000;

  /** Unless a scenario says otherwise. */
  static final int SAMPLES = 1 << 18;

  private static final int WHOLE = 100;

  /** How closely a home is simulated. */
  public enum Level {
    /** From loss to loss: what happens between is drawn at once. */
    TRANSFER,
    /** Every frame of every home, by the real machines. */
    BLOCK;

    /** Its name in files. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The level of that name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static Level ofLabel(String label) {
      for (Level each : values()) {
        if (each.label().equals(label)) {
          return each;
        }
      }
      throw new IllegalArgumentException("allowed transfer, block");
    }
  }

  /** Checks the number of homes, the shares and the names. */
  public FleetScenario {
    quality = List.copyOf(quality);
    devices = List.copyOf(devices);
    regions = List.copyOf(regions);
    check("homes", homes, 1, HOMES_MAXIMUM);
    check("samples", samples, 1_000, 1 << 22);
    whole("quality", quality.stream().mapToInt(LinkQuality::share).sum());
    whole("regions", regions.stream().mapToInt(FleetRegion::share).sum());
    check("the sum of the shares of devices", sum(devices), 1, WHOLE);
    differ("quality", quality.stream().map(LinkQuality::name).toList());
    differ("devices", devices.stream().map(FleetDevice::name).toList());
    differ("regions", regions.stream().map(FleetRegion::name).toList());
    if (level == Level.TRANSFER && devices.stream().anyMatch(each -> each.sleep().isPresent())) {
      throw new IllegalArgumentException(
          "level is transfer and a device sleeps: its parent's times are not drawn, so take level:"
              + " block");
    }
    if (level == Level.BLOCK && image.parts() > 1) {
      throw new IllegalArgumentException(
          "level is block and the image has parts, allowed 1: take level: transfer");
    }
    if (level == Level.TRANSFER && !radio.band().label().equals("2.4GHz")) {
      throw new IllegalArgumentException(
          "level is transfer and band "
              + radio.band().label()
              + ", allowed 2.4GHz: below 1 GHz the hub's duty cycle joins all that a home sends, so"
              + " take level: block");
    }
  }

  /** The same for another number of homes. */
  public FleetScenario withHomes(long others) {
    return new FleetScenario(
        seed, level, others, samples, image, radio, quality, devices, regions, campaign);
  }

  FleetScenario with(long otherSeed, long others) {
    return new FleetScenario(
        otherSeed, level, others, samples, image, radio, quality, devices, regions, campaign);
  }

  FleetScenario with(FleetImage other) {
    return new FleetScenario(
        seed, level, homes, samples, other, radio, quality, devices, regions, campaign);
  }

  FleetScenario with(FleetCampaign other) {
    return new FleetScenario(
        seed, level, homes, samples, image, radio, quality, devices, regions, other);
  }

  FleetScenario withQuality(List<LinkQuality> others) {
    return new FleetScenario(
        seed, level, homes, samples, image, radio, others, devices, regions, campaign);
  }

  FleetScenario withDevices(List<FleetDevice> others) {
    return new FleetScenario(
        seed, level, homes, samples, image, radio, quality, others, regions, campaign);
  }

  FleetScenario withRegions(List<FleetRegion> others) {
    return new FleetScenario(
        seed, level, homes, samples, image, radio, quality, devices, others, campaign);
  }

  /** The same at another level. */
  public FleetScenario withLevel(Level other) {
    return new FleetScenario(
        seed, other, homes, samples, image, radio, quality, devices, regions, campaign);
  }

  /** SHA-256 of a scenario's text, in hex, by which results name it. */
  public static String hash(byte[] text) {
    return Octets.wrap(sha256().digest(text)).toHex();
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException none) {
      throw new AssertionError("each Java has SHA-256", none);
    }
  }

  private static int sum(List<FleetDevice> devices) {
    return devices.stream().mapToInt(FleetDevice::share).sum();
  }

  private static void whole(String what, int sum) {
    if (sum != WHOLE) {
      throw new IllegalArgumentException(
          "the shares of " + what + " come to " + sum + " %, allowed 100 %");
    }
  }

  private static void differ(String what, List<String> names) {
    if (names.stream().distinct().count() != names.size()) {
      throw new IllegalArgumentException("two of " + what + " have the same name");
    }
  }

  static void check(String name, long value, long least, long most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          name + " is " + value + ", allowed " + least + " to " + most);
    }
  }

  static void fraction(String name, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(name + " is " + value + ", allowed 0 to 1");
    }
  }
}
