// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.scenario;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hanota.api.control.UpgradeTime;
import org.hanota.device.DeviceType;
import org.hanota.sim.scenario.ImageSource.Sample;
import org.hanota.sim.scenario.ScriptStep.Action;

/** Who stands at the far end of a home's WAN. */
public enum FarEnd {
  /** Nobody: the hub is told directly, and nothing is activated by command. */
  NONE,
  /** Somebody who sends whatever the script says, also what no head end would. */
  STAND_IN,
  /** A supplier, DSP and CSP with their signed requests, who refuse what the DCC refuses. */
  REAL;

  /** As it is written, as in {@code stand-in}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /**
   * The one of that label.
   *
   * @throws IllegalArgumentException if there is none
   */
  static FarEnd ofLabel(String label) {
    return Arrays.stream(values())
        .filter(each -> each.label().equals(label))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "headEnd is '"
                        + label
                        + "', allowed "
                        + Arrays.stream(values()).map(FarEnd::label).toList()));
  }

  /**
   * Why a real head end cannot do what is asked of it: it would refuse, or nobody asks it for such;
   * empty if it can.
   */
  public static Optional<String> whyNotReal(
      List<ScenarioDevice> devices, List<ScriptStep> script, Nemeses nemeses) {
    for (ScenarioDevice device : devices) {
      if (device.image() instanceof ImageSource.File) {
        return Optional.of("the DCC knows no keys of who made the image of " + device.name());
      }
      if (isRefused(device.image())) {
        return Optional.of("the DCC would refuse the image of " + device.name());
      }
      if (device.type() == DeviceType.PPMID && !(device.when() instanceof UpgradeTime.Now)) {
        return Optional.of("DUIS has no time at which " + device.name() + " activates its image");
      }
    }
    for (ScriptStep step : script) {
      Optional<String> odd = odd(step.action());
      if (odd.isPresent()) {
        return odd;
      }
    }
    for (ScriptStep step : script) {
      if (step.action() instanceof Action.Offer offer
          && offer.other().filter(FarEnd::isRefused).isPresent()) {
        return Optional.of("the DCC would refuse an image that the script offers " + step.device());
      }
    }
    return Arrays.stream(Nemesis.values())
        .filter(Nemesis::isOfFarEnd)
        .filter(nemeses::has)
        .findFirst()
        .map(nemesis -> "no head end does " + nemesis.label());
  }

  private static Optional<String> odd(Action action) {
    if (action instanceof Action.ActivateOther) {
      return Optional.of("the DCC would refuse a command for another image than was sent");
    }
    if (action instanceof Action.Replay) {
      return Optional.of("no head end sends a command twice");
    }
    if (action instanceof Action.ChangeSupplier || action instanceof Action.ActivateAsFormer) {
      return Optional.of("the keys of a change of supplier (CS02b) are not simulated");
    }
    return Optional.empty();
  }

  /** The keys of a file's makers are unknown to the DCC; the sample's signature is not right. */
  private static boolean isRefused(ImageSource image) {
    return !(image instanceof Sample sample) || sample.flaw().isFoundByDevice();
  }
}
