// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.grpc.ManagedChannel;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import org.hanota.api.HardwareVersion;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.api.SeededRandom;
import org.hanota.api.control.HubControl;
import org.hanota.api.control.Offer;
import org.hanota.api.control.Phase;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.node.Driver;
import org.hanota.api.node.TimeSource;
import org.hanota.api.transport.Frame;
import org.hanota.api.transport.Scheduler;
import org.hanota.api.zcl.Clusters;
import org.hanota.api.zcl.DefaultResponse;
import org.hanota.api.zcl.OtaCommand;
import org.hanota.api.zcl.QueryNextImageRequest;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.UpgradeEndRequest;
import org.hanota.api.zcl.ZclCodec;
import org.hanota.api.zcl.ZclStatus;
import org.hanota.hub.HubConfig;
import org.hanota.hub.HubNode;
import org.hanota.hub.HubService;
import org.hanota.hub.catalogue.InMemoryImageStore;
import org.hanota.hub.catalogue.StoredImage;
import org.hanota.hub.store.InMemoryTransferStore;
import org.hanota.hub.store.TransferRecord;
import org.hanota.otaformat.FileKind;
import org.hanota.otaformat.OtaHeader;
import org.hanota.otaformat.ZigBeeFile;
import org.hanota.transport.grpc.v1.Hello;
import org.hanota.transport.grpc.v1.Join;
import org.hanota.transport.grpc.v1.LinkEvent;
import org.hanota.transport.grpc.v1.LinkMessage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What comes together from many devices is stored together, before any of them is answered. */
@Timeout(60)
class GatheredSavesTest {
  private static final int DEVICES = 60;

  /** Behind control and sequence of a ZCL frame. */
  private static final int COMMAND_AT = 2;

  private static final ImageId IMAGE = ImageId.of(0x1234, 0x0001, 2);

  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final Counting transfers = new Counting();
  private final LinkedBlockingQueue<String> answers = new LinkedBlockingQueue<>();
  private final HubService service = new HubService();
  private final Han han = new Han(GrpcHub.builder(Han.HUB).callbacks(thread));
  private final ManagedChannel channel;
  private final Driver driver;
  private long sequence;

  /** A store that counts, and says what it held when. */
  private static final class Counting extends InMemoryTransferStore {
    private int saves;
    private volatile boolean full;

    synchronized int saves() {
      return saves;
    }

    synchronized long failed() {
      return records().stream().filter(record -> record.phase() == Phase.FAILED).count();
    }

    @Override
    public synchronized List<TransferRecord> records() {
      return super.records();
    }

    @Override
    public synchronized void save(Changes changes) {
      if (full) {
        throw new UncheckedIOException(new IOException("No space left"));
      }
      saves++;
      super.save(changes);
    }
  }

  GatheredSavesTest() {
    ZigBeeFile made =
        ZigBeeFile.builder(OtaHeader.of(IMAGE))
            .upgradeImage(SeededRandom.of(1, 0, 0).octets(500))
            .build();
    Octets file = made.octets().octets(0, (int) made.octets().size());
    InMemoryImageStore images = new InMemoryImageStore();
    images.put(StoredImage.check("a.ota", file, FileKind.ZIGBEE, file.length()), file);
    driver =
        HubNode.of(HubConfig.builder(Han.HUB).build(), images, transfers)
            .on(
                han.hub.transport(),
                Scheduler.of(thread),
                TimeSource.of(InstantSource.system(), System::nanoTime))
            .listener(service::listener)
            .build();
    service.attach(driver);
    driver.start();
    han.start();
    channel =
        NettyChannelBuilder.forAddress("localhost", han.hub.address().getPort())
            .usePlaintext()
            .build();
  }

  @AfterEach
  void end() {
    channel.shutdownNow();
    driver.close();
    han.close();
    thread.shutdownNow();
  }

  private LinkMessage fromEach(OtaCommand command) {
    LinkMessage.Builder message = LinkMessage.newBuilder();
    for (int device = 0; device < DEVICES; device++) {
      Frame frame =
          new Frame(
              Han.device(device),
              Han.HUB,
              0x0109,
              Clusters.OTA_UPGRADE,
              SendOptions.ACKNOWLEDGED,
              ZclCodec.encode(command, 1, false));
      message.addFrames(FrameCodec.encode(frame, ++sequence));
    }
    return message.build();
  }

  /** The frames that come back, each with how many updates the store says have failed by then. */
  private RawStream devices() {
    RawStream stream =
        new RawStream(channel) {
          @Override
          public void onNext(byte[] octets) {
            try {
              LinkMessage message = LinkMessage.parseFrom(octets);
              String stored = String.valueOf(transfers.failed());
              message
                  .getFramesList()
                  .forEach(frame -> answers.add(frame.getZcl().byteAt(COMMAND_AT) + " " + stored));
            } catch (InvalidProtocolBufferException fault) {
              throw new AssertionError(fault);
            }
          }
        };
    LinkMessage.Builder first =
        LinkMessage.newBuilder().setHello(Hello.newBuilder().setVersion(1).setName("many"));
    for (int device = 0; device < DEVICES; device++) {
      first.addEvents(
          LinkEvent.newBuilder()
              .setJoin(
                  Join.newBuilder().setEui64(Han.device(device).address().value()).setEndpoint(1)));
    }
    stream.out.onNext(first.build().toByteArray());
    return stream;
  }

  /** Those with this command; the hub also tells of images by itself. */
  private List<String> answersOfEach(int command) {
    List<String> each = new ArrayList<>();
    while (each.size() < DEVICES) {
      String answer = Inbox.within(answers);
      if (answer.startsWith(command + " ")) {
        each.add(answer);
      }
    }
    return each;
  }

  @Test
  void anOrderThatCannotBeStoredIsNotAccepted() {
    transfers.full = true;
    assertThat(service.start(Offer.of(Han.device(1), IMAGE)))
        .isInstanceOfSatisfying(
            HubControl.Answer.Refused.class,
            refused -> assertThat(refused.reason()).contains("No space left"));
  }

  @Test
  void whatManyDevicesSayInOneTurnIsStoredInOneStepBeforeAnyIsAnswered() {
    RawStream devices = devices();
    Han.await(() -> han.hub.devices().size() == DEVICES);
    for (int device = 0; device < DEVICES; device++) {
      service.start(Offer.of(Han.device(device), IMAGE));
    }
    assertThat(transfers.saves()).isGreaterThanOrEqualTo(DEVICES);
    answers.clear();
    int before = transfers.saves();
    devices.out.onNext(
        fromEach(
                new QueryNextImageRequest(
                    ImageId.of(0x1234, 0x0001, 1), Optional.of(new HardwareVersion(1))))
            .toByteArray());
    List<String> unused = answersOfEach(QueryNextImageResponse.COMMAND_ID);
    assertThat(transfers.saves() - before).as("saves for %s queries", DEVICES).isBetween(1, 4);
    before = transfers.saves();
    devices.out.onNext(
        fromEach(new UpgradeEndRequest(ZclStatus.INVALID_IMAGE, IMAGE)).toByteArray());
    assertThat(answersOfEach(DefaultResponse.COMMAND_ID))
        .containsOnly(DefaultResponse.COMMAND_ID + " " + DEVICES);
    assertThat(transfers.saves() - before).as("saves for %s ends", DEVICES).isBetween(1, 2);
  }
}
