// SPDX-License-Identifier: Apache-2.0
package org.hanota.gbcs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.gbcs.key.KeyStore;
import org.hanota.gbcs.payload.ActivateFirmware;
import org.hanota.gbcs.pem.PemFolder;
import org.hanota.keys.Der;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of the module's documentation: eight lines check a CS06. */
class VendorExampleTest {
  private static final OptionalLong IN_2026 = OptionalLong.of(1_780_272_000_000L);

  private final Home home = Home.ofSeed(8);
  private final Octets image = Octets.fromHex("00112233445566778899");

  @TempDir Path folder;

  @Test
  void eightLinesCheckACs06() throws IOException {
    PemFolder.write(folder, home.supplier(), false);
    PemFolder.write(folder, home.broker(), false);
    PemFolder.write(folder, home.esme(), true);
    Octets received = home.activateNow(Home.sha256(image), 1000).octets();
    assertThat(check(folder, received, IN_2026, new InMemoryCounterStore(), image)).isTrue();
    assertThat(check(folder, received, IN_2026, new InMemoryCounterStore(), Der.nothing()))
        .isFalse();
  }

  static boolean check(
      Path folder, Octets received, OptionalLong time, CounterStore counters, Octets image)
      throws IOException {
    KeyStore keys = PemFolder.read(folder);
    Eui64 device = Eui64.parse("00-DB-12-34-56-78-90-A0");
    Eui64 broker = Eui64.parse("90-B3-D5-1F-30-00-00-02");
    CommandReceiver receiver = new CommandReceiver(device, broker, keys, counters);
    return receiver.accept(received, time) instanceof Acceptance.Accepted accepted
        && accepted.message().payload() instanceof ActivateFirmware.Command command
        && command.activation() instanceof ActivateFirmware.Activation.Now
        && command.manufacturerImageHash().equals(Home.sha256(image));
  }
}
