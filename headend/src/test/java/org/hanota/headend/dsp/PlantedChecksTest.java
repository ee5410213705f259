// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.hanota.api.ParameterValues;
import org.hanota.headend.HeadEndParameter;
import org.hanota.headend.HeadEndWorld;
import org.hanota.headend.check.CheckLists;
import org.junit.jupiter.api.Test;

/** A head end that lacks one of its checks is found out by the cases of refused requests. */
class PlantedChecksTest {
  private static final List<Consumer<CheckLists>> CASES =
      List.of(
          checks -> new RefusedRequests(() -> world(checks)).eachReasonIsMet(),
          checks ->
              new RefusedDevices(checks)
                  .eachDeviceOfAListThatGetsNothingStandsInTheListOfItsReason(),
          checks -> new RefusedDevices(checks).aVersionThatIsTooFarAheadIsSentToNobody(),
          checks -> new RefusedDevices(checks).aHubThatIsTooOldGetsNoImageForAPpmid(),
          checks -> new RefusedDevices(checks).aPpmidThatWouldNotWorkWithItsMeterGetsNoImage());

  private static HeadEndWorld world(CheckLists checks) {
    return new HeadEndWorld(ParameterValues.defaults(HeadEndParameter.class), checks);
  }

  /** Each list without one of its checks, by the list's name and the check's place in it. */
  private static Map<String, CheckLists> planted() {
    CheckLists all = CheckLists.ALL;
    Map<String, CheckLists> planted = new LinkedHashMap<>();
    for (int i = 0; i < all.access().size(); i++) {
      planted.put(
          "access " + i + " " + all.access().get(i).refusal(),
          new CheckLists(
              without(all.access(), i),
              all.image(),
              all.device(),
              all.activation(),
              all.cancellation()));
    }
    for (int i = 0; i < all.image().size(); i++) {
      planted.put(
          "image " + i + " " + all.image().get(i).refusal(),
          new CheckLists(
              all.access(),
              without(all.image(), i),
              all.device(),
              all.activation(),
              all.cancellation()));
    }
    for (int i = 0; i < all.device().size(); i++) {
      planted.put(
          "device " + i + " " + all.device().get(i).refusal(),
          new CheckLists(
              all.access(),
              all.image(),
              without(all.device(), i),
              all.activation(),
              all.cancellation()));
    }
    for (int i = 0; i < all.activation().size(); i++) {
      planted.put(
          "activation " + i + " " + all.activation().get(i).refusal(),
          new CheckLists(
              all.access(),
              all.image(),
              all.device(),
              without(all.activation(), i),
              all.cancellation()));
    }
    planted.put(
        "cancellation",
        new CheckLists(all.access(), all.image(), all.device(), all.activation(), List.of()));
    return planted;
  }

  private static <T> List<T> without(List<T> all, int place) {
    List<T> fewer = new ArrayList<>(all);
    fewer.remove(place);
    return fewer;
  }

  @Test
  void noCheckCanBeLeftOutWithoutACaseThatSeesIt() {
    List<String> unseen = new ArrayList<>();
    planted()
        .forEach(
            (name, checks) -> {
              if (CASES.stream().noneMatch(each -> fails(each, checks))) {
                unseen.add(name);
              }
            });
    assertThat(unseen).isEmpty();
    assertThat(CASES).noneMatch(each -> fails(each, CheckLists.ALL));
  }

  /** Without a check the head end fails itself, or the case sees another answer. */
  private static boolean fails(Consumer<CheckLists> each, CheckLists checks) {
    try {
      each.accept(checks);
      return false;
    } catch (RuntimeException | AssertionError seen) {
      return true;
    }
  }
}
