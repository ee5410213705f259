// SPDX-License-Identifier: Apache-2.0
package org.hanota.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.hanota.api.Parameter.Mark;
import org.hanota.api.ParameterValues;
import org.hanota.headend.capacity.CapacityParameter;
import org.junit.jupiter.api.Test;

class StudyTest {
  private static final Study STUDY = Study.defaults();

  /** C07: 54 M meters = 27 M PPMIDs x 3/4 x 1/2 = 10.125 M; at 20 pounds 202.5 M pounds. */
  @Test
  void npowersArithmeticIsReproducedToTheDigit() {
    assertThat(STUDY.displays()).isEqualTo(27_000_000);
    assertThat(STUDY.upgradeable()).isEqualTo(10_125_000);
    assertThat(Money.millions(STUDY.replacementOfAll())).isEqualTo("202.5");
    assertThat(STUDY.replacementWithVisits()).isGreaterThan(STUDY.replacementOfAll());
    assertThat(STUDY.inputs().get(StudyParameter.SUPPLIER_COST)).isEqualTo(50_000_000);
  }

  /** C07: it is varied: half the price is half the sum. */
  @Test
  void eachFactorMovesTheSumAsItShould() {
    assertThat(Money.millions(STUDY.with(StudyParameter.UNIT_COST, 1_000).replacementOfAll()))
        .isEqualTo("101.25");
    assertThat(STUDY.with(StudyParameter.SHARE_UPGRADEABLE, 1_000_000).upgradeable())
        .isEqualTo(20_250_000);
  }

  /** C06: the figures that were quoted, and the share of defects at which each is repaid. */
  @Test
  void theBreakEvenIsExactForEachFigureThatWasQuoted() {
    long before = 0;
    for (StudyParameter figure :
        List.of(
            StudyParameter.DCC_COST_LOW,
            StudyParameter.DCC_COST_LOW_OTHER,
            StudyParameter.DCC_COST_HIGH,
            StudyParameter.DCC_COST_RISEN)) {
      Study study = STUDY.with(StudyParameter.DCC_COST_HIGH, STUDY.inputs().get(figure));
      long share = study.breakEven(StudyParameter.DEFECT_SHARE, 1_000_000).orElseThrow();
      assertThat(study.with(StudyParameter.DEFECT_SHARE, share).net()).isNotNegative();
      assertThat(study.with(StudyParameter.DEFECT_SHARE, share - 1).net()).isNegative();
      assertThat(share).isGreaterThan(before);
      before = share;
    }
    assertThat(Money.millions(STUDY.inputs().get(StudyParameter.DCC_COST_LOW))).isEqualTo("7.3");
    assertThat(Money.millions(STUDY.inputs().get(StudyParameter.DCC_COST_LOW_OTHER)))
        .isEqualTo("7.4");
    assertThat(Money.millions(STUDY.inputs().get(StudyParameter.DCC_COST_HIGH))).isEqualTo("8.2");
    assertThat(Money.millions(STUDY.inputs().get(StudyParameter.DCC_COST_RISEN))).isEqualTo("10");
    // TMA: no benefit outweighs it; so it is where nothing fails or nobody uses it.
    assertThat(STUDY.with(StudyParameter.DEFECT_SHARE, 0).net()).isNegative();
    assertThat(STUDY.with(StudyParameter.USE_SHARE, 0).net()).isNegative();
  }

  /** C08: each year that it starts later leaves less. */
  @Test
  void aLaterStartLeavesLessOfTheBenefit() {
    long before = Long.MAX_VALUE;
    for (int year = 2019; year < 2029; year++) {
      long benefit = STUDY.with(StudyParameter.START_YEAR, year).benefit();
      assertThat(benefit).as("" + year).isLessThan(before);
      before = benefit;
    }
    assertThat(RollOut.installed(2020, 54_000_000)).isEqualTo(6_700_000);
    assertThat(RollOut.installed(2023, 54_000_000)).isEqualTo(14_800_000);
    assertThat(RollOut.installed(2018, 54_000_000)).isBetween(1L, 6_700_000L);
    assertThat(RollOut.installed(2060, 54_000_000)).isEqualTo(54_000_000);
  }

  /** C19: the internet path loses each guarantee that the DCC's has; the local one all but two. */
  @Test
  void anotherPathNamesEachGuaranteeThatItLoses() {
    List<Register.Path> paths = Register.paths();
    Register.Path dcc = paths.get(0);
    assertThat(dcc.loses()).isEmpty();
    assertThat(paths.get(1).loses()).hasSize(dcc.guarantees().size() - 2);
    assertThat(paths.get(2).loses()).containsExactlyElementsOf(dcc.guarantees());
    List<List<String>> rows = rows("C19");
    for (int i = 0; i < paths.size(); i++) {
      Register.Path path = paths.get(i);
      // A guarantee is kept or lost, and whoever reads the study sees which are lost.
      assertThat(Stream.concat(path.guarantees().stream(), path.loses().stream()))
          .containsExactlyInAnyOrderElementsOf(dcc.guarantees());
      assertThat(rows.get(i).get(0)).isEqualTo(path.name());
      for (String guarantee : dcc.guarantees()) {
        assertThat(rows.get(i).get(2).contains(guarantee))
            .as(path.name() + ": " + guarantee)
            .isEqualTo(path.loses().contains(guarantee));
      }
    }
  }

