// SPDX-License-Identifier: Apache-2.0
package example;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.HardwareVersion;
import org.hanota.api.ImageType;
import org.hanota.api.ManufacturerCode;
import org.hanota.api.Octets;
import org.hanota.api.machine.Peer;
import org.hanota.api.node.Driver;
import org.hanota.api.node.TimeSource;
import org.hanota.api.transport.Scheduler;
import org.hanota.device.DeviceConfig;
import org.hanota.device.DeviceNode;
import org.hanota.device.DeviceParameter;
import org.hanota.device.DeviceParameters;
import org.hanota.device.DeviceType;
import org.hanota.keys.P256PublicKey;
import org.hanota.otaformat.FileKind;
import org.hanota.otaformat.Verifier;

/** An in-home display with its own radio and its own memory, which takes what its maker signed. */
public final class OwnDevice {
  private static final Eui64 ADDRESS = Eui64.parse("00DB123456789ABC");
  private static final Eui64 HUB = Eui64.parse("00DB123456780000");

  private OwnDevice() {}

  /** HOST PORT MAKER'S-PUBLIC-KEY (65 octets in hex) FOLDER-OF-THE-BANK. */
  public static void main(String[] arguments) throws Exception {
    DeviceConfig config =
        DeviceConfig.builder(
                ADDRESS,
                DeviceType.IHD,
                Verifier.manufacturer(
                    P256PublicKey.parse(Octets.fromHex(arguments[2])), FileKind.ZIGBEE))
            .model(ManufacturerCode.of(0x121D), ImageType.of(0x0081))
            .hardwareVersion(HardwareVersion.of(0x0100))
            .parameters(
                DeviceParameters.DEFAULT
                    .with(DeviceParameter.QUERY_INTERVAL, 2_000)
                    .with(DeviceParameter.QUERY_START_JITTER, 0))
            .build();
    FlashBank bank = new FlashBank(Path.of(arguments[3]), FileVersion.of(0x01000000));
    Peer self = new Peer(ADDRESS, 1);
    ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    LineRadio radio =
        new LineRadio(arguments[0], Integer.parseInt(arguments[1]), self, new Peer(HUB, 1), thread);
    Driver driver =
        DeviceNode.of(config, bank, () -> true)
            .on(
                radio,
                Scheduler.of(thread),
                TimeSource.of(InstantSource.system(), System::nanoTime))
            .listener((now, event) -> System.out.println(event))
            .build();
    driver.start();
  }
}
