// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import io.grpc.Attributes;
import io.grpc.ClientTransportFilter;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hanota.api.Eui64;
import org.hanota.api.ImageId;
import org.hanota.api.control.CatalogueImage;
import org.hanota.api.control.HubControl;
import org.hanota.api.control.HubStatus;
import org.hanota.api.control.Offer;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.transport.grpc.v1.AbortRequest;
import org.hanota.transport.grpc.v1.ControlGrpc;
import org.hanota.transport.grpc.v1.DeviceRequest;
import org.hanota.transport.grpc.v1.GetStatusRequest;
import org.hanota.transport.grpc.v1.ListImagesRequest;
import org.hanota.transport.grpc.v1.OrderImageRequest;
import org.hanota.transport.grpc.v1.Progress;
import org.hanota.transport.grpc.v1.ResumeImageRequest;
import org.hanota.transport.grpc.v1.WatchRequest;
import org.jspecify.annotations.Nullable;

/**
 * The control of a hub in another process. Every method but {@link #progress} waits for the answer
 * and throws {@link HubUnreachable} where none comes.
 */
public final class RemoteHub implements HubControl, AutoCloseable {
  /** A page of a status fits many times. */
  private static final int MESSAGE_OCTETS = 16 << 20;

  /** A hub stands still while it looks through so many devices, which is not long. */
  private static final int PAGE_DEVICES = 1_000;

  private final ManagedChannel channel;
  private final String target;
  private final Security security;
  private final Duration deadline;
  private final AtomicBoolean heard;

  private RemoteHub(
      ManagedChannel channel,
      String target,
      Security security,
      Duration deadline,
      AtomicBoolean heard) {
    this.channel = channel;
    this.heard = heard;
    this.target = target;
    this.security = security;
    this.deadline = deadline;
  }

  /** No answer, or not the one that a hub gives. */
  public static final class HubUnreachable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final boolean forGood;

    HubUnreachable(String target, Outage outage, StatusRuntimeException fault) {
      super("hub " + target + ": " + outage.words(), fault);
      forGood = outage.forGood();
    }

