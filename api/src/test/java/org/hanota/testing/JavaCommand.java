// SPDX-License-Identifier: Apache-2.0
package org.hanota.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How a test starts a program of this code in a process of its own. */
public final class JavaCommand {
  private JavaCommand() {}

  /**
   * A process that is not started yet, with the Java and the classes of this one.
   *
   * @param options of the virtual machine, before the class path
   * @param main the class that is run
   * @param arguments of that class
   */
  public static ProcessBuilder of(List<String> options, Class<?> main, List<String> arguments) {
    return of(options, classPath(), main.getName(), arguments);
  }

  /** As {@link #of(List, Class, List)}, with these classes. */
  public static ProcessBuilder of(
      List<String> options, String classPath, String main, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(home().resolve("bin").resolve("java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, main));
    command.addAll(arguments);
    return new ProcessBuilder(command);
  }

  /** Where the Java is that runs this. */
  public static Path home() {
    return Path.of(System.getProperty("java.home"));
  }

  /** All classes that this process has, by class path, module path or patch of a module. */
  public static String classPath() {
    List<String> paths = new ArrayList<>();
    for (String property : List.of("java.class.path", "jdk.module.path")) {
      String value = System.getProperty(property, "");
      if (!value.isEmpty()) {
        paths.add(value);
      }
    }
    // Tests that run within the module that they test are on neither path.
    for (String built : List.of("test-classes", "classes")) {
      Path folder = Path.of("target", built).toAbsolutePath();
      if (Files.isDirectory(folder)) {
        paths.add(folder.toString());
      }
    }
    return String.join(File.pathSeparator, paths);
  }
}
