// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The files of a folder with its sub-folders, by name. What desktops and network storage put beside
 * a user's files is passed over, and so is the list that a {@link RunFolder} keeps, without a word.
 *
 * @param files in the order of their paths
 * @param passedOver files and folders that are a desktop's or a storage's own
 */
public record FolderFiles(List<Path> files, List<Path> passedOver) {
  private static final Set<String> OF_DESKTOPS =
      Set.of("thumbs.db", "desktop.ini", "@eadir", "#recycle", "$recycle.bin", "__macosx");

  /** Copies the lists. */
  public FolderFiles {
    files = List.copyOf(files);
    passedOver = List.copyOf(passedOver);
  }

  /** Reads {@code folder}; links to folders are not followed. */
  public static FolderFiles of(Path folder) throws IOException {
    return of(folder, path -> false);
  }

  /** As {@link #of(Path)}, without what is {@code ours}: a file, or a folder with all in it. */
  public static FolderFiles of(Path folder, Predicate<Path> ours) throws IOException {
    List<Path> files = new ArrayList<>();
    List<Path> passedOver = new ArrayList<>();
    Files.walkFileTree(
        folder,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
            if (path.equals(folder)) {
              return FileVisitResult.CONTINUE;
            }
            if (ours.test(path)) {
              return FileVisitResult.SKIP_SUBTREE;
            }
            if (!isOfDesktops(path)) {
              return FileVisitResult.CONTINUE;
            }
            passedOver.add(path);
            return FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
            if (ours.test(path) || RunFolder.LIST.equals(String.valueOf(path.getFileName()))) {
              return FileVisitResult.CONTINUE;
            }
            if (isOfDesktops(path)) {
              passedOver.add(path);
            } else if (Files.isRegularFile(path)) {
              files.add(path);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    Collections.sort(files);
    Collections.sort(passedOver);
    return new FolderFiles(files, passedOver);
  }

  /**
   * What a user names: each folder stands for its files, and a file for itself.
   *
   * @param err gets a line about what was passed over in a folder
   */
  public static List<Path> each(List<Path> given, PrintWriter err) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path path : given) {
      if (!Files.isDirectory(path)) {
        files.add(path);
        continue;
      }
      FolderFiles found = of(path);
      if (found.files().isEmpty()) {
        throw new CommandFailed(path + ": is a folder without files");
      }
      if (!found.passedOver().isEmpty()) {
        err.println("hanota: " + found.passedOverLine());
      }
      files.addAll(found.files());
    }
    return files;
  }

  /** One line about what was passed over; empty where nothing was. */
  public String passedOverLine() {
    return passedOver.isEmpty()
        ? ""
        : "passed over, as a desktop's or a storage's own: "
            + String.join(", ", passedOver.stream().map(Path::toString).toList());
  }

  private static boolean isOfDesktops(Path path) {
    String name = String.valueOf(path.getFileName());
    return name.startsWith(".") || OF_DESKTOPS.contains(name.toLowerCase(Locale.ROOT));
  }
}