    /** Whether another try would end in the same way. */
    public boolean forGood() {
      return forGood;
    }
  }

  /**
   * Prepares calls to the hub at that address; connects with the first.
   *
   * @param deadline how long to wait for an answer
   * @throws IOException if a certificate file cannot be read
   * @throws IllegalArgumentException if it would send plaintext beyond loopback unforced
   */
  public static RemoteHub at(InetSocketAddress hub, Security security, Duration deadline)
      throws IOException {
    Security.check(security, hub);
    AtomicBoolean heard = new AtomicBoolean();
    ManagedChannel channel =
        NettyChannelBuilder.forAddress(
                hub.getHostString(),
                hub.getPort(),
                Credentials.client(
                    security, Standing.of(security, InstantSource.system()), event -> {}))
            .maxInboundMessageSize(MESSAGE_OCTETS)
            .addTransportFilter(
                new ClientTransportFilter() {
                  @Override
                  public Attributes transportReady(Attributes transport) {
                    heard.set(true);
                    return transport;
                  }
                })
            .build();
    return new RemoteHub(
        channel, hub.getHostString() + ":" + hub.getPort(), security, deadline, heard);
  }

  private <T> T ask(Function<ControlGrpc.ControlBlockingStub, T> call) {
    try {
      return call.apply(
          ControlGrpc.newBlockingStub(channel)
              .withDeadlineAfter(deadline.toMillis(), TimeUnit.MILLISECONDS));
    } catch (StatusRuntimeException fault) {
      throw new HubUnreachable(target, outage(fault), fault);
    }
  }

  private Outage outage(Throwable fault) {
    return Outage.of(Status.fromThrowable(fault), security, heard.get(), Instant.now());
  }

  /** Asks page by page, so that the hub never tells of very many devices at once. */
  @Override
  public HubStatus status(HubStatus.Page page) {
    HubStatus status = part(page);
    List<HubStatus.DeviceStatus> devices = new ArrayList<>(status.devices());
    while (status.next().isPresent() && devices.size() < page.limit()) {
      status = part(new HubStatus.Page(status.next().get(), page.limit() - devices.size()));
      devices.addAll(status.devices());
    }
    return status.withDevices(devices);
  }

  private HubStatus part(HubStatus.Page page) {
    GetStatusRequest request =
        GetStatusRequest.newBuilder()
            .setFromEui64(page.from().value())
            .setLimit(Math.min(page.limit(), PAGE_DEVICES))
            .build();
    org.hanota.transport.grpc.v1.Status status = ask(stub -> stub.getStatus(request));
    return ControlCodec.decode(status);
  }

  @Override
  public List<CatalogueImage> catalogue() {
    return ask(stub -> stub.listImages(ListImagesRequest.getDefaultInstance()))
        .getImagesList()
        .stream()
        .map(ControlCodec::decode)
        .toList();
  }

  @Override
  public Answer start(Offer offer) {
    return wish(stub -> stub.start(ControlCodec.encode(offer)));
  }

  private Answer wish(
      Function<ControlGrpc.ControlBlockingStub, org.hanota.transport.grpc.v1.Answer> call) {
    org.hanota.transport.grpc.v1.Answer answer = ask(call);
    return ControlCodec.decode(answer);
  }

  private static DeviceRequest device(Eui64 device) {
    return DeviceRequest.newBuilder().setEui64(device.value()).build();
  }

  @Override
  public Answer pause(Eui64 device) {
    return wish(stub -> stub.pause(device(device)));
  }

  @Override
  public Answer resume(Eui64 device) {
    return wish(stub -> stub.resume(device(device)));
  }

  @Override
  public Answer abort(Eui64 device, String order) {
    return wish(
        stub ->
            stub.abort(AbortRequest.newBuilder().setEui64(device.value()).setOrder(order).build()));
  }

  private static OrderImageRequest order(ImageId image, String order) {
    return OrderImageRequest.newBuilder()
        .setImage(ControlCodec.encode(image))
        .setOrder(order)
        .build();
  }

  @Override
  public Answer pause(ImageId image, String order) {
    return wish(stub -> stub.pauseImage(order(image, order)));
  }

  @Override
  public Answer resume(ImageId image) {
    return wish(
        stub ->
            stub.resumeImage(
                ResumeImageRequest.newBuilder().setImage(ControlCodec.encode(image)).build()));
  }

  @Override
  public Answer abort(ImageId image, String order) {
    return wish(stub -> stub.abortImage(order(image, order)));
  }

  @Override
  public AutoCloseable progress(Consumer<UpdateEvent> listener) {
    return watch(listener, reason -> {});
  }

  /**
   * As {@link #progress}, and tells when it ends without having been asked to.
   *
   * @param ended gets the reason
   */
  public AutoCloseable watch(Consumer<UpdateEvent> listener, Consumer<String> ended) {
    Watch watch = new Watch(listener, ended);
    ControlGrpc.newStub(channel).watch(WatchRequest.getDefaultInstance(), watch);
    return watch;
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }

  private final class Watch
      implements ClientResponseObserver<WatchRequest, Progress>, AutoCloseable {
    private final Consumer<UpdateEvent> listener;
    private final Consumer<String> ended;
    private volatile boolean closed;
    private volatile @Nullable ClientCallStreamObserver<WatchRequest> call;

    Watch(Consumer<UpdateEvent> listener, Consumer<String> ended) {
      this.listener = listener;
      this.ended = ended;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<WatchRequest> stream) {
      call = stream;
    }

    @Override
    public void onNext(Progress progress) {
      ProgressCodec.decode(progress).ifPresent(listener);
    }

    @Override
    public void onError(Throwable fault) {
      if (!closed) {
        ended.accept(outage(fault).words());
      }
    }

    @Override
    public void onCompleted() {
      if (!closed) {
        ended.accept("the hub ended");
      }
    }

    @Override
    public void close() {
      closed = true;
      ClientCallStreamObserver<WatchRequest> stream = call;
      if (stream != null) {
        stream.cancel("watched enough", null);
      }
    }
  }
}
