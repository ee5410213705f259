// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import java.util.List;
import java.util.Optional;
import org.hanota.api.FileVersion;
import org.hanota.api.Octets;
import org.hanota.api.control.UpgradeTime;
import org.hanota.api.transport.LinkFaults;
import org.hanota.device.DeviceParameters;
import org.hanota.device.DeviceType;
import org.hanota.hub.HubParameter;
import org.hanota.hub.HubParameters;
import org.hanota.otaformat.FileKind;
import org.hanota.otaformat.Verifier;

/**
 * A home to simulate.
 *
 * @param seed everything random follows from it
 * @param devices the devices, one to four
 * @param faults what goes wrong on the air
 * @param latencyNanos from sending to receiving
 * @param maximumPayload octets of a ZCL frame
 * @param hub times and limits of the hub
 * @param headEnd who is at the far end of the WAN
 * @param powerCuts when a device loses its power
 * @param hubRestarts when the hub loses its power
 * @param limitNanos the simulation ends then at the latest
 */
public record HomeScenario(
    long seed,
    List<Plan> devices,
    LinkFaults faults,
    long latencyNanos,
    int maximumPayload,
    HubParameters hub,
    HeadEnd headEnd,
    List<PowerCut> powerCuts,
    List<HubRestart> hubRestarts,
    long limitNanos) {
  /** The most devices of one home here. */
  public static final int MAXIMUM_DEVICES = 4;

  /** A frame of 802.15.4 with network security, without what lies below ZCL. */
  public static final int PAYLOAD_NETWORK_SECURITY = 82;

  /** Times and limits of the hub, unless others are asked for: it serves what it is told to. */
  public static final HubParameters HUB =
      HubParameters.DEFAULT.with(HubParameter.SERVES_UNASKED, false);

  static final long DAY_NANOS = 24L * 3600 * 1_000_000_000;

  /** Who is at the far end of the WAN. */
  public enum HeadEnd {
    /** Nobody: the hub is told directly, and nothing is activated by command. */
    NONE,
    /** A supplier and a broker who distribute and activate. */
    STAND_IN,
    /** The same, who activate an hour later, cancel that in between, and set another time. */
    STAND_IN_DATED,
    /** The same, who first send a PPMID an image for other hardware. */
    STAND_IN_WRONG_IMAGE_FIRST
  }

  /**
   * One device and the image for it.
   *
   * @param name type and number, as in {@code ppmid-1}
   * @param type what it is
   * @param imageName what the image is called
   * @param image the whole file
   * @param kind what stands behind its header
   * @param verifier what the device checks
   * @param running the version before
   * @param when when the hub says that it shall run
   * @param parameters times and limits of the device
   */
  public record Plan(
      String name,
      DeviceType type,
      String imageName,
      Octets image,
      FileKind kind,
      Verifier verifier,
      FileVersion running,
      UpgradeTime when,
      DeviceParameters parameters) {
    /** Room for one image: what the device takes in one file, or its image if that is larger. */
    public long slotOctets() {
      return Math.max(parameters.maximumImageOctets(), image.length());
    }

    /** The same for a device with other times and limits. */
    public Plan with(DeviceParameters other) {
      return new Plan(name, type, imageName, image, kind, verifier, running, when, other);
    }
  }

  /**
   * A device loses its power once.
   *
   * @param percent as soon as so much of the image has come
   * @param offNanos for so long
   */
  public record PowerCut(int percent, long offNanos) {}

  /**
   * The hub loses its power once.
   *
   * @param atNanos at this virtual time
   * @param offNanos for so long
   */
  public record HubRestart(long atNanos, long offNanos) {}

  /** Checks the number of devices and that their names differ. */
  public HomeScenario {
    devices = List.copyOf(devices);
    powerCuts = List.copyOf(powerCuts);
    hubRestarts = List.copyOf(hubRestarts);
    if (devices.isEmpty() || devices.size() > MAXIMUM_DEVICES) {
      throw new IllegalArgumentException(
          "devices are " + devices.size() + ", allowed 1 to " + MAXIMUM_DEVICES);
    }
    if (devices.stream().map(Plan::name).distinct().count() != devices.size()) {
      throw new IllegalArgumentException("two devices have the same name");
    }
  }

  /** A home with lossy links and nothing else out of the ordinary. */
  public static HomeScenario of(long seed, List<Plan> devices, double loss) {
    return new HomeScenario(
        seed,
        devices,
        LinkFaults.loss(loss),
        4_000_000L,
        PAYLOAD_NETWORK_SECURITY,
        HUB,
        HeadEnd.NONE,
        List.of(),
        List.of(),
        60 * DAY_NANOS);
  }

  /** The same with other faults. */
  public HomeScenario withFaults(LinkFaults other) {
    return new HomeScenario(
        seed,
        devices,
        other,
        latencyNanos,
        maximumPayload,
        hub,
        headEnd,
        powerCuts,
        hubRestarts,
        limitNanos);
  }

  /** The same with another hub. */
  public HomeScenario withHub(HubParameters other) {
    return new HomeScenario(
        seed,
        devices,
        faults,
        latencyNanos,
        maximumPayload,
        other,
        headEnd,
        powerCuts,
        hubRestarts,
        limitNanos);
  }

  /** The same with another far end of the WAN. */
  public HomeScenario withHeadEnd(HeadEnd other) {
    return new HomeScenario(
        seed,
        devices,
        faults,
        latencyNanos,
        maximumPayload,
        hub,
        other,
        powerCuts,
        hubRestarts,
        limitNanos);
  }

  /** The same with power cuts. */
  public HomeScenario withPowerCuts(List<PowerCut> cuts) {
    return new HomeScenario(
        seed,
        devices,
        faults,
        latencyNanos,
        maximumPayload,
        hub,
        headEnd,
        cuts,
        hubRestarts,
        limitNanos);
  }

  /** The same with restarts of the hub. */
  public HomeScenario withHubRestarts(List<HubRestart> restarts) {
    return new HomeScenario(
        seed,
        devices,
        faults,
        latencyNanos,
        maximumPayload,
        hub,
        headEnd,
        powerCuts,
        restarts,
        limitNanos);
  }

  /** The plan of the device called {@code name}. */
  public Optional<Plan> plan(String name) {
    return devices.stream().filter(plan -> plan.name().equals(name)).findFirst();
  }
}
