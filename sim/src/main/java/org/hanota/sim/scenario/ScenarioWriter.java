// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.scenario;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;
import org.hanota.api.ParameterRow;
import org.hanota.api.control.UpgradeTime;
import org.hanota.device.DeviceParameter;
import org.hanota.device.DeviceParameters;
import org.hanota.hub.HubParameter;
import org.hanota.hub.HubParameters;
import org.hanota.sim.radio.RadioParameter;
import org.hanota.sim.scenario.ScriptStep.Action;

/** Writes a scenario as YAML, whole: what {@link ScenarioReader} makes of it is equal. */
public final class ScenarioWriter {
  private final StringBuilder text = new StringBuilder();

  private ScenarioWriter() {}

  /** The YAML form of {@code scenario}. */
  public static String write(Scenario scenario) {
    ScenarioWriter writer = new ScenarioWriter();
    writer.scenario(scenario);
    return writer.text.toString();
  }

  /** A constant as it stands in YAML. */
  static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  private void line(int depth, String content) {
    text.append("  ".repeat(depth)).append(content).append('\n');
  }

  private void scenario(Scenario scenario) {
    line(0, "seed: " + scenario.seed());
    scenario.tieSeed().ifPresent(seed -> line(0, "tieSeed: " + seed));
    line(0, "world:");
    World world = scenario.world();
    line(1, "headEnd: " + world.headEnd().label());
    line(1, "latency: " + Amounts.span(world.latencyNanos()));
    line(1, "maximumPayload: " + world.maximumPayload());
    HubParameters hub = world.hub();
    parameters(1, "hub", HubParameter.values(), hub::get, HubParameters.DEFAULT::get);
    line(1, "devices:");
    world.devices().forEach(this::device);
    world.radio().ifPresent(this::radio);
    line(0, scenario.script().isEmpty() ? "script: []" : "script:");
    scenario.script().forEach(step -> line(1, "- {" + step(step) + "}"));
    NemesesWriter.lines(scenario.nemeses()).forEach(line -> line(0, line));
    line(0, "limits:");
    line(1, "safety: " + Amounts.span(scenario.limits().safetyNanos()));
    line(1, "liveness: " + Amounts.span(scenario.limits().livenessNanos()));
  }

  private void radio(Radio radio) {
    line(1, "radio:");
    line(2, "band: " + radio.settings().band().label());
    if (radio.meterPeriodNanos() > 0) {
      line(2, "meterPeriod: " + Amounts.span(radio.meterPeriodNanos()));
    }
    parameters(
        2,
        "parameters",
        RadioParameter.values(),
        radio.settings().values()::get,
        row -> row.parameter().value());
  }

  private <R extends ParameterRow> void parameters(
      int depth, String name, R[] rows, ToLongFunction<R> value, ToLongFunction<R> defaults) {
    List<String> set = new ArrayList<>();
    for (R row : rows) {
      long number = value.applyAsLong(row);
      if (number != defaults.applyAsLong(row)) {
        set.add(row.parameter().name() + ": " + row.parameter().text(number));
      }
    }
    if (!set.isEmpty()) {
      line(depth, name + ":");
      set.forEach(each -> line(depth + 1, each));
    }
  }

  private void device(ScenarioDevice device) {
    line(2, "- name: " + quoted(device.name()));
    line(3, "type: " + device.type().label());
    line(3, "image: " + image(device.image()));
    line(3, "running: \"" + device.running() + "\"");
    line(3, "when: " + when(device.when()));
    device.sleep().ifPresent(sleep -> line(3, "sleep: " + sleep(sleep)));
    parameters(
        3,
        "parameters",
        DeviceParameter.values(),
        device.parameters()::get,
        DeviceParameters.DEFAULT::get);
  }

  private static String sleep(Sleep sleep) {
    return "{poll: "
        + Amounts.span(sleep.pollNanos())
        + ", fastPoll: "
        + Amounts.span(sleep.fastPollNanos())
        + ", kept: "
        + Amounts.span(sleep.keptNanos())
        + "}";
  }

  private static String when(UpgradeTime when) {
    if (when instanceof UpgradeTime.At at) {
      return "\"" + Instant.ofEpochMilli(at.utcMillis()) + "\"";
    }
    return when instanceof UpgradeTime.Held ? "held" : "now";
  }

  private static String image(ImageSource source) {
    if (source instanceof ImageSource.Sample sample) {
      return "{sample: {seed: "
          + sample.seed()
          + ", firmwareOctets: "
          + sample.firmwareOctets()
          + (sample.flaw() == ImageSource.Flaw.NONE ? "" : ", flaw: " + label(sample.flaw()))
          + "}}";
    }
    ImageSource.File file = (ImageSource.File) source;
    return "{file: {path: "
        + quoted(file.path())
        + ", kind: "
        + file.kind().label()
        + ", sha256: \""
        + file.sha256().toHex()
        + "\", "
        + check(file.check())
        + "}}";
  }

  private static String check(ImageSource.Check check) {
    if (check instanceof ImageSource.Keyless keyless) {
      return "check: " + label(keyless.kind()) + ", reason: " + quoted(keyless.reason());
    }
    ImageSource.Signed signed = (ImageSource.Signed) check;
    return "check: "
        + label(signed.signature())
        + ", key: "
        + quoted(signed.path())
        + ", keySha256: \""
        + signed.sha256().toHex()
        + "\"";
  }

  private static String step(ScriptStep step) {
    Action action = step.action();
    String does;
    if (action instanceof Action.Offer offer) {
      does = "offer" + offer.other().map(other -> ", image: " + image(other)).orElse("");
    } else if (action instanceof Action.Activate activate) {
      does =
          "activate"
              + (activate.inNanos().isPresent()
                  ? ", in: " + Amounts.span(activate.inNanos().getAsLong())
                  : "");
    } else if (action instanceof Action.StepClock clock) {
      does = "stepClock, by: " + Amounts.span(clock.millis() * 1_000_000);
    } else if (action instanceof Action.ActivateOther) {
      does = "activateOther";
    } else if (action instanceof Action.Replay) {
      does = "replay";
    } else if (action instanceof Action.ChangeSupplier) {
      does = "changeSupplier";
    } else if (action instanceof Action.ActivateAsFormer) {
      does = "activateAsFormer";
    } else {
      does = "cancel";
    }
    return "cue: "
        + label(step.cue())
        + (step.afterNanos() == 0 ? "" : ", after: " + Amounts.span(step.afterNanos()))
        + ", device: "
        + quoted(step.device())
        + ", do: "
        + does;
  }

  /** In quotation marks, so that any name and path comes back as it was. */
  static String quoted(String value) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c < ' ' || c > '~') {
        out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
      } else {
        out.append(c);
      }
    }
    return out.append('"').toString();
  }
}
