// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import java.util.List;
import java.util.stream.Stream;
import org.hanota.api.Parameter;
import org.hanota.api.ParameterRow;
import org.hanota.cli.headend.HttpParameter;
import org.hanota.cli.hub.ControlParameter;
import org.hanota.cli.hub.ServeParameter;
import org.hanota.device.DeviceParameter;
import org.hanota.headend.HeadEndParameter;
import org.hanota.headend.capacity.CapacityParameter;
import org.hanota.hub.HubParameter;
import org.hanota.sim.radio.RadioParameter;
import org.hanota.study.StudyParameter;
import org.hanota.transport.grpc.GrpcParameter;
import org.hanota.transport.serial.stick.StickParameter;

/** Every table of parameters. */
public final class ParameterTables {
  /** All of them, in the order in which they are listed. */
  public static final List<Class<? extends ParameterRow>> ALL =
      List.of(
          DeviceParameter.class,
          HubParameter.class,
          GrpcParameter.class,
          ServeParameter.class,
          ControlParameter.class,
          StickParameter.class,
          RadioParameter.class,
          HeadEndParameter.class,
          HttpParameter.class,
          CapacityParameter.class,
          StudyParameter.class);

  private ParameterTables() {}

  /** The rows of these tables. */
  public static List<Parameter> rows(List<Class<? extends ParameterRow>> tables) {
    return tables.stream()
        .flatMap(table -> Stream.of(table.getEnumConstants()))
        .map(ParameterRow::parameter)
        .toList();
  }
}
