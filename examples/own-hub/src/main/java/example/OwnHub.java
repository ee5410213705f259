// SPDX-License-Identifier: Apache-2.0
package example;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.hanota.api.Eui64;
import org.hanota.api.machine.Peer;
import org.hanota.api.node.Driver;
import org.hanota.api.node.TimeSource;
import org.hanota.api.transport.Scheduler;
import org.hanota.hub.HubConfig;
import org.hanota.hub.HubNode;
import org.hanota.hub.store.MvTransferStore;

/** A hub with its own radio and its own images; what it knows of its devices outlives a restart. */
public final class OwnHub {
  private static final Peer SELF = new Peer(Eui64.parse("00DB123456780000"), 1);

  private OwnHub() {}

  /** PORT (0 for any that is free) FOLDER-OF-IMAGES FOLDER-OF-THE-STORE. */
  public static void main(String[] arguments) throws Exception {
    FolderImages images = new FolderImages(Path.of(arguments[1]));
    MvTransferStore transfers = MvTransferStore.open(Path.of(arguments[2]));
    HubConfig config = HubConfig.builder(SELF).build();
    ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
    LineServer radio = new LineServer(Integer.parseInt(arguments[0]), SELF, thread);
    Driver driver =
        HubNode.of(config, images, transfers)
            .on(
                radio,
                Scheduler.of(thread),
                TimeSource.of(InstantSource.system(), System::nanoTime))
            .listener((now, event) -> System.out.println(event))
            .build();
    driver.start();
    System.out.println("serves on port " + radio.port());
  }
}
