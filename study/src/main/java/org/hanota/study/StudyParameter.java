// SPDX-License-Identifier: Apache-2.0
package org.hanota.study;

import org.hanota.api.Parameter;
import org.hanota.api.Parameter.Mark;
import org.hanota.api.ParameterRow;

/** The table of the study's inputs; money in pence, shares in millionths. */
public enum StudyParameter implements ParameterRow {
  METERS(
      Parameter.row("studyMeters", 54_000_000, 1, 1_000_000_000, "meters", Mark.C)
          .clause("hanota H95")
          .means("smart meters when all homes have theirs")
          .because("Npower, questions 2 and 3")),
  METERS_PER_DISPLAY(
      Parameter.row("studyMetersPerDisplay", 2, 1, 10, "meters", Mark.C)
          .clause("hanota H95")
          .means("meters that share one PPMID")
          .because("Npower: 54 million meters are 27 million PPMIDs")),
  SHARE_LATE(
      Parameter.row("studyShareInstalledLater", 750_000, 0, 1_000_000, "ppm", Mark.C)
          .clause("hanota H95")
          .means("share of PPMIDs that the factor three quarters leaves")
          .because("Npower: times 3/4")),
  SHARE_UPGRADEABLE(
      Parameter.row("studyShareUpgradeable", 500_000, 0, 1_000_000, "ppm", Mark.C)
          .clause("hanota H95")
          .means("share of these that can be updated")
          .because("Npower: times 1/2")),
  UNIT_COST(
      Parameter.row("studyUnitCost", 2000, 1, 1_000_000, "pence", Mark.C)
          .clause("hanota H95")
          .means("price of a new device")
          .because("Npower: 20 pounds")),
  DCC_COST_LOW(
      Parameter.row("studyDccCostLow", 730_000_000, 0, 100_000_000_000L, "pence", Mark.C)
          .clause("hanota H95")
          .means("DCC cost, the lower figure")
          .because("E.ON, TMA, Utilita: 7.3 million pounds")),
  DCC_COST_LOW_OTHER(
      Parameter.row("studyDccCostLowOther", 740_000_000, 0, 100_000_000_000L, "pence", Mark.C)
          .clause("hanota H95")
          .means("DCC cost, the lower figure as others quote it")
          .because("7.4 million pounds in other responses")),
  DCC_COST_HIGH(
      Parameter.row("studyDccCostHigh", 820_000_000, 0, 100_000_000_000L, "pence", Mark.C)
          .clause("hanota H95")
          .means("DCC cost, the higher figure")
          .because("8.2 million pounds")),
  DCC_COST_RISEN(
      Parameter.row("studyDccCostRisen", 1_000_000_000, 0, 100_000_000_000L, "pence", Mark.C)
          .clause("hanota H95")
          .means("DCC cost after it has risen")
          .because("rising to 10 million pounds")),
  SHARED_RELEASE(
      Parameter.row("studySharedRelease", 0, 0, 90, "%", Mark.U)
          .clause("hanota H95")
          .means("part of the DCC cost saved in a release with other changes")
          .because("a stand-alone change costs all of it; no figure is published")),
  SUPPLIER_COST(
      Parameter.row("studySupplierCost", 50_000_000, 0, 10_000_000_000L, "pence", Mark.C)
          .clause("hanota H95")
          .means("what one supplier's own systems cost")
          .because("Npower: about 500 thousand pounds")),
  SUPPLIERS(
      Parameter.row("studySuppliers", 10, 1, 1000, "suppliers", Mark.U)
          .clause("hanota H95")
          .means("suppliers that bear that cost")
          .because("the large ones; small ones use what others built")),
  NETWORK_COST(
      Parameter.row("studyNetworkCost", 25_000_000, 0, 10_000_000_000L, "pence", Mark.U)
          .clause("hanota H95")
          .means("what a network party's systems cost")
          .because("half of a supplier's: alerts and capacity only")),
  NETWORKS(
      Parameter.row("studyNetworks", 6, 0, 100, "parties", Mark.U)
          .clause("hanota H95")
          .means("network parties that bear that cost")
          .because("groups that own distribution networks")),
  VISIT_COST(
      Parameter.row("studyVisitCost", 6000, 0, 1_000_000, "pence", Mark.U)
          .clause("hanota H95")
          .means("what a visit to a home costs")
          .because("an hour with the way; no figure in the responses")),
  VISIT_SHARE(
      Parameter.row("studyVisitShare", 300_000, 0, 1_000_000, "ppm", Mark.U)
          .clause("hanota H95")
          .means("share of replacements that need a visit")
          .because("most displays go by post")),
  DEFECT_SHARE(
      Parameter.row("studyDefectShare", 50_000, 0, 1_000_000, "ppm", Mark.U)
          .clause("hanota H95")
          .means(
              "share of devices that a defect or change makes useless over the horizon, if none is"
                  + " updated")
          .because("one defect in a model line of a twentieth")),
  FAILURE_SHARE(
      Parameter.row("studyFailureShare", 10_000, 0, 1_000_000, "ppm", Mark.U)
          .clause("hanota H95")
          .means("share of updates that fail for good")
          .because("no failure rate is published; one in a hundred")),
  UPDATES_PER_YEAR(
      Parameter.row("studyUpdatesPerYear", 2, 0, 365, "updates", Mark.C)
          .clause("hanota H95")
          .means("updates a year")
          .because("E.ON, question 4: at least two")),
  HORIZON_YEARS(
      Parameter.row("studyHorizonYears", 10, 1, 50, "years", Mark.U)
          .clause("hanota H95")
          .means("years over which cost and benefit are counted")
          .because("the life of a display")),
  UPDATE_COST(
      Parameter.row("studyUpdateCost", 1, 0, 10_000, "pence", Mark.U)
          .clause("hanota H95")
          .means("what one request to one device costs its supplier")
          .because("a hundredth of a pound: messages and their handling")),
  REISSUE_SHARE(
      Parameter.row("studyReissueShare", 20_000, 0, 1_000_000, "ppm", Mark.U)
          .clause("hanota H95")
          .means("requests that are issued again as capacity failed")
          .because("SSE Networks names them, without a figure")),
  SUPPORT_COST(
      Parameter.row("studySupportCost", 0, 0, 10_000_000_000L, "pence", Mark.U)
          .clause("hanota H95")
          .means("what each year of operation costs the DCC")
          .because("in the quoted sums as far as they say")),
  START_YEAR(
      Parameter.row("studyStartYear", 2019, 2018, 2060, "year", Mark.C)
          .clause("hanota H95")
          .means("when updates begin")
          .because("Scottish Power: spring 2019 or later")),
  DEVICE_CODE(
      Parameter.row("studyDeviceCode", 460_000, 0, 100_000_000, "octets", Mark.I)
          .clause("hanota H95")
          .means("code of a device that can update itself")
          .because("class files of this project's device, see its test")),
  DEVICE_STORAGE(
      Parameter.row("studyDeviceStorage", 772_096, 0, 100_000_000, "octets", Mark.C)
          .clause("hanota H95")
          .means("storage for a second image and the journal")
          .because("maximumImageOctets and journalOctets of this project's device")),
  DEVICE_MEMORY_COST(
      Parameter.row("studyDeviceMemoryCost", 20, 0, 10_000, "pence", Mark.U)
          .clause("hanota H95")
          .means("price of 1,000,000 octets more in a device")
          .because("flash of microcontrollers")),
  USE_SHARE(
      Parameter.row("studyUseShare", 800_000, 0, 1_000_000, "ppm", Mark.U)
          .clause("hanota H95")
          .means("homes that use their display in the first year")
          .because("surveys differ; four in five")),
  USE_DECLINE(
      Parameter.row("studyUseDecline", 50_000, 0, 1_000_000, "ppm", Mark.U)
          .clause("hanota H95")
          .means("part of these that stop in each year")
          .because("displays move into drawers and telephones")),
  IHD_OBLIGATION(
      Parameter.row("studyObligationIhd", 12, 0, 600, "months", Mark.C)
          .clause("hanota H95")
          .means("how long an IHD must be provided for")
          .because("EDF, Scottish Power, Utilita: 12 months")),
  PPMID_OBLIGATION(
      Parameter.row("studyObligationPpmid", 72, 0, 600, "months", Mark.U)
          .clause("hanota H95")
          .means("the Relevant Period of a PPMID")
          .because("its length is not in the responses")),
  PREPAYMENT_OBLIGATION(
      Parameter.row("studyObligationPrepayment", 120, 0, 600, "months", Mark.U)
          .clause("hanota H95")
          .means("how long a home with prepayment needs its device")
          .because("as long as it prepays: the horizon"));

  @SuppressWarnings("ImmutableEnumChecker") // a record of immutable components
  private final Parameter parameter;

  StudyParameter(Parameter parameter) {
    this.parameter = parameter;
  }

  @Override
  public Parameter parameter() {
    return parameter;
  }
}
