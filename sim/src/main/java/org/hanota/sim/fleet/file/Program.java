// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.fleet.file;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.hanota.api.Octets;
import org.hanota.device.DeviceType;
import org.hanota.gbcs.GroupingHeader;
import org.hanota.headend.campaign.CountedCampaign;
import org.hanota.hub.HubParameter;
import org.hanota.otaformat.OtaFile;
import org.hanota.sim.fleet.FleetRun;

/**
 * Which build this is. Two builds of one version may simulate otherwise, so that what one has
 * computed is no part of what the other computes.
 */
public final class Program {
  private static final int BUFFER = 1 << 16;

  /** One of each module of which a fleet's results are made. */
  private static final List<Class<?>> MODULES =
      List.of(
          Octets.class,
          OtaFile.class,
          GroupingHeader.class,
          CountedCampaign.class,
          HubParameter.class,
          DeviceType.class,
          FleetRun.class);

  private Program() {}

  /**
   * SHA-256, in hex, of the files that hold the code of the simulator.
   *
   * @throws IOException if they cannot be read, or nobody says where they are
   */
  public static String hash() throws IOException {
    TreeSet<Path> places = new TreeSet<>();
    for (Class<?> each : MODULES) {
      places.add(place(each));
    }
    MessageDigest digest = sha256();
    for (Path each : places) {
      add(digest, each);
    }
    return Octets.wrap(digest.digest()).toHex();
  }

  private static Path place(Class<?> of) throws IOException {
    CodeSource source = of.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      throw new IOException("nobody says where " + of.getName() + " was loaded from");
    }
    try {
      URI location = source.getLocation().toURI();
      return Path.of(location);
    } catch (URISyntaxException | IllegalArgumentException fault) {
      throw new IOException(source.getLocation() + " is no file", fault);
    }
  }

  /** A jar as it is; of a folder each class with its name. */
  private static void add(MessageDigest digest, Path place) throws IOException {
    if (Files.isRegularFile(place)) {
      addFile(digest, place);
      return;
    }
    List<Path> files;
    try (Stream<Path> all = Files.walk(place)) {
      files = all.filter(each -> each.toString().endsWith(".class")).sorted().toList();
    }
    for (Path each : files) {
      digest.update(place.relativize(each).toString().getBytes(StandardCharsets.UTF_8));
      addFile(digest, each);
    }
  }

  private static void addFile(MessageDigest digest, Path file) throws IOException {
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
        digest.update(buffer, 0, read);
      }
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException none) {
      throw new AssertionError("each Java has SHA-256", none);
    }
  }
}
