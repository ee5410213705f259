// SPDX-License-Identifier: Apache-2.0
package org.hanota.verification;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.hanota.device.planted.KnowsTheHub;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which module may know which, as docs/design.md draws it. */
class ArrowsTest {
  private static final List<String> EVERYTHING = List.of("..");

  /** From each module's package to those that it may know besides its own. */
  private static final Map<String, List<String>> ARROWS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("api", List.of()),
              Map.entry("otaformat", List.of("api")),
              Map.entry("gbcs", List.of("api")),
              Map.entry("hub", List.of("api", "otaformat", "gbcs")),
              Map.entry("device", List.of("api", "otaformat", "gbcs")),
              Map.entry("headend", List.of("api", "otaformat", "gbcs")),
              Map.entry("conformance", List.of("api", "otaformat", "hub", "device")),
              Map.entry("transport", List.of("api")),
              Map.entry("sim", List.of("api", "otaformat", "gbcs", "hub", "device", "headend")),
              Map.entry("cli", EVERYTHING),
              Map.entry("bench", EVERYTHING)));

  private static JavaClasses all = new ClassFileImporter().importClasses();

  @BeforeAll
  static void readTheClasses() {
    all =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.hanota");
  }

  static Stream<String> modules() {
    return ARROWS.keySet().stream();
  }

  static ArchRule rule(String module) {
    List<String> known = new ArrayList<>(ARROWS.getOrDefault(module, List.of()));
    if (known.equals(EVERYTHING)) {
      // The command and the benchmarks are nobody's to know but each its own.
      known = new ArrayList<>(ARROWS.keySet());
      known.removeAll(List.of("cli", "bench"));
      if (module.equals("bench")) {
        known.add("cli");
      }
    }
    known.add(module);
    String[] allowed =
        known.stream().map(name -> "org.hanota." + name + "..").toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage("org.hanota." + module + "..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("org.hanota..").and(not(resideInAnyPackage(allowed))))
        .allowEmptyShould(true);
  }

  @ParameterizedTest
  @MethodSource("modules")
  void aModuleKnowsOnlyThoseThatItsArrowsReach(String module) {
    rule(module).check(all);
  }

  @Test
  void everyClassBelongsToAModuleWithArrows() {
    String[] known =
        ARROWS.keySet().stream().map(name -> "org.hanota." + name + "..").toArray(String[]::new);
    classes().should().resideInAnyPackage(known).check(all);
    assertThat(all.size()).isGreaterThan(200);
  }

  @Test
  void aDeviceThatKnowsTheHubIsFound() {
    JavaClasses planted = new ClassFileImporter().importClasses(KnowsTheHub.class);
    assertThat(rule("device").evaluate(planted).hasViolation()).isTrue();
    assertThat(rule("hub").evaluate(planted).hasViolation()).isFalse();
  }
}
