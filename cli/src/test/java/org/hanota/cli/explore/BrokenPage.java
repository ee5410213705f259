// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.explore;

import java.util.List;
import java.util.Optional;
import org.hanota.sim.explore.Bounds;
import org.hanota.sim.explore.Exploration;
import org.hanota.sim.explore.Models;
import org.hanota.sim.explore.Violation;

/** The page of an exploration that found something, for those who look at pages. */
public final class BrokenPage {
  private BrokenPage() {}

  private static Exploration.Moment moment(
      long millis, String from, String to, boolean isFault, String what, String... events) {
    return new Exploration.Moment(millis * 1_000_000, from, to, isFault, what, List.of(events));
  }

  /** The page. */
  public static String html() {
    List<Exploration.Moment> way =
        List.of(
            moment(0, "hub", "hub", false, "a first offer, to run at once"),
            moment(0, "hub", "device", false, "Image Notify", "asks for an image"),
            moment(1_500, "hub", "device", true, "a <b> is lost", "e"),
            moment(1_600, "device", "hub", false, "Upgrade End Request, SUCCESS"),
            moment(1_700, "device", "device", true, "the power goes"),
            moment(2_000_000, "device", "device", false, "its timer runs out", "activates it"));
    Exploration found =
        new Exploration(
            Models.BLOCK.model(),
            new Bounds(1, 1),
            1,
            1,
            0,
            1,
            List.of(1),
            1,
            1,
            1,
            0,
            0,
            Optional.of(new Violation("I6", "early")),
            way);
    return ExplorationPage.of(found, ExploreCommand.lines(found, 1));
  }
}
