// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Tells of what ends a stream before a service sees it, such as messages that are longer than
 * allowed or cannot be unpacked. With these codes none of the services here ends a stream itself
 * without having failed.
 */
final class Tracer extends ServerStreamTracer.Factory {
  private static final Set<Status.Code> UNSEEN =
      EnumSet.of(
          Status.Code.RESOURCE_EXHAUSTED,
          Status.Code.INTERNAL,
          Status.Code.UNKNOWN,
          Status.Code.UNIMPLEMENTED);

  private final Consumer<HanEvent> listener;

  Tracer(Consumer<HanEvent> listener) {
    this.listener = listener;
  }

  private static String reason(Status status) {
    return String.valueOf(
        status.getDescription() == null ? status.getCause() : status.getDescription());
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
        if (UNSEEN.contains(status.getCode())) {
          listener.accept(
              new HanEvent.Refused(remote, method, status.getCode() + ": " + reason(status)));
        }
      }
    };
  }
}
