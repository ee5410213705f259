// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.capacity;

import static org.hanota.api.Parameter.DAY;
import static org.hanota.api.Parameter.SECOND;

import org.hanota.api.Parameter;
import org.hanota.api.Parameter.Mark;
import org.hanota.api.ParameterRow;

/** The table of what the WAN is taken to carry; no figure of it is published. */
public enum CapacityParameter implements ParameterRow {
  CELL_RATE_NORTH(
      Parameter.row("wanCellRateNorth", 2_500, 1, 1_000_000_000, "octets/s", Mark.U)
          .clause("hanota H94")
          .means("what one cell of the North carries for all its homes")
          .because("long range radio in the 400 MHz range: 20 kbit/s taken; not published")),
  CELL_RATE_CENTRAL(
      Parameter.row("wanCellRateCentral", 12_500, 1, 1_000_000_000, "octets/s", Mark.U)
          .clause("hanota H94")
          .means("what one cell of Central carries for all its homes")
          .because("2G and 3G: 100 kbit/s of a cell taken; not published")),
  CELL_RATE_SOUTH(
      Parameter.row("wanCellRateSouth", 12_500, 1, 1_000_000_000, "octets/s", Mark.U)
          .clause("hanota H94")
          .means("what one cell of the South carries for all its homes")
          .because("2G and 3G: 100 kbit/s of a cell taken; not published")),
  HOMES_PER_CELL(
      Parameter.row("wanHomesPerCell", 500, 1, 1_000_000, "homes", Mark.U)
          .clause("hanota H94")
          .means("hubs that share a cell")
          .because("some hundreds of homes around a mast; not published")),
  LINK_RATE(
      Parameter.row("wanLinkRate", 1_250, 1, 1_000_000_000, "octets/s", Mark.U)
          .clause("hanota H94")
          .means("what one hub takes at most")
          .because("10 kbit/s: a modem at the edge of its cell; not published")),
  PACKET_OCTETS(
      Parameter.row("wanPacketOctets", 1_000, 16, 1_000_000, "octets", Mark.U)
          .clause("hanota H94")
          .means("data of a packet, which nothing interrupts")
          .because("below the usual largest packet of 1,500 octets")),
  PACKET_LOSS(
      Parameter.row("wanPacketLoss", 20_000, 0, 900_000, "ppm", Mark.U)
          .clause("hanota H94")
          .means("packets that are lost and sent again")
          .because("2 %: a fair radio link; not published")),
  MEAN_UP(
      Parameter.row("wanMeanUp", 2 * DAY, 1, 3_653 * DAY, "ms", Mark.U)
          .clause("hanota H94")
          .means("mean time between two outages of a cell")
          .because("an outage every other day: on the careful side; not published")),
  MEAN_DOWN(
      Parameter.row("wanMeanDown", 1_800 * SECOND, 0, 3_653 * DAY, "ms", Mark.U)
          .clause("hanota H94")
          .means("mean length of an outage of a cell")
          .because("half an hour: with MEAN_UP one part in a hundred; not published")),
  METER_OCTETS(
      Parameter.row("wanMeterOctets", 4_000, 0, 100_000_000, "octets", Mark.I)
          .clause("hanota H94")
          .means("commands, readings and alerts of a home in a day")
          .because(
              "28 messages per meter and month in October 2019 is about 2 a home and day, rounded"
                  + " up to 4 of 1,000 octets with what frames them")),
  CRITICAL_PER_DAY(
      Parameter.row("wanCriticalPerDay", 1, 0, 86_400, "commands", Mark.U)
          .clause("hanota H94")
          .means("critical commands of METER_OCTETS to a home in a day")
          .because("more than are sent today: prepayment and activations")),
  FIRMWARE_SHARE(
      Parameter.row("wanFirmwareShare", 50, 1, 100, "%", Mark.U)
          .clause("hanota H94")
          .means("the most of a cell that firmware may use")
          .because("half: readings of the night have room in any hour")),
  CRITICAL_LIMIT(
      Parameter.row("wanCriticalLimit", 16 * SECOND, 1, DAY, "ms", Mark.I)
          .clause("hanota H94")
          .means("how long firmware may delay a critical command at most")
          .because("the shortest target response time that is in use")),
  FARTHEST_SLOT(
      Parameter.row("wanFarthestSlot", 366, 1, 3_653, "days", Mark.U)
          .clause("hanota H94")
          .means("how far ahead a slot is looked for")
          .because("a plan for more than a year is no plan"));

  @SuppressWarnings("ImmutableEnumChecker") // a record of immutable components
  private final Parameter parameter;

  CapacityParameter(Parameter parameter) {
    this.parameter = parameter;
  }

  @Override
  public Parameter parameter() {
    return parameter;
  }
}
