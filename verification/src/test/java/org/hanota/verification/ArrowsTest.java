// SPDX-License-Identifier: Apache-2.0
package org.hanota.verification;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

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
import org.hanota.api.SeededRandom;
import org.hanota.api.transport.planted.DrawsFaults;
import org.hanota.device.DeviceConfig;
import org.hanota.device.DeviceEvent;
import org.hanota.device.DeviceInput;
import org.hanota.device.DeviceParameter;
import org.hanota.device.DeviceParameters;
import org.hanota.device.DeviceTimer;
import org.hanota.device.DeviceType;
import org.hanota.device.GbcsConfig;
import org.hanota.device.planted.KnowsTheHub;
import org.hanota.device.search.planted.KnowsTheDownload;
import org.hanota.device.search.planted.KnowsTheMachine;
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
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Which module may know which, as docs/design.md draws it. */
class ArrowsTest {
  private static final List<String> EVERYTHING = List.of("..");

  /** From each module's package to those that it may know besides its own. */
  private static final Map<String, List<String>> ARROWS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("api", List.of()),
              Map.entry("keys", List.of("api")),
              Map.entry("otaformat", List.of("api", "keys")),
              Map.entry("gbcs", List.of("api", "keys")),
              Map.entry("hub", List.of("api", "keys", "otaformat", "gbcs")),
              Map.entry("device", List.of("api", "keys", "otaformat", "gbcs")),
              Map.entry("headend", List.of("api", "keys", "otaformat", "gbcs")),
              Map.entry("headendsql", List.of("api", "keys", "headend")),
              Map.entry("study", List.of("api", "headend")),
              Map.entry("conformance", List.of("api", "otaformat", "hub", "device")),
              Map.entry("transport.grpc", List.of("api", "keys")),
              Map.entry("transport.serial", List.of("api")),
              Map.entry(
                  "sim", List.of("api", "keys", "otaformat", "gbcs", "hub", "device", "headend")),
              Map.entry("simspark", List.of("sim")),
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

  /** From each part of a device to those that it may know. */
  private static final Map<String, List<String>> DEVICE_ARROWS =
      new TreeMap<>(
          Map.of(
              "bank", List.of(),
              "file", List.of("bank"),
              "journal", List.of("bank"),
              "search", List.of("bank", "journal"),
              "gbcs", List.of("bank", "journal"),
              "download", List.of("bank", "journal", "search"),
              "activation", List.of("bank", "journal", "search", "download", "gbcs")));

  /** What a device is, is told and tells; the rest of its own package joins the parts. */
  private static final List<Class<?>> DEVICE_WORDS =
      List.of(
          DeviceConfig.class,
          DeviceType.class,
          GbcsConfig.class,
          DeviceParameter.class,
          DeviceParameters.class,
          DeviceInput.class,
          DeviceEvent.class,
          DeviceTimer.class);

  /** A module whose inner packages have arrows, too. */
  private record Whole(String module, Map<String, List<String>> arrows, List<Class<?>> words) {
    static final Whole HUB = new Whole("hub", HUB_ARROWS, HUB_WORDS);
    static final Whole DEVICE = new Whole("device", DEVICE_ARROWS, DEVICE_WORDS);

    @Override
    public String toString() {
      return module;
    }

    String inside() {
      return "org.hanota." + module + ".";
    }

    DescribedPredicate<JavaClass> isWord() {
      return DescribedPredicate.describe(
          "what a " + module + " is, is told or tells",
          each ->
              words.stream()
                  .anyMatch(
                      word ->
                          each.getName().equals(word.getName())
                              || each.getName().startsWith(word.getName() + "$")));
    }

    ArchRule part(String part) {
      List<String> known = new ArrayList<>(arrows.getOrDefault(part, List.of()));
      known.add(part);
      String[] allowed = known.stream().map(name -> inside() + name + "..").toArray(String[]::new);
      return noClasses()
          .that()
          .resideInAPackage(inside() + part + "..")
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(inside() + ".")
                  .and(not(resideInAnyPackage(allowed)))
                  .and(not(isWord())));
    }
  }

  private static JavaClasses all = new ClassFileImporter().importClasses();

  @BeforeAll
  static void readTheClasses() {
    all =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
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

  static Stream<Whole> wholes() {
    return Stream.of(Whole.HUB, Whole.DEVICE);
  }

  static Stream<Arguments> parts() {
    return wholes()
        .flatMap(whole -> whole.arrows.keySet().stream().map(part -> arguments(whole, part)));
  }

  @ParameterizedTest
  @MethodSource("parts")
  void aPartKnowsOnlyThoseThatItsArrowsReach(Whole whole, String part) {
    whole.part(part).check(all);
  }

  @ParameterizedTest
  @MethodSource("wholes")
  void everyInnerPackageIsAPartWithArrows(Whole whole) {
    assertThat(
            all.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith(whole.inside()))
                .map(name -> name.substring(whole.inside().length()))
                .distinct())
        .containsExactlyInAnyOrderElementsOf(whole.arrows.keySet());
  }

  @Test
  void aCatalogueThatKnowsTheQueueIsFound() {
    JavaClasses planted = new ClassFileImporter().importClasses(KnowsTheQueue.class);
    assertThat(Whole.HUB.part("catalogue").evaluate(planted).hasViolation()).isTrue();
  }

  @Test
  void aSearchThatKnowsTheDownloadIsFound() {
    JavaClasses planted = new ClassFileImporter().importClasses(KnowsTheDownload.class);
    assertThat(Whole.DEVICE.part("search").evaluate(planted).hasViolation()).isTrue();
  }

  @Test
  void aSearchThatKnowsTheMachineIsFound() {
    JavaClasses planted = new ClassFileImporter().importClasses(KnowsTheMachine.class);
    assertThat(Whole.DEVICE.part("search").evaluate(planted).hasViolation()).isTrue();
  }

  @Test
  void everyClassBelongsToAModuleWithArrows() {
    String[] known =
        ARROWS.keySet().stream().map(name -> "org.hanota." + name + "..").toArray(String[]::new);
    classes().should().resideInAnyPackage(known).check(all);
    assertThat(all.size()).isGreaterThan(200);
  }

  /** What goes wrong on a link is the simulator's to draw: nobody ships it with a transport. */
  private static ArchRule drawsNothing() {
    return noClasses()
        .that()
        .resideInAPackage("org.hanota.api.transport..")
        .should()
        .dependOnClassesThat()
        .areAssignableTo(SeededRandom.class);
  }

  @Test
  void theTransportOfVendorsDrawsNoFaults() {
    drawsNothing().check(all);
    JavaClasses planted = new ClassFileImporter().importClasses(DrawsFaults.class);
    assertThat(drawsNothing().evaluate(planted).hasViolation()).isTrue();
  }

  @Test
  void aDeviceThatKnowsTheHubIsFound() {
    JavaClasses planted = new ClassFileImporter().importClasses(KnowsTheHub.class);
    assertThat(rule("device").evaluate(planted).hasViolation()).isTrue();
    assertThat(rule("hub").evaluate(planted).hasViolation()).isFalse();
  }
}
