// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.image.ImageIndex;
import org.hanota.hub.catalogue.Restrictions;
import org.hanota.keys.Sha512;
import org.hanota.otaformat.CatalogueEntry;
import org.hanota.otaformat.OfferConditions;
import org.hanota.otaformat.OtaHeader;
import org.jspecify.annotations.Nullable;

/**
 * What an index says of the files of a folder. A file whose entry may exclude its devices, or is
 * about another file, is not served; one without an entry is for whom its header says.
 */
final class FolderIndex {
  /** No index. */
  static final FolderIndex NONE = new FolderIndex(null, List.of(), List.of(), List.of(), List.of());

  /** Why no device of this hub may have a file. */
  static final class Excluded extends Exception {
    private static final long serialVersionUID = 1;

    Excluded(String reason) {
      super(reason);
    }
  }

  private final @Nullable Path file;
  private final List<CatalogueEntry> entries;
  private final List<ImageIndex.Fault> faults;
  private final List<String> manufacturerNames;
  private final List<String> modelIds;
  private final List<String> unlisted = new ArrayList<>();

  private FolderIndex(
      @Nullable Path file,
      List<CatalogueEntry> entries,
      List<ImageIndex.Fault> faults,
      List<String> manufacturerNames,
      List<String> modelIds) {
    this.file = file;
    this.entries = entries;
    this.faults = faults;
    this.manufacturerNames = List.copyOf(manufacturerNames);
    this.modelIds = List.copyOf(modelIds);
  }

  /** Reads an index. The file that a wrong entry is about is not served: it may restrict it. */
  static FolderIndex read(Path file, List<String> manufacturerNames, List<String> modelIds)
      throws IOException {
    try {
      ImageIndex index = ImageIndex.read(new ObjectMapper().readTree(ImageIndex.text(file)));
      return new FolderIndex(
          file,
          index.entries().stream().map(ImageIndex.Entry::image).toList(),
          index.faults(),
          manufacturerNames,
          modelIds);
    } catch (JsonProcessingException fault) {
      throw new CommandFailed(file + ": is no JSON: " + fault.getOriginalMessage());
    } catch (FormatException fault) {
      throw CommandFailed.at(file, fault);
    }
  }

  /** Whether that file is the index. */
  boolean isAt(Path other) {
    return file != null
        && file.toAbsolutePath().normalize().equals(other.toAbsolutePath().normalize());
  }

  /** The devices that a file of the folder is restricted to. */
  Restrictions restrictions(String name, Octets octets, OtaHeader header) throws Excluded {
    if (file == null) {
      return Restrictions.NONE;
    }
    List<CatalogueEntry> about = about(name, octets);
    if (about.isEmpty()) {
      unlisted.add(name);
      return Restrictions.NONE;
    }
    List<Restrictions> allowed = new ArrayList<>();
    String reason = "";
    for (CatalogueEntry entry : about) {
      Optional<String> refusal = refusal(entry, header);
      Restrictions restrictions = Restrictions.of(entry.conditions());
      if (refusal.isPresent()) {
        reason = refusal.get();
      } else if (!allowed.contains(restrictions)) {
        allowed.add(restrictions);
      }
    }
    if (allowed.isEmpty()) {
      throw new Excluded(file + ": " + reason);
    }
    if (allowed.size() > 1) {
      throw new Excluded(
          file + ": has " + allowed.size() + " entries for it that differ, allowed is one");
    }
    return allowed.get(0);
  }

  /** By its hash, or else by its name where the entry has no hash. */
  private List<CatalogueEntry> about(String name, Octets octets) throws Excluded {
    Octets hash = Sha512.of(octets);
    List<CatalogueEntry> about =
        entries.stream()
            .filter(
                entry ->
                    entry.sha512().isPresent()
                        ? entry.sha512().get().equals(hash)
                        : isName(entry.fileName(), name))
            .toList();
    for (ImageIndex.Fault fault : faults) {
      if (fault.sha512().equalsIgnoreCase(hash.toHex()) || isName(fault.fileName(), name)) {
        throw new Excluded(file + ": " + fault + "; mend the entry or take it out");
      }
    }
    if (about.isEmpty() && entries.stream().anyMatch(entry -> isName(entry.fileName(), name))) {
      throw new Excluded(
          file + ": has an entry of this name with another SHA-512 than " + hash.toHex());
    }
    return about;
  }

  /** An index may name a file of a sub-folder with or without it. */
  private static boolean isName(String named, String name) {
    return named.equals(name) || named.equals(name.substring(name.lastIndexOf('/') + 1));
  }

  private Optional<String> refusal(CatalogueEntry entry, OtaHeader header) {
    if (!entry.image().equals(header.image())) {
      return Optional.of("its entry is about " + entry.image() + ", the file is " + header.image());
    }
    OfferConditions conditions = entry.conditions();
    if (!conditions.unknownFields().isEmpty()) {
      return Optional.of(
          "its entry has fields that are not known here and may restrict it: "
              + String.join(", ", conditions.unknownFields()));
    }
    return unlessGiven("--manufacturer-name", manufacturerNames, conditions.manufacturerNames())
        .or(() -> unlessGiven("--model-id", modelIds, conditions.modelIds()));
  }

  private static Optional<String> unlessGiven(
      String option, List<String> given, List<String> wanted) {
    return wanted.isEmpty() || given.stream().anyMatch(wanted::contains)
        ? Optional.empty()
        : Optional.of(
            option + (given.isEmpty() ? " is not given" : " is " + given) + ", allowed " + wanted);
  }

  /** The entries that could not be read, one line each. */
  List<String> leftOut() {
    return faults.stream().map(fault -> "left out: " + file + ": " + fault).toList();
  }

  /** Names the files without an entry, if there are any. */
  Optional<String> unlisted() {
    return unlisted.isEmpty()
        ? Optional.empty()
        : Optional.of(
            file
                + ": has no entry for "
                + String.join(", ", unlisted)
                + "; headers alone restrict");
  }
}
