// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import java.util.function.Consumer;

/** Tells of messages that are longer than allowed, which no service ever sees. */
final class Tracer extends ServerStreamTracer.Factory {
  private final Consumer<HanEvent> listener;

  Tracer(Consumer<HanEvent> listener) {
    this.listener = listener;
  }

  @Override
  public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
    return new ServerStreamTracer() {
      private volatile String remote = "";

      @Override
      public void serverCallStarted(ServerCallInfo<?, ?> call) {
        remote = String.valueOf(call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR));
      }

      @Override
      public void streamClosed(Status status) {
        if (status.getCode() == Status.Code.RESOURCE_EXHAUSTED) {
          listener.accept(
              new HanEvent.Refused(remote, method, String.valueOf(status.getDescription())));
        }
      }
    };
  }
}
