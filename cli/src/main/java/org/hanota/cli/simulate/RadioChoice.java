// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hanota.api.ParameterRow;
import org.hanota.cli.SetOption;
import org.hanota.device.DeviceParameter;
import org.hanota.hub.HubParameter;
import org.hanota.hub.HubParameters;
import org.hanota.sim.radio.Band;
import org.hanota.sim.radio.RadioParameter;
import org.hanota.sim.radio.RadioSettings;
import org.hanota.sim.scenario.Radio;

/** The radio that a home was given on the command line. */
record RadioChoice(Optional<Band> band) {
  /** No radio. */
  static final String NONE = "none";

  /** A display hears of its meter so often. */
  private static final long METER_PERIOD_NANOS = 10_000_000_000L;

  /** What a hub at 868 MHz spends on blocks in an hour, and the airtime of an octet there. */
  private static final long LIMITED_DUTY_MS = 54_000;

  private static final long OCTET_US = 80;

  /** The choice of that name; empty if there is none. */
  static Optional<RadioChoice> of(String name) {
    if (name.equals(NONE)) {
      return Optional.of(new RadioChoice(Optional.empty()));
    }
    try {
      return Optional.of(new RadioChoice(Optional.of(Band.ofLabel(name))));
    } catch (IllegalArgumentException unknown) {
      return Optional.empty();
    }
  }

  static String wrong(String name) {
    return "--radio is \"" + name + "\", allowed 2.4GHz, 868MHz, none";
  }

  /** What may be set. */
  List<Class<? extends ParameterRow>> tables() {
    List<Class<? extends ParameterRow>> tables =
        new ArrayList<>(List.of(DeviceParameter.class, HubParameter.class));
    band.ifPresent(unused -> tables.add(RadioParameter.class));
    return tables;
  }

  /** A hub that keeps to its band's duty cycle by itself. */
  HubParameters hub(HubParameters base) {
    return band.filter(Band.MHZ_868::equals).isPresent()
        ? base.with(HubParameter.AIRTIME_PER_HOUR, LIMITED_DUTY_MS)
            .with(HubParameter.AIRTIME_PER_OCTET, OCTET_US)
        : base;
  }

  /** The radio with what was set of it. */
  Optional<Radio> radio(SetOption set) {
    return band.map(
        chosen ->
            new Radio(
                new RadioSettings(chosen, true, set.values(RadioParameter.class)),
                METER_PERIOD_NANOS));
  }
}
