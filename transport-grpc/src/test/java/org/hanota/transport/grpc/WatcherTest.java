// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayList;
import java.util.List;
import org.hanota.api.ImageId;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.transport.grpc.v1.Progress;
import org.hanota.transport.grpc.v1.WatchRequest;
import org.junit.jupiter.api.Test;

/** A client that watches and does not read is given up at the limit of the table. */
class WatcherTest {
  private static final int KEPT = 3;
  private static final ImageId IMAGE = ImageId.of(0x121D, 0x0080, 0x0101_0000L);

  /** A client that reads when it is told to. */
  private static final class Client extends ServerCallStreamObserver<Progress> {
    final List<Progress> read = new ArrayList<>();
    final List<Status> ends = new ArrayList<>();
    boolean reads;
    private Runnable ready = () -> {};

    void readsOn() {
      reads = true;
      ready.run();
    }

    @Override
    public boolean isReady() {
      return reads;
    }

    @Override
    public void setOnReadyHandler(Runnable handler) {
      ready = handler;
    }

    @Override
    public void onNext(Progress progress) {
      read.add(progress);
    }

    @Override
    public void onError(Throwable fault) {
      ends.add(Status.fromThrowable(fault));
    }

    @Override
    public void onCompleted() {}

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public void setOnCancelHandler(Runnable handler) {}

    @Override
    public void setCompression(String compression) {}

    @Override
    public void disableAutoInboundFlowControl() {}

    @Override
    public void request(int count) {}

    @Override
    public void setMessageCompression(boolean enable) {}
  }

  private final ScriptedControl hub = new ScriptedControl();
  private final Client client = new Client();

  private Watcher watching() {
    Watcher watcher =
        new Watcher(WatchRequest.getDefaultInstance(), Identity.ANYBODY, client, KEPT);
    watcher.begin(hub);
    return watcher;
  }

  private void happens(int times) {
    for (int i = 0; i < times; i++) {
      UpdateEvent event = new UpdateEvent.Activating(Han.device(1).address(), IMAGE);
      hub.listeners.forEach(listener -> listener.accept(event));
    }
  }

  @Test
  void soManyEventsWaitForItAndNotOneMore() {
    Watcher watcher = watching();
    happens(KEPT);
    assertThat(watcher.isOver()).isFalse();
    client.readsOn();
    assertThat(client.read).hasSize(KEPT);
    client.reads = false;
    happens(KEPT + 1);
    assertThat(watcher.isOver()).isTrue();
    assertThat(client.ends)
        .singleElement()
        .satisfies(
            end -> {
              assertThat(end.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
              assertThat(end.getDescription()).isEqualTo("more than 3 events wait to be read");
            });
  }
}
