// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import io.grpc.CallOptions;
import io.grpc.ClientCall;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletableFuture;
import org.hanota.transport.grpc.v1.HanGrpc;

/** A stream of octets that need not be messages. */
class RawStream implements StreamObserver<byte[]> {
  private static final MethodDescriptor.Marshaller<byte[]> AS_THEY_ARE =
      new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] octets) {
          return new ByteArrayInputStream(octets);
        }

        @Override
        public byte[] parse(InputStream in) {
          try {
            return in.readAllBytes();
          } catch (IOException fault) {
            throw new UncheckedIOException(fault);
          }
        }
      };

  final CompletableFuture<Status> ended = new CompletableFuture<>();
  final StreamObserver<byte[]> out;

  RawStream(ManagedChannel channel) {
    this(channel, CallOptions.DEFAULT);
  }

  RawStream(ManagedChannel channel, CallOptions options) {
    ClientCall<byte[], byte[]> call =
        channel.newCall(
            HanGrpc.getLinkMethod().toBuilder(AS_THEY_ARE, AS_THEY_ARE).build(), options);
    out = ClientCalls.asyncBidiStreamingCall(call, this);
  }

  @Override
  public void onNext(byte[] message) {}

  @Override
  public void onError(Throwable fault) {
    ended.complete(Status.fromThrowable(fault));
  }

  @Override
  public void onCompleted() {
    ended.complete(Status.OK);
  }
}
