// SPDX-License-Identifier: Apache-2.0
package org.hanota.verification;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Set;
import org.hanota.api.SeededRandom;
import org.hanota.api.transport.Scheduler;
import org.hanota.hub.planted.ReadsTheClock;
import org.hanota.sim.fleet.ForkJoinEngine;
import org.hanota.sim.kernel.Streams;
import org.junit.jupiter.api.Test;

/** No clock, thread, socket, file or random source in the protocol's code: all are passed in. */
class NoSurroundingsTest {
  private static final String[] PURE = {
    "org.hanota.api..",
    "org.hanota.keys..",
    "org.hanota.otaformat..",
    "org.hanota.gbcs..",
    "org.hanota.hub..",
    "org.hanota.device..",
    "org.hanota.headend..",
    "org.hanota.sim.."
  };

  /** Storage on a file system stands in packages of these names, beside the ports that it fills. */
  private static final String[] FILES = {
    "org.hanota.api.file..",
    "org.hanota.hub.store..",
    "org.hanota.hub.file..",
    "org.hanota.device.store..",
    "org.hanota.device.file..",
    "org.hanota.gbcs.file..",
    "org.hanota.gbcs.pem..",
    "org.hanota.sim.fleet.file.."
  };

  private static final Set<String> TYPES =
      Set.of(
          "java.io.File",
          "java.io.FileInputStream",
          "java.io.FileOutputStream",
          "java.io.FileReader",
          "java.io.FileWriter",
          "java.io.RandomAccessFile",
          "java.lang.Process",
          "java.lang.ProcessBuilder",
          "java.lang.Thread",
          "java.lang.ThreadLocal",
          "java.security.SecureRandom",
          "java.util.Random",
          "java.util.SplittableRandom",
          "java.util.Timer",
          "java.util.concurrent.CompletableFuture",
          "java.util.concurrent.Executors",
          "java.util.concurrent.ForkJoinPool",
          "java.util.concurrent.ThreadLocalRandom");

  private static final DescribedPredicate<JavaClass> SURROUNDINGS =
      DescribedPredicate.describe(
          "have a thread, socket, file or random source",
          type ->
              TYPES.contains(type.getName())
                  || type.getPackageName().startsWith("java.net")
                  || type.getPackageName().startsWith("java.nio.file")
                  || type.getPackageName().startsWith("java.nio.channels"));

  private static final DescribedPredicate<JavaMethodCall> CLOCKS =
      DescribedPredicate.describe(
          "read a clock or a random source",
          call -> {
            JavaClass owner = call.getTargetOwner();
            String method = call.getName();
            return (owner.isEquivalentTo(System.class)
                    && Set.of("currentTimeMillis", "nanoTime").contains(method))
                || (owner.isEquivalentTo(Math.class) && method.equals("random"))
                || (owner.isEquivalentTo(Instant.class) && method.equals("now"))
                || (owner.isEquivalentTo(InstantSource.class) && method.equals("system"))
                || (owner.isEquivalentTo(Clock.class) && method.startsWith("system"))
                || (owner.getPackageName().equals("java.time") && method.equals("now"))
                || (owner.getName().equals("java.util.UUID") && method.equals("randomUUID"));
          });

  /**
   * What joins a machine to an executor that is passed in hands its failures to the thread; of what
   * the engine of fleets computes nothing depends on a thread (FleetRunTest).
   */
  private static final Class<?>[] EXECUTORS = {Scheduler.class, ForkJoinEngine.class};

  private static ArchRule noTypes() {
    return noClasses()
        .that()
        .resideInAnyPackage(PURE)
        .and()
        .resideOutsideOfPackages(FILES)
        .and()
        .doNotBelongToAnyOf(EXECUTORS)
        .should()
        .dependOnClassesThat(SURROUNDINGS);
  }

  private static ArchRule noCalls() {
    return noClasses().that().resideInAnyPackage(PURE).should().callMethodWhere(CLOCKS);
  }

  @Test
  void theProtocolsCodeHasNoSurroundingsOfItsOwn() {
    JavaClasses all =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("org.hanota");
    noTypes().check(all);
    noCalls().check(all);
  }

  /** Streams asks for the purpose of each random source that it makes. */
  private static ArchRule purposes() {
    return noClasses()
        .that()
        .resideInAPackage("org.hanota.sim..")
        .and()
        .doNotBelongToAnyOf(Streams.class)
        .should()
        .callMethodWhere(
            DescribedPredicate.describe(
                "make a random source without a purpose",
                call ->
                    call.getTargetOwner().isEquivalentTo(SeededRandom.class)
                        && call.getName().startsWith("of")));
  }

  @Test
  void noRandomSourceOfTheSimulatorIsWithoutAPurpose() {
    purposes().check(new ClassFileImporter().importPackages("org.hanota.sim"));
  }

  @Test
  void aHubThatReadsTheClockIsFound() {
    JavaClasses planted = new ClassFileImporter().importClasses(ReadsTheClock.class);
    assertThat(noTypes().evaluate(planted).getFailureReport().getDetails())
        .anyMatch(line -> line.contains("java.util.Random"))
        .anyMatch(line -> line.contains("java.nio.file.Files"));
    assertThat(noCalls().evaluate(planted).getFailureReport().getDetails())
        .hasSize(1)
        .allMatch(line -> line.contains("currentTimeMillis"));
  }
}
