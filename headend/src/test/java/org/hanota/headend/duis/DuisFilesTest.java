// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.duis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.hanota.api.Octets;
import org.hanota.headend.request.DuisMessage;
import org.hanota.headend.request.Request;
import org.hanota.headend.request.ServiceRequest.OtherRequest;
import org.hanota.testing.Shared;
import org.junit.jupiter.api.Test;
import org.xml.sax.SAXException;

/** The reference requests of the DCC, read and written back. */
class DuisFilesTest {
  private static List<Path> files(String folder) throws IOException {
    try (Stream<Path> files = Files.list(Shared.require(folder))) {
      return files.filter(file -> file.getFileName().toString().endsWith(".XML")).sorted().toList();
    }
  }

  private static Octets octets(Path file) throws IOException {
    return Octets.wrap(Files.readAllBytes(file));
  }

  @Test
  void allFortyFiveAreReadAndWrittenBackValid() throws IOException, SAXException {
    DuisSchema schema = DuisSchema.require();
    List<Path> files = files("vectors/duis");
    assertThat(files).hasSize(45);
    for (Path file : files) {
      schema.check(octets(file));
      DuisMessage read = Duis.read(octets(file));
      Octets written = Duis.write(read);
      schema.check(written);
      assertThat(Duis.read(written)).as(file.getFileName().toString()).isEqualTo(read);
    }
  }

  @Test
  void thoseOfOtherServicesAreCarriedUnderTheirNames() throws IOException {
    List<String> others =
        files("vectors/duis").stream()
            .map(file -> body(file))
            .filter(OtherRequest.class::isInstance)
            .map(body -> ((OtherRequest) body).name())
            .toList();
    assertThat(others)
        .containsExactlyInAnyOrder(
            "RequestWANMatrix",
            "CHFInstallSuccessSMWAN",
            "CHFInstallSuccessNoSMWAN",
            "CHFFaultReturn",
            "RetrieveDeviceSecurityCredentialsKRP",
            "RetrieveDeviceSecurityCredentialsDevice",
            "ReadCHFSubGHzChannel",
            "ReadCHFSubGHzChannelLog",
            "ReadCHFSubGHzConfiguration",
            "RequestCHFSubGHzChannelScan",
            "ReadInstantaneousImportRegisters");
  }

  private static Object body(Path file) {
    try {
      return ((Request) Duis.read(octets(file))).body();
    } catch (IOException e) {
      throw new AssertionError(file + " cannot be read", e);
    }
  }

  @Test
  void realResponsesAreReadAndWrittenBackValid() throws IOException, SAXException {
    DuisSchema schema = DuisSchema.require();
    for (String name :
        List.of(
            "readfw-response.xml",
            "readfw-response-resigned.xml",
            "read-inventory-response-5.4.xml",
            "message2.xml",
            "acknowledgement-error.xml")) {
      DuisMessage read = Duis.read(octets(Shared.require("vectors/duis/responses").resolve(name)));
      Octets written = Duis.write(read);
      schema.check(written);
      assertThat(Duis.read(written)).as(name).isEqualTo(read);
    }
  }
}
