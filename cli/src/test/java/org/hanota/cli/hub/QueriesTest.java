// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.time.Instant;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.ParameterValues;
import org.hanota.api.machine.UpdateEvent;
import org.junit.jupiter.api.Test;

/** A device that has its image asks for ever: people hear of it once. */
class QueriesTest {
  private static final Eui64 DEVICE = new Eui64(0x00DB_1234_0000_0000L);
  private static final ImageId OLD = ImageId.of(0x121D, 0x0081, 1);
  private static final ImageId NEW = ImageId.of(0x121D, 0x0081, 2);
  private static final ImageId OTHER_MODEL = ImageId.of(0x121D, 0x0082, 1);

  private static String told(boolean json, ImageId... queries) {
    StringWriter out = new StringWriter();
    ServeLog log =
        new ServeLog(
            new PrintWriter(out),
            new PrintWriter(Writer.nullWriter()),
            json,
            () -> Instant.EPOCH,
            () -> 0,
            ParameterValues.defaults(ServeParameter.class));
    for (ImageId image : queries) {
      log.update(new UpdateEvent.Querying(DEVICE, image));
    }
    return out.toString();
  }

  /** Red before: a line for each query, of each device, every few minutes. */
  @Test
  void peopleHearOfADeviceOnceForEachVersion() {
    assertThat(told(false, OLD, OLD, NEW, NEW, NEW).lines())
        .containsExactly(
            DEVICE + "  " + OLD + "  runs, asks for an update",
            DEVICE + "  " + NEW + "  runs, asks for an update");
  }

  @Test
  void twoModelsOfADeviceAreNotMixedUp() {
    assertThat(told(false, OLD, OTHER_MODEL, OLD, OTHER_MODEL).lines()).hasSize(2);
  }

  @Test
  void programsHearOfEachQuery() {
    assertThat(told(true, OLD, OLD, OLD).lines()).hasSize(3);
  }

  @Test
  void whoWatchesHearsOfADeviceOnceForEachVersion() {
    Tenths tenths = new Tenths();
    UpdateEvent first = new UpdateEvent.Querying(DEVICE, OLD);
    assertThat(tenths.worthTelling(first)).isTrue();
    assertThat(tenths.worthTelling(first)).isFalse();
    assertThat(tenths.worthTelling(new UpdateEvent.Querying(DEVICE, NEW))).isTrue();
  }
}
