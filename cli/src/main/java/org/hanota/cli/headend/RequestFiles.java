// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.cli.CommandFailed;
import org.hanota.headend.duis.Duis;
import org.hanota.headend.request.Request;

/** A folder of service requests, in the order of the names of their files. */
final class RequestFiles {
  private RequestFiles() {}

  /**
   * Reads every request before any is put.
   *
   * @throws CommandFailed if a file is no request, or there is none
   */
  static List<Request> read(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      throw new CommandFailed(folder + ": is no folder; allowed one with requests, *.xml");
    }
    List<Request> requests = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(RequestFiles::isXml).sorted().toList()) {
        requests.add(request(file));
      }
    }
    if (requests.isEmpty()) {
      throw new CommandFailed(
          folder + ": has no *.xml; --make-requests " + folder + " writes some that fit the home");
    }
    return requests;
  }

  private static boolean isXml(Path file) {
    return file.toString().toLowerCase(Locale.ROOT).endsWith(".xml");
  }

  private static Request request(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      if (Duis.read(Octets.wrap(in.readNBytes(Duis.OCTETS_MAX + 1))) instanceof Request request) {
        return request;
      }
      throw new CommandFailed(file + ": is a response, allowed a request");
    } catch (FormatException fault) {
      throw CommandFailed.at(file, fault);
    }
  }
}
