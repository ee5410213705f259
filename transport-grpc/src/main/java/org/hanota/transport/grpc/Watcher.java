// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.hanota.api.Eui64;
import org.hanota.api.control.HubControl;
import org.hanota.api.machine.UpdateEvent;
import org.hanota.transport.grpc.v1.Progress;
import org.hanota.transport.grpc.v1.WatchRequest;
import org.jspecify.annotations.Nullable;

/**
 * One client that watches. While it does not read, only the newest Transferring of each device is
 * kept, and of everything else up to a limit.
 */
final class Watcher {
  private final WatchRequest request;
  private final Identity identity;
  private final ServerCallStreamObserver<Progress> out;
  private final int kept;
  private final AtomicInteger flushes = new AtomicInteger();

  // Guarded by this object, which no callback holds.
  private final ArrayDeque<UpdateEvent> events = new ArrayDeque<>();
  private final Map<Eui64, UpdateEvent> transferring = new LinkedHashMap<>();
  private boolean ended;
  private @Nullable Status failure;
  private @Nullable AutoCloseable subscription;

  /**
   * @param kept events that may wait to be read
   */
  Watcher(
      WatchRequest request, Identity identity, ServerCallStreamObserver<Progress> out, int kept) {
    this.kept = kept;
    this.request = request;
    this.identity = identity;
    this.out = out;
  }

  void begin(HubControl control) {
    out.setOnReadyHandler(this::flush);
    out.setOnCancelHandler(this::end);
    AutoCloseable begun = control.progress(this::happened);
    boolean late;
    synchronized (this) {
      subscription = begun;
      late = ended;
    }
    if (late) {
      end();
    }
  }

  /** Ends it once the certificate that it rests on counts no longer. [hanota H71] */
  void checkCertificate(Standing standing) {
    String fault = standing.fault(identity);
    if (!fault.isEmpty()) {
      synchronized (this) {
        failure = Status.UNAUTHENTICATED.withDescription(Gate.CERTIFICATE + fault);
      }
      flush();
    }
  }

  /** Whether nobody watches here any more. */
  synchronized boolean isOver() {
    return ended;
  }

  private void happened(UpdateEvent event) {
    if (request.hasEui64() && request.getEui64() != event.device().value()) {
      return;
    }
    synchronized (this) {
      if (ended) {
        return;
      }
      if (event instanceof UpdateEvent.Transferring) {
        transferring.put(event.device(), event);
      } else {
        // What happened before must not come after.
        UpdateEvent before = transferring.remove(event.device());
        if (before != null) {
          events.add(before);
        }
        events.add(event);
        if (events.size() > kept) {
          failure =
              Status.RESOURCE_EXHAUSTED.withDescription(
                  "more than " + kept + " events wait to be read");
        }
      }
    }
    flush();
  }

  private @Nullable UpdateEvent next() {
    synchronized (this) {
      UpdateEvent event = events.poll();
      if (event != null || transferring.isEmpty()) {
        return event;
      }
      var oldest = transferring.entrySet().iterator();
      event = oldest.next().getValue();
      oldest.remove();
      return event;
    }
  }

  private void flush() {
    if (flushes.getAndIncrement() != 0) {
      return;
    }
    int asked = 1;
    while (asked != 0) {
      write();
      asked = flushes.addAndGet(-asked);
    }
  }

  private void write() {
    Status fault;
    synchronized (this) {
      fault = ended ? null : failure;
    }
    if (fault != null) {
      out.onError(fault.asRuntimeException());
      end();
      return;
    }
    while (out.isReady()) {
      UpdateEvent event = next();
      if (event == null) {
        return;
      }
      out.onNext(ProgressCodec.encode(event));
    }
  }

  private void end() {
    AutoCloseable last;
    synchronized (this) {
      ended = true;
      events.clear();
      transferring.clear();
      last = subscription;
      subscription = null;
    }
    if (last != null) {
      try {
        last.close();
      } catch (Exception fault) {
        throw new AssertionError("a subscription does not end", fault);
      }
    }
  }
}
