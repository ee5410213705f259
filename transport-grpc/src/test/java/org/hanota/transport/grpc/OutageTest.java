// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import java.time.Instant;
import javax.net.ssl.SSLException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutageTest {
  /** What answers without TLS is told by how its first octets begin. */
  @ParameterizedTest
  @CsvSource({
    "485454502f312e312034303020426164, a web server answers there",
    // SETTINGS of HTTP/2, then GOAWAY with the words "HTTP/2 client preface string missing".
    "000000040000000000485454502f3220636c69656e7420, no TLS with it",
  })
  void aWebServerIsToldFromAHubWithoutTls(String octets, String said) {
    Status status =
        Status.UNAVAILABLE
            .withDescription("io exception")
            .withCause(new SSLException("not an SSL/TLS record: " + octets));
    assertThat(Outage.of(status, Security.insecure(), true, Instant.EPOCH).words())
        .startsWith(said);
  }
}
