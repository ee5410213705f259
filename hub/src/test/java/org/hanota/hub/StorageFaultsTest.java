// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.hanota.api.FileVersion;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.control.Phase;
import org.hanota.api.control.UpgradeTime;
import org.hanota.api.machine.Delivery;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Job;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.PowerLost;
import org.hanota.api.machine.Received;
import org.hanota.api.zcl.BlockRequestOptions;
import org.hanota.api.zcl.ImageBlockRequest;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.api.zcl.QueryNextImageRequest;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.UpgradeEndRequest;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.hanota.api.zcl.ZclMessage;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.hub.FailingStore.Kind;
import org.hanota.hub.catalogue.ImageStore;
import org.hanota.hub.store.TransferRecord;
import org.hanota.hub.store.TransferStore;
import org.hanota.otaformat.FileKind;
import org.hanota.otaformat.OtaHeader;
import org.hanota.testing.RecordedEffects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * R7 for the hub: each storage operation of an update fails once, and the update ends. The power
 * goes at each of them too.
 */
class StorageFaultsTest {
  private static final int BLOCK = 480;
  private static final int TRIES = 60;
  private static final FileVersion OLDER = new FileVersion(0x0100_8000L);

  /** An update of two devices by a head end that replaces one image by another. */
  private static final class Home {
    final FailingStore store;
    final HubConfig config = HubConfig.builder(Counter.SELF).build();
    final List<String> causes = new ArrayList<>();
    int powerCuts;
    int rests;
    long nanos;
    long wakeAt = Long.MAX_VALUE;
    RestingHub hub;

    Home(FailingStore store) {
      this.store = store;
      this.hub = made();
      start();
    }

    private RestingHub made() {
      ImageStore images = store.imagePort();
      TransferStore transfers = store.transferPort();
      return new RestingHub(
          new HubMachine(config, images, transfers, peer -> 600), config, images, transfers);
    }

    private Now now() {
      return new Now(nanos, Counter.UTC_MILLIS + nanos / 1_000_000);
    }

    private void start() {
      hub = made();
      wakeAt = Long.MAX_VALUE;
      List<ZclMessage> unused = call(hub::onStart);
    }

    /** As a driver does it: what a call wanted that failed is not done, and the hub starts anew. */
    private List<ZclMessage> call(BiConsumer<Now, Effects> what) {
      RecordedEffects effects = new RecordedEffects();
      effects.wakeAt = wakeAt;
      try {
        what.accept(now(), effects);
      } catch (PowerLost lost) {
        powerCuts++;
        start();
        return List.of();
      } catch (RuntimeException fault) {
        causes.add(String.valueOf(fault.getMessage()));
        nanos += 1_000_000_000L;
        start();
        return List.of();
      }
      wakeAt = effects.wakeAt;
      rests += effects.events(HubEvent.Rests.class).size();
      for (RecordedEffects.Sent sent : effects.sent) {
        checkStored(sent);
      }
      List<ZclMessage> said = effects.sent.stream().map(RecordedEffects.Sent::message).toList();
      if (effects.jobs.stream().anyMatch(job -> job.kind() == Job.Kind.REBOOT)) {
        start();
      }
      return said;
    }

    /** Nothing is sent that was not stored. */
    private void checkStored(RecordedEffects.Sent sent) {
      if (sent.message() instanceof UpgradeEndResponse) {
        assertThat(stored(sent.destination()).phase()).isIn(Phase.WAITING, Phase.ACTIVATING);
      } else if (sent.message() instanceof QueryNextImageResponse.Success success) {
        assertThat(stored(sent.destination()).offer())
            .hasValueSatisfying(offer -> assertThat(offer.image()).isEqualTo(success.image()));
        assertThat(success.image()).isEqualTo(Counter.IMAGE);
      } else if (sent.message() instanceof ImageBlockResponse.Success block) {
        assertThat(block.data())
            .isEqualTo(Counter.FILE.slice((int) block.fileOffset(), block.data().length()));
      }
    }

    void pass(long millis) {
      long end = nanos + millis * 1_000_000;
      while (wakeAt <= end) {
        nanos = Math.max(nanos, wakeAt);
        wakeAt = Long.MAX_VALUE;
        List<ZclMessage> unused = call((now, effects) -> hub.onTimer(now, effects));
      }
      nanos = Math.max(nanos, end);
    }