  /** The rows of the table that answers a concern, as they are printed. */
  private static List<List<String>> rows(String id) {
    return StudyTables.of(
            STUDY,
            ParameterValues.defaults(CapacityParameter.class)
                .with(CapacityParameter.HOMES_PER_CELL, 10))
        .stream()
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow()
        .rows();
  }

  /** C23: each type of device has risks with mitigation, residual risk and what shows it. */
  @Test
  void theRegisterHasEachTypeOfDevice() {
    List<List<String>> rows = rows("C23");
    assertThat(rows)
        .extracting(row -> row.get(0))
        .contains("PPMID", "IHD", "HCALCS", "ESME", "GSME", "Hub");
    assertThat(rows)
        .hasSameSizeAs(Register.risks())
        .allMatch(row -> row.stream().noneMatch(String::isBlank) && row.get(4).endsWith("Test"));
  }

  /** C09: who has devices pays for more code and storage in each that can be updated. */
  @Test
  void codeAndStorageAreAmongTheCostsOfWhoeverHasTheDevices() {
    long octets =
        STUDY.inputs().get(StudyParameter.DEVICE_CODE)
            + STUDY.inputs().get(StudyParameter.DEVICE_STORAGE);
    long ofMillion = STUDY.inputs().get(StudyParameter.DEVICE_MEMORY_COST);
    // 10.125 million devices with 1.232 million octets each.
    long pence = 10_125_000L * octets / 1_000_000 * ofMillion;
    assertThat(STUDY.memoryCost()).isPositive().isEqualTo(pence);
    assertThat(STUDY.parties().get(2).costPence()).isEqualTo(pence);
    for (StudyParameter each : List.of(StudyParameter.DEVICE_CODE, StudyParameter.DEVICE_STORAGE)) {
      assertThat(STUDY.with(each, 0).net()).isGreaterThan(STUDY.net());
    }
    assertThat(rows("C09"))
        .filteredOn(row -> row.get(0).matches("studyDevice(Code|Storage)"))
        .hasSize(2);
  }

  /** C24: cost and benefit per party; requests that are issued again; a shared release. */
  @Test
  void whatEachPartyPaysAndSavesAddsUp() {
    assertThat(STUDY.parties())
        .extracting(Study.Party::name)
        .containsExactly("DCC", "Suppliers", "Asset owners", "Networks", "Consumers");
    assertThat(STUDY.net())
        .isEqualTo(
            STUDY.parties().stream()
                .mapToLong(each -> each.benefitPence() - each.costPence())
                .sum());
    assertThat(STUDY.with(StudyParameter.SHARED_RELEASE, 50).dccCost())
        .isEqualTo(STUDY.dccCost() / 2);
    long without = STUDY.with(StudyParameter.REISSUE_SHARE, 0).requests();
    assertThat(STUDY.requests()).isEqualTo(without + without * 20_000 / 1_000_000);
    assertThat(STUDY.with(StudyParameter.REISSUE_SHARE, 1_000_000).cost())
        .isGreaterThan(STUDY.cost());
  }

  /** C25: obligations differ in time. */
  @Test
  void eachDeviceHasItsObligation() {
    List<List<String>> rows = rows("C25");
    assertThat(rows)
        .extracting(row -> row.get(0))
        .containsExactly("IHD", "PPMID", "PPMID of a home with prepayment");
    assertThat(rows.get(0).get(1)).isEqualTo("12");
    assertThat(rows).extracting(row -> Long.valueOf(row.get(1))).isSorted().doesNotHaveDuplicates();
  }

  /** C26: the share of homes that still use the device, over time. */
  @Test
  void fewerHomesUseTheDisplayEachYear() {
    assertThat(STUDY.usePpm(0)).isEqualTo(800_000);
    assertThat(STUDY.usePpm(1)).isEqualTo(760_000);
    for (int year = 1; year < 10; year++) {
      assertThat(STUDY.usePpm(year)).isLessThan(STUDY.usePpm(year - 1));
    }
    assertThat(STUDY.with(StudyParameter.USE_DECLINE, 200_000).benefit())
        .isLessThan(STUDY.benefit());
  }

  @Test
  void theWidestSwingComesFirstAndEachIsWhatTheStudySays() {
    List<Study.Swing> swings = STUDY.tornado();
    assertThat(swings).hasSizeGreaterThan(8);
    for (int i = 1; i < swings.size(); i++) {
      assertThat(swings.get(i).width()).isLessThanOrEqualTo(swings.get(i - 1).width());
    }
    Study.Swing first = swings.get(0);
    assertThat(STUDY.with(first.row(), first.low()).net()).isEqualTo(first.netAtLow());
  }

  @Test
  void whatNoSourceSaysBearsItsMark() {
    for (StudyParameter row : StudyParameter.values()) {
      boolean isKnown = row.parameter().mark() == Mark.C;
      assertThat(isKnown || row.parameter().reason().length() > 10).as(row.name()).isTrue();
    }
    assertThat(StudyParameter.VISIT_COST.parameter().mark()).isEqualTo(Mark.U);
    assertThat(StudyParameter.UNIT_COST.parameter().mark()).isEqualTo(Mark.C);
  }
}
