// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.device.DeviceType;
import org.hanota.sim.scenario.ImageSource;
import org.hanota.sim.scenario.Scenario;
import org.hanota.sim.scenario.ScriptStep;
import org.hanota.sim.scenario.ScriptStep.Action;
import org.hanota.sim.scenario.ScriptStep.Cue;
import org.hanota.sim.scenario.Scripts;
import org.hanota.sim.scenario.World;
import org.junit.jupiter.api.Test;

/** A refusal that is told twice brings one new offer: else offers double with each. */
class RefusedOfferTest {
  private static final long SEED = 4;
  private static final int OCTETS = 1_000;
  private static final int REFUSALS = 6;

  private int offers;

  /** Its first offers of {@code image} are refused, which it hears twice each time. */
  private HomeHeadEnd refused(HomeHeadEnd.Site site, UnaryOperator<Octets> image) {
    HomeHeadEnd standIn = new HeadEndStandIn(site);
    return (HomeHeadEnd)
        Proxy.newProxyInstance(
            HomeHeadEnd.class.getClassLoader(),
            new Class<?>[] {HomeHeadEnd.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("distribute")) {
                Octets offered = ((DevicePlan) arguments[1]).image();
                if (image.apply(offered).equals(offered) && ++offers <= REFUSALS) {
                  site.cues().accept((Eui64) arguments[0], Cue.REFUSED);
                  site.cues().accept((Eui64) arguments[0], Cue.REFUSED);
                  return null;
                }
              }
              return method.invoke(standIn, arguments);
            });
  }

  private void run(Scenario scenario, UnaryOperator<Octets> image) {
    HomeReport report =
        Home.run(
            scenario,
            new FaultyHomeTest.Silent(),
            new Fittings() {
              @Override
              public HomeHeadEnd headEnd(HomeHeadEnd.Site site) {
                return refused(site, image);
              }
            });
    assertThat(report.succeeded()).isTrue();
  }

  private static Scenario.Builder home() {
    return Scenario.builder(SEED)
        .devices(SampleImages.device(SEED, "esme", DeviceType.ESME, OCTETS));
  }

  @Test
  void ofTheSuppliersOwnImage() {
    run(home().headEnd(Scripts::usual).build(), image -> image);
    assertThat(offers).isEqualTo(REFUSALS + 1);
  }

  /** With a small image of the former supplier's. */
  private static List<ScriptStep> changeOfSupplier(World world) {
    Action small =
        new Action.Offer(
            Optional.of(new ImageSource.Sample(SEED, OCTETS, ImageSource.Flaw.FORMER_SUPPLIER)));
    return Scripts.changeOfSupplier(world).stream()
        .map(
            step ->
                step.action() instanceof Action.Offer offer && offer.other().isPresent()
                    ? new ScriptStep(step.cue(), step.afterNanos(), step.device(), small)
                    : step)
        .toList();
  }

  @Test
  void ofTheFormerSuppliersImage() {
    Octets own = DevicePlan.of(home().build().world().devices().get(0), Fittings.IN_MEMORY).image();
    run(
        home().headEnd(RefusedOfferTest::changeOfSupplier).build(),
        image -> image.equals(own) ? Octets.EMPTY : image);
    assertThat(offers).isEqualTo(REFUSALS + 1);
  }
}
