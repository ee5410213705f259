// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.control.HubControl;
import org.hanota.transport.grpc.v1.AbortRequest;
import org.hanota.transport.grpc.v1.Answer;
import org.hanota.transport.grpc.v1.ControlGrpc;
import org.hanota.transport.grpc.v1.DeviceRequest;
import org.hanota.transport.grpc.v1.GetStatusRequest;
import org.hanota.transport.grpc.v1.ImageList;
import org.hanota.transport.grpc.v1.ListImagesRequest;
import org.hanota.transport.grpc.v1.OrderImageRequest;
import org.hanota.transport.grpc.v1.Progress;
import org.hanota.transport.grpc.v1.ResumeImageRequest;
import org.hanota.transport.grpc.v1.StartRequest;
import org.hanota.transport.grpc.v1.WatchRequest;

/** A hub's control over the network. Its calls may wait for the hub, so they have own threads. */
final class ControlService extends ControlGrpc.ControlImplBase {
  /** What a hub says to those who ask or watch while it ends. */
  static final String ENDS = "the hub ends";

  private final HubControl control;
  private final Executor executor;
  private final int watcherEvents;
  private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();

  ControlService(HubControl control, Executor executor, GrpcLimits limits) {
    this.watcherEvents = limits.count(GrpcParameter.WATCHER_EVENTS);
    this.control = control;
    this.executor = executor;
  }

  /** Ends what rests on a certificate that counts no longer. */
  void checkCertificates(Standing standing) {
    watchers.forEach(watcher -> watcher.checkCertificate(standing));
    watchers.removeIf(Watcher::isOver);
  }

  private <T> void answer(StreamObserver<T> out, Supplier<T> answer) {
    try {
      executor.execute(
          () -> {
            T value;
            try {
              value = answer.get();
            } catch (FormatException | IllegalArgumentException fault) {
              out.onError(
                  Status.INVALID_ARGUMENT.withDescription(fault.getMessage()).asRuntimeException());
              return;
            } catch (RuntimeException fault) {
              out.onError(Status.INTERNAL.withDescription(fault.toString()).asRuntimeException());
              return;
            }
            out.onNext(value);
            out.onCompleted();
          });
    } catch (RejectedExecutionException closed) {
      out.onError(Status.UNAVAILABLE.withDescription(ENDS).asRuntimeException());
    }
  }

  @Override
  public void getStatus(
      GetStatusRequest request, StreamObserver<org.hanota.transport.grpc.v1.Status> out) {
    answer(out, () -> ControlCodec.encode(control.status(ControlCodec.page(request))));
  }

  @Override
  public void listImages(ListImagesRequest request, StreamObserver<ImageList> out) {
    answer(
        out,
        () -> {
          ImageList.Builder list = ImageList.newBuilder();
          control.catalogue().forEach(image -> list.addImages(ControlCodec.encode(image)));
          return list.build();
        });
  }

  @Override
  public void start(StartRequest request, StreamObserver<Answer> out) {
    answer(out, () -> ControlCodec.encode(control.start(ControlCodec.decode(request))));
  }

  @Override
  public void pause(DeviceRequest request, StreamObserver<Answer> out) {
    answer(out, () -> ControlCodec.encode(control.pause(new Eui64(request.getEui64()))));
  }

  @Override
  public void resume(DeviceRequest request, StreamObserver<Answer> out) {
    answer(out, () -> ControlCodec.encode(control.resume(new Eui64(request.getEui64()))));
  }

  @Override
  public void abort(AbortRequest request, StreamObserver<Answer> out) {
    answer(
        out,
        () ->
            ControlCodec.encode(control.abort(new Eui64(request.getEui64()), request.getOrder())));
  }

  @Override
  public void pauseImage(OrderImageRequest request, StreamObserver<Answer> out) {
    answer(
        out,
        () ->
            ControlCodec.encode(
                control.pause(ControlCodec.decode(request.getImage()), request.getOrder())));
  }

  @Override
  public void resumeImage(ResumeImageRequest request, StreamObserver<Answer> out) {
    answer(out, () -> ControlCodec.encode(control.resume(ControlCodec.decode(request.getImage()))));
  }

  @Override
  public void abortImage(OrderImageRequest request, StreamObserver<Answer> out) {
    answer(
        out,
        () ->
            ControlCodec.encode(
                control.abort(ControlCodec.decode(request.getImage()), request.getOrder())));
  }

  @Override
  public void watch(WatchRequest request, StreamObserver<Progress> out) {
    Watcher watcher =
        new Watcher(
            request, Gate.IDENTITY.get(), (ServerCallStreamObserver<Progress>) out, watcherEvents);
    watchers.add(watcher);
    watcher.begin(control);
  }
}
