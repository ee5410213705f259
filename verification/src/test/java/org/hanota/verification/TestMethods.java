// SPDX-License-Identifier: Apache-2.0
package org.hanota.verification;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The test methods of all modules, as {@code Class#method}; read from classes that nobody loads.
 */
final class TestMethods {
  /** The class may be qualified as far as needed to be alone: {@code gbcs.RoundTripTest#...}. */
  private static final Pattern NAME = Pattern.compile("([\\w.]+Test)#(\\w+)");

  private static final Set<String> ANNOTATIONS =
      Set.of(
          "org.junit.jupiter.api.Test",
          "org.junit.jupiter.api.RepeatedTest",
          "org.junit.jupiter.api.TestFactory",
          "org.junit.jupiter.params.ParameterizedTest",
          "net.jqwik.api.Property",
          "net.jqwik.api.Example");

  private static final Pattern WRITTEN =
      Pattern.compile("@(?:Test|ParameterizedTest|Property)\\b[^{;]*?void (\\w+)\\(");

  private final List<String> classes = new ArrayList<>();

  /** Those of the modules that this build leaves out, as their sources have them. */
  private final Set<String> written = new TreeSet<>();

  private final JavaClasses imported;

  TestMethods() {
    for (Path module : Project.modules()) {
      Path folder = module.resolve("target/test-classes");
      if (!Files.isDirectory(folder)) {
        Project.files(module.resolve("src/test/java"), "Test.java").forEach(this::read);
      }
      Project.files(folder, "Test.class")
          .map(path -> folder.relativize(path).toString())
          .map(name -> name.substring(0, name.length() - ".class".length()))
          .map(name -> name.replace('/', '.').replace('\\', '.').replace('$', '.'))
          .forEach(classes::add);
    }
    imported =
        new ClassFileImporter()
            .importPaths(
                Project.modules().stream()
                    .map(module -> module.resolve("target/test-classes"))
                    .toList());
  }

  private void read(Path source) {
    String name = source.getFileName().toString().replaceAll("\\.java$", "#");
    WRITTEN
        .matcher(Project.read(source))
        .results()
        .forEach(test -> written.add(name + test.group(1)));
  }

  /** Every {@code Class#method} that a text names. */
  static List<String> named(String text) {
    return NAME.matcher(text).results().map(MatchResult::group).toList();
  }

  /** What is wrong with the names in a text: those of no class, and those of no test in it. */
  Set<String> unknown(String text) {
    Set<String> unknown = new TreeSet<>();
    for (String name : named(text)) {
      int hash = name.indexOf('#');
      if (!written.contains(name)
          && classes.stream()
              .filter(known -> ("." + known).endsWith("." + name.substring(0, hash)))
              .noneMatch(known -> hasTest(known, name.substring(hash + 1)))) {
        unknown.add(name);
      }
    }
    return unknown;
  }

  private boolean hasTest(String className, String method) {
    return imported.get(className).getMethods().stream()
        .filter(candidate -> candidate.getName().equals(method))
        .anyMatch(candidate -> ANNOTATIONS.stream().anyMatch(candidate::isAnnotatedWith));
  }

  /** What the test with that name is called where it is reported; empty if it is not said. */
  Optional<String> displayName(String name) {
    int hash = name.indexOf('#');
    return classes.stream()
        .filter(known -> ("." + known).endsWith("." + name.substring(0, hash)))
        .flatMap(known -> imported.get(known).getMethods().stream())
        .filter(method -> method.getName().equals(name.substring(hash + 1)))
        .flatMap(
            method -> method.tryGetAnnotationOfType("org.junit.jupiter.api.DisplayName").stream())
        .map(annotation -> String.valueOf(annotation.get("value").orElse("")))
        .findFirst();
  }

  /** Whether a test, or what it calls, skips where {@code ../shared} is absent. */
  boolean readsSharedFolder(String name) {
    int hash = name.indexOf('#');
    String method = name.substring(hash + 1);
    return classes.stream()
        .filter(known -> ("." + known).endsWith("." + name.substring(0, hash)))
        .filter(known -> hasTest(known, method))
        .flatMap(known -> imported.get(known).getMethods().stream())
        .filter(candidate -> candidate.getName().equals(method))
        .anyMatch(candidate -> requiresShared(candidate, new HashSet<>()));
  }

  private static boolean requiresShared(JavaCodeUnit unit, Set<String> seen) {
    for (JavaMethodCall call : unit.getMethodCallsFromSelf()) {
      if (call.getTargetOwner().getName().equals("org.hanota.testing.Shared")
          && call.getName().equals("require")) {
        return true;
      }
      Optional<JavaMethod> target = call.getTarget().resolveMember();
      if (target.isPresent()
          && target.get().getOwner().getPackageName().startsWith("org.hanota")
          && seen.add(target.get().getFullName())
          && requiresShared(target.get(), seen)) {
        return true;
      }
    }
    return false;
  }
}
