// SPDX-License-Identifier: Apache-2.0
package org.hanota.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The hygiene of the sources that no tool of the build checks. */
class SourcesTest {
  private static final String LICENCE = "// SPDX-License-Identifier: Apache-2.0\n";

  @Test
  void everyJavaFileBeginsWithTheLicenceLine() {
    List<Path> files = Project.javaFiles();
    assertThat(files).hasSizeGreaterThan(200);
    assertThat(files).anyMatch(path -> path.endsWith("package-info.java"));
    assertThat(files).anyMatch(path -> path.endsWith("module-info.java"));
    assertThat(files.stream().filter(path -> !Project.read(path).startsWith(LICENCE))).isEmpty();
  }

  /** What this module depends on is built before it. */
  @Test
  void everyModuleHasAPomAndThisOneDependsOnEachOther() {
    List<Path> modules = Project.modules();
    assertThat(modules).allMatch(module -> module.resolve("pom.xml").toFile().isFile());
    String pom = Project.read("verification/pom.xml");
    assertThat(modules)
        .allMatch(
            module -> pom.contains("<artifactId>hanota-" + module.getFileName() + "</artifactId>"));
  }

  @Test
  void testsStartJavaInOneWay() {
    String property = "\"java" + ".home\"";
    assertThat(
            Project.javaFiles().stream()
                .filter(path -> path.toString().contains("/src/test/"))
                .filter(path -> Project.read(path).contains(property))
                .map(path -> path.getFileName().toString()))
        .containsExactly("JavaCommand.java");
  }

  /**
   * A schema that names commands is compared with their output by {@code JsonOutputTest}; of any
   * other, the test that uses it does so.
   */
  @Test
  void everySchemaOfTheDocumentsIsComparedByATest() {
    List<String> tests =
        Project.javaFiles().stream()
            .filter(path -> path.toString().endsWith("Test.java"))
            .map(Project::read)
            .toList();
    List<String> schemas =
        Project.files(Project.root().resolve("docs/schema"), ".json")
            .filter(path -> !Project.read(path).contains("\"printed by "))
            .map(path -> path.getFileName().toString())
            .toList();
    assertThat(schemas).isNotEmpty();
    assertThat(schemas).allMatch(name -> tests.stream().anyMatch(test -> test.contains(name)));
  }
}
