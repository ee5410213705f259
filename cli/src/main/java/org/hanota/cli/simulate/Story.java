// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hanota.api.control.UpgradeTime;
import org.hanota.device.DeviceType;
import org.hanota.sim.SampleImages;
import org.hanota.sim.scenario.ImageSource.Flaw;
import org.hanota.sim.scenario.ImageSource.Sample;
import org.hanota.sim.scenario.ScenarioDevice;
import org.hanota.sim.scenario.ScriptStep;
import org.hanota.sim.scenario.Scripts;
import org.hanota.sim.scenario.World;

/** A story of the standard that a home plays with images of its own. */
enum Story {
  FUTURE_DATED(
      "future-dated", "the image runs at a time that is set beforehand, by the hub or by a CS06"),
  CANCELLED(
      "cancelled", "a CS06 with a time is taken back before it comes, and another time is set"),
  WRONG_HASH(
      "wrong-hash",
      "a CS06 names an image that the device does not hold and is refused; the right one follows"),
  REPLAYED(
      "replayed",
      "a CS06 with a time is taken back, and comes again octet for octet: it changes nothing"),
  WRONG_IMAGE(
      "wrong-image",
      "an image for other hardware is refused by the hub, and the right one follows"),
  WRONG_SIGNATURE(
      "wrong-signature", "the signature in the image is wrong, and nothing of it ever runs"),
  OTHER_SUPPLIER(
      "other-supplier",
      "the image is signed by a supplier that is not the device's, and nothing of it ever runs"),
  LARGE_IMAGE(
      "large-image",
      "an image of more than 768,000 octets comes in parts and runs once the whole is checked"),
  CHANGE_OF_SUPPLIER(
      "change-of-supplier",
      "the supplier changes between distribution and activation: the former one's CS06 is refused,"
          + " and the new one sends an image of its own");

  private static final int LARGE_OCTETS = 900 * 1024;

  /** The first moment of a home, 2026-01-01T00:00:00Z, and three hours more. */
  private static final long LATER_UTC_MILLIS = 1_767_225_600_000L + 3 * 3_600_000L;

  private final String label;
  private final String words;

  Story(String label, String words) {
    this.label = label;
    this.words = words;
  }

  static Optional<Story> ofLabel(String label) {
    return Stream.of(values()).filter(story -> story.label.equals(label)).findFirst();
  }

  static String labels() {
    return Stream.of(values()).map(story -> story.label).collect(Collectors.joining(", "));
  }

  String label() {
    return label;
  }

  /** What is told, in one line. */
  String words() {
    return words;
  }

  /** Whether it is told of devices of this type. */
  boolean has(DeviceType type) {
    return switch (this) {
      case CANCELLED, WRONG_HASH, REPLAYED, OTHER_SUPPLIER, CHANGE_OF_SUPPLIER ->
          type.activatedByCommand();
      case WRONG_IMAGE -> type == DeviceType.PPMID;
      case FUTURE_DATED, WRONG_SIGNATURE, LARGE_IMAGE -> true;
    };
  }

  /** The types that it is told of. */
  List<DeviceType> types() {
    return Stream.of(DeviceType.values()).filter(this::has).toList();
  }

  /** The types that it is told of, by name. */
  String typeLabels() {
    return types().stream().map(DeviceType::label).collect(Collectors.joining(", "));
  }

  /** What the head end does. */
  List<ScriptStep> script(World world) {
    return switch (this) {
      case FUTURE_DATED, CANCELLED -> Scripts.dated(world);
      case WRONG_HASH -> Scripts.wrongHashFirst(world);
      case REPLAYED -> Scripts.replayed(world);
      case WRONG_IMAGE -> Scripts.wrongImageFirst(world);
      case CHANGE_OF_SUPPLIER -> Scripts.changeOfSupplier(world);
      case WRONG_SIGNATURE, OTHER_SUPPLIER, LARGE_IMAGE -> Scripts.usual(world);
    };
  }

  /** A device with the image that it gets in this story. */
  ScenarioDevice device(long seed, String name, DeviceType type) {
    ScenarioDevice device = SampleImages.device(seed, name, type);
    return switch (this) {
      case FUTURE_DATED ->
          type.activatedByCommand() ? device : device.with(new UpgradeTime.At(LATER_UTC_MILLIS));
      case WRONG_SIGNATURE -> device.with(flawed(seed, Flaw.WRONG_SIGNATURE));
      case OTHER_SUPPLIER -> device.with(flawed(seed, Flaw.OTHER_SIGNER));
      case LARGE_IMAGE -> SampleImages.device(seed, name, type, LARGE_OCTETS);
      case CANCELLED, WRONG_HASH, REPLAYED, WRONG_IMAGE, CHANGE_OF_SUPPLIER -> device;
    };
  }

  private static Sample flawed(long seed, Flaw flaw) {
    return new Sample(seed, Sample.USUAL_OCTETS, flaw);
  }
}
