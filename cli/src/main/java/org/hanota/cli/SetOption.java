// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hanota.api.Parameter;
import org.hanota.api.ParameterRow;
import org.hanota.api.ParameterValues;
import org.hanota.device.DeviceParameter;
import org.hanota.device.DeviceParameters;
import org.hanota.hub.HubParameter;
import org.hanota.hub.HubParameters;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Values for rows of the tables that {@code hanota parameters} lists. */
public final class SetOption {
  /** A name that differs in more letters is another name. */
  private static final int NEAR = 4;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  @Option(
      names = "--set",
      paramLabel = "NAME=VALUE",
      description =
          "Another value for a parameter that hanota parameters lists; may be given several times.")
  private Map<String, String> values = new LinkedHashMap<>();

  /** Refuses a name that is in none of the tables, and a value that its row does not allow. */
  public void check(List<Class<? extends ParameterRow>> tables) {
    List<String> allowed = ParameterTables.rows(tables).stream().map(Parameter::name).toList();
    for (String name : values.keySet()) {
      if (!allowed.contains(name)) {
        throw wrongUse(
            "--set has \""
                + name
                + "\", which is no parameter here"
                + nearest(name, allowed).map(near -> "; is " + near + " meant?").orElse("")
                + " (hanota parameters lists all)");
      }
    }
    for (Class<? extends ParameterRow> table : tables) {
      for (ParameterRow row : table.getEnumConstants()) {
        Optional<Long> unused = value(row);
      }
    }
  }

  /** {@code base} with what was set of a device's table. */
  public DeviceParameters device(DeviceParameters base) {
    DeviceParameters set = base;
    for (DeviceParameter row : DeviceParameter.values()) {
      Optional<Long> value = value(row);
      if (value.isPresent()) {
        set = set.with(row, value.get());
      }
    }
    return set;
  }

  /** {@code base} with what was set of a hub's table. */
  public HubParameters hub(HubParameters base) {
    HubParameters set = base;
    try {
      for (HubParameter row : HubParameter.values()) {
        Optional<Long> value = value(row);
        if (value.isPresent()) {
          set = set.with(row, value.get());
        }
      }
    } catch (IllegalArgumentException together) {
      throw wrongUse("--set: " + together.getMessage());
    }
    return set;
  }

  /** The defaults of a table with what was set of it. */
  public <R extends Enum<R> & ParameterRow> ParameterValues<R> values(Class<R> table) {
    ParameterValues<R> set = ParameterValues.defaults(table);
    for (R row : table.getEnumConstants()) {
      Optional<Long> value = value(row);
      if (value.isPresent()) {
        set = set.with(row, value.get());
      }
    }
    return set;
  }

  private Optional<Long> value(ParameterRow row) {
    String text = values.get(row.parameter().name());
    try {
      return Optional.ofNullable(text).map(row.parameter()::parse);
    } catch (IllegalArgumentException fault) {
      throw wrongUse("--set: " + fault.getMessage());
    }
  }

  private ParameterException wrongUse(String what) {
    return new ParameterException(command.commandLine(), what);
  }

  private static Optional<String> nearest(String name, List<String> allowed) {
    return allowed.stream()
        .filter(other -> distance(name, other) <= Math.min(NEAR, name.length() / 2))
        .min((one, other) -> Integer.compare(distance(name, one), distance(name, other)));
  }

  /** How many letters have to be put in, left out or changed. */
  private static int distance(String one, String other) {
    int[] above = new int[other.length() + 1];
    for (int j = 0; j <= other.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= one.length(); i++) {
      int[] row = new int[other.length() + 1];
      row[0] = i;
      for (int j = 1; j <= other.length(); j++) {
        boolean isSame =
            Character.toLowerCase(one.charAt(i - 1)) == Character.toLowerCase(other.charAt(j - 1));
        row[j] = Math.min(Math.min(above[j], row[j - 1]) + 1, above[j - 1] + (isSame ? 0 : 1));
      }
      above = row;
    }
    return above[other.length()];
  }
}
