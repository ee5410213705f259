// SPDX-License-Identifier: Apache-2.0
package org.hanota.bench.grpc;

import io.grpc.CallOptions;
import io.grpc.Drainable;
import io.grpc.InsecureServerCredentials;
import io.grpc.KnownLength;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/**
 * What gRPC does by itself: octets there and octets back over a bidirectional stream, nothing
 * parsed, nothing routed, no results. {@link FramesOverLoopback} says what is equal to ours.
 */
final class BareStream implements AutoCloseable {
  private static final int WINDOW_OCTETS = 1 << 20;

  private static final MethodDescriptor<byte[], byte[]> ECHO =
      MethodDescriptor.<byte[], byte[]>newBuilder()
          .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
          .setFullMethodName("bare.Bare/Exchange")
          .setRequestMarshaller(new Plain())
          .setResponseMarshaller(new Plain())
          .build();

  private final int devices;
  private final byte[] request;
  private final Server server;
  private final ManagedChannel channel;
  private final List<Answers> streams = new ArrayList<>();
  private volatile Exchanges exchanges = new Exchanges(0);

  BareStream(int devices, int streamCount, int requestOctets, int responseOctets)
      throws IOException {
    this.devices = devices;
    this.request = new byte[requestOctets];
    byte[] response = new byte[responseOctets];
    server =
        NettyServerBuilder.forAddress(
                new InetSocketAddress("localhost", 0), InsecureServerCredentials.create())
            .directExecutor()
            .flowControlWindow(WINDOW_OCTETS)
            .addService(
                ServerServiceDefinition.builder("bare.Bare")
                    .addMethod(ECHO, ServerCalls.asyncBidiStreamingCall(out -> echo(out, response)))
                    .build())
            .build()
            .start();
    channel =
        NettyChannelBuilder.forAddress("localhost", server.getPort())
            .usePlaintext()
            .directExecutor()
            .disableRetry()
            .flowControlWindow(WINDOW_OCTETS)
            .build();
    for (int i = 0; i < streamCount; i++) {
      Answers answers = new Answers();
      answers.out =
          ClientCalls.asyncBidiStreamingCall(channel.newCall(ECHO, CallOptions.DEFAULT), answers);
      streams.add(answers);
    }
  }

  private static StreamObserver<byte[]> echo(StreamObserver<byte[]> out, byte[] response) {
    return new StreamObserver<>() {
      @Override
      public void onNext(byte[] octets) {
        out.onNext(response);
      }

      @Override
      public void onError(Throwable fault) {}

      @Override
      public void onCompleted() {
        out.onCompleted();
      }
    };
  }

  long run(int times) {
    Exchanges now = new Exchanges(times);
    exchanges = now;
    for (int i = 0; i < devices; i++) {
      streams.get(i % streams.size()).next(now);
    }
    now.await();
    return times;
  }

  @Override
  public void close() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  private final class Answers implements StreamObserver<byte[]> {
    private StreamObserver<byte[]> out = this;

    @Override
    public void onNext(byte[] octets) {
      Exchanges current = exchanges;
      current.end();
      next(current);
    }

    /** A stream takes one writer at a time, and the first requests come from another thread. */
    synchronized void next(Exchanges current) {
      if (current.begin()) {
        out.onNext(request);
      }
    }

    @Override
    public void onError(Throwable fault) {}

    @Override
    public void onCompleted() {}
  }

  /** Octets as they are, in one piece. */
  private static final class Plain implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new Whole(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        byte[] octets = new byte[stream.available()];
        int unused = stream.readNBytes(octets, 0, octets.length);
        return octets;
      } catch (IOException fault) {
        throw new UncheckedIOException(fault);
      }
    }
  }

  private static final class Whole extends ByteArrayInputStream implements Drainable, KnownLength {
    Whole(byte[] octets) {
      super(octets);
    }

    @Override
    public int drainTo(OutputStream target) throws IOException {
      int length = count - pos;
      target.write(buf, pos, length);
      pos = count;
      return length;
    }
  }
}
