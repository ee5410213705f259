// SPDX-License-Identifier: Apache-2.0
package org.hanota.verification;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
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
import org.hanota.hub.HubConfig;
import org.hanota.hub.HubEvent;
import org.hanota.hub.HubGbcsConfig;
import org.hanota.hub.HubInput;
import org.hanota.hub.HubParameter;
import org.hanota.hub.HubParameters;
import org.hanota.hub.catalogue.planted.KnowsTheQueue;
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

  /** From each part of a hub to those that it may know; what all of them know is in its words. */
  private static final Map<String, List<String>> HUB_ARROWS =
      new TreeMap<>(
          Map.of(
              "catalogue", List.of(),
              "store", List.of("catalogue"),
              "update", List.of("catalogue", "store"),
              "announce", List.of("update"),
              "offer", List.of("catalogue", "store", "update", "announce"),
              "block", List.of("catalogue", "update", "offer"),
              "gbcs", List.of("catalogue", "store", "update")));

  /** What the hub is, is told and tells; the rest of its own package joins the parts. */
  private static final List<Class<?>> HUB_WORDS =
      List.of(
          HubConfig.class,
          HubGbcsConfig.class,
          HubParameter.class,
          HubParameters.class,
          HubInput.class,
          HubEvent.class);

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

  static Stream<String> partsOfTheHub() {
    return HUB_ARROWS.keySet().stream();
  }

  private static DescribedPredicate<JavaClass> isHubWord() {
    return DescribedPredicate.describe(
        "what a hub is, is told or tells",
        each ->
            HUB_WORDS.stream()
                .anyMatch(
                    word ->
                        each.getName().equals(word.getName())
                            || each.getName().startsWith(word.getName() + "$")));
  }

  private static ArchRule partOfTheHub(String part) {
    List<String> known = new ArrayList<>(HUB_ARROWS.getOrDefault(part, List.of()));
    known.add(part);
    String[] allowed =
        known.stream().map(name -> "org.hanota.hub." + name + "..").toArray(String[]::new);
    return noClasses()
        .that()
        .resideInAPackage("org.hanota.hub." + part + "..")
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("org.hanota.hub..")
                .and(not(resideInAnyPackage(allowed)))
                .and(not(isHubWord())));
  }

  @ParameterizedTest
  @MethodSource("partsOfTheHub")
  void aPartOfTheHubKnowsOnlyThoseThatItsArrowsReach(String part) {
    partOfTheHub(part).check(all);
  }

  @Test
  void everyPackageOfTheHubIsAPartWithArrows() {
    assertThat(
            all.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith("org.hanota.hub."))
                .map(name -> name.substring("org.hanota.hub.".length()))
                .distinct())
        .containsExactlyInAnyOrderElementsOf(HUB_ARROWS.keySet());
  }

  @Test
  void aCatalogueThatKnowsTheQueueIsFound() {
    JavaClasses planted = new ClassFileImporter().importClasses(KnowsTheQueue.class);
    assertThat(partOfTheHub("catalogue").evaluate(planted).hasViolation()).isTrue();
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