    private <T extends ZclMessage> Optional<T> ask(Peer device, ZclMessage request, Class<T> type) {
      List<ZclMessage> said =
          call(
              (now, effects) ->
                  hub.onReceive(now, new Received(device, request, 7, Delivery.UNICAST), effects));
      return said.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    private void until(String what, BooleanSupplier done) {
      for (int i = 0; i < TRIES; i++) {
        if (done.getAsBoolean()) {
          return;
        }
        pass(10_000);
      }
      throw new AssertionError("never: " + what + ", failed was " + store.failed());
    }

    private TransferRecord stored(Peer device) {
      return store.transfers.records().stream()
          .filter(record -> record.name().client().equals(device))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no record of " + device));
    }

    /** A head end sends an image again until it is taken. */
    private void image(ImageId image, List<Peer> devices) {
      Octets file = image.equals(Counter.IMAGE) ? Counter.FILE : Counter.file(OtaHeader.of(image));
      until(
          "image " + image,
          () -> {
            List<ZclMessage> unused =
                call(
                    (now, effects) ->
                        hub.onInput(
                            now,
                            new HubInput.ImageFromWan(
                                "image", file, FileKind.ZIGBEE, devices, new UpgradeTime.Now()),
                            effects));
            return store.images.images().stream()
                    .anyMatch(held -> held.header().image().equals(image))
                && store.transfers.records().stream()
                        .filter(record -> devices.contains(record.name().client()))
                        .filter(record -> record.offer().isPresent())
                        .count()
                    == devices.size();
          });
    }

    private void query(Peer device, ImageId running) {
      until(
          "query",
          () ->
              ask(
                      device,
                      new QueryNextImageRequest(running, Optional.empty()),
                      QueryNextImageResponse.Success.class)
                  .isPresent());
    }

    void update(Peer device) {
      query(device, Counter.BEFORE);
      for (int at = 0; at < Counter.FILE.length(); at += BLOCK) {
        ImageBlockRequest request =
            new ImageBlockRequest(Counter.IMAGE, at, BLOCK / 2, BlockRequestOptions.NONE);
        until(
            "block " + at,
            () -> ask(device, request, ImageBlockResponse.Success.class).isPresent());
      }
      ImageBlockRequest last =
          new ImageBlockRequest(
              Counter.IMAGE, Counter.FILE.length() - 1, BLOCK / 2, BlockRequestOptions.NONE);
      until("last", () -> ask(device, last, ImageBlockResponse.Success.class).isPresent());
      UpgradeEndRequest end = new UpgradeEndRequest(ZclStatus.SUCCESS, Counter.IMAGE);
      until("end", () -> ask(device, end, UpgradeEndResponse.class).isPresent());
      until(
          "confirmed",
          () -> {
            Optional<QueryNextImageResponse.Refusal> unused =
                ask(
                    device,
                    new QueryNextImageRequest(Counter.IMAGE, Optional.empty()),
                    QueryNextImageResponse.Refusal.class);
            return stored(device).phase() == Phase.CONFIRMED;
          });
    }

    Home run() {
      List<Peer> devices = List.of(Counter.device(1), Counter.device(2));
      // An image that is no longer needed gives its place to the next one.
      image(Counter.IMAGE.withVersion(OLDER), List.of());
      image(Counter.IMAGE, devices);
      devices.forEach(this::update);
      // One whose removal failed goes when the next image comes.
      assertThat(store.images.images())
          .hasSizeLessThanOrEqualTo(2)
          .extracting(held -> held.header().image())
          .contains(Counter.IMAGE);
      return this;
    }
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void anOperationThatFailsOnceDoesNotKeepAnUpdateFromItsEnd(Kind kind) {
    int operations =
        new Home(new FailingStore(kind, Integer.MAX_VALUE, 0)).run().store.operations();
    Map<String, Integer> failed = new TreeMap<>();
    int restarts = 0;
    for (int at = 1; at <= operations; at++) {
      Home home = new Home(new FailingStore(kind, at, 1)).run();
      int told = home.causes.size() + home.powerCuts + home.rests;
      assertThat(told).as("operation " + at + ", " + home.store.failed()).isEqualTo(1);
      assertThat(home.causes).allMatch(cause -> cause.equals(home.store.failed()));
      failed.merge(home.store.failed(), 1, Integer::sum);
      restarts += told;
    }
    assertThat(failed).containsKeys("save", "records", "failures", "images", "open", "read", "put");
    System.out.println(
        "R7, hub, "
            + kind
            + ": "
            + operations
            + " operations "
            + failed
            + ", "
            + restarts
            + " restarts or rests, every update ended");
  }

  @Test
  void storageThatIsAwayForLongIsWaitedForWithoutAWordThatItDoesNotHold() {
    Map<Kind, Integer> rests = new EnumMap<>(Kind.class);
    for (Kind kind : List.of(Kind.FAULT_BEFORE, Kind.FAULT_AFTER)) {
      int operations =
          new Home(new FailingStore(kind, Integer.MAX_VALUE, 0)).run().store.operations();
      for (int at = 2; at <= operations; at += 3) {
        Home home = new Home(new FailingStore(kind, at, 6)).run();
        assertThat(home.rests).as("operation " + at).isPositive();
        rests.merge(kind, home.rests, Integer::sum);
      }
    }
    System.out.println("R7, hub, storage away for six operations: rests " + rests);
  }

  @Test
  void whileItRestsBlockRequestsAreToldToWaitAndNothingElseIsAnswered() {
    Home home = new Home(new FailingStore(Kind.FAULT_BEFORE, 1, 1_000));
    Peer device = Counter.device(1);
    assertThat(home.rests).isEqualTo(1);
    assertThat(
            home.ask(
                device,
                new ImageBlockRequest(Counter.IMAGE, 0, 48, BlockRequestOptions.NONE),
                ImageBlockResponse.WaitForData.class))
        .hasValueSatisfying(
            wait -> assertThat(wait.requestTime()).isNotEqualTo(wait.currentTime()));
    for (ZclMessage message :
        List.of(
            new QueryNextImageRequest(Counter.BEFORE, Optional.empty()),
            new UpgradeEndRequest(ZclStatus.SUCCESS, Counter.IMAGE))) {
      assertThat(home.ask(device, message, ZclMessage.class)).isEmpty();
    }
    home.pass(100_000);
    assertThat(home.rests).isBetween(8, 20);
    assertThat(home.store.transfers.records()).isEmpty();
  }
}
