// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.stub.ServerCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.hanota.transport.grpc.v1.HanGrpc;

/** The method Link of the contract, with its messages as octets. */
final class LinkMethod {
  static final MethodDescriptor<byte[], byte[]> LINK =
      HanGrpc.getLinkMethod().toBuilder(new Whole(), new Whole()).build();

  private LinkMethod() {}

  /** The service of the contract, as reflection describes it. */
  static ServerServiceDefinition service(
      ServerCalls.BidiStreamingMethod<byte[], byte[]> implementation) {
    ServiceDescriptor contract = HanGrpc.getServiceDescriptor();
    return ServerServiceDefinition.builder(
            ServiceDescriptor.newBuilder(contract.getName())
                .setSchemaDescriptor(contract.getSchemaDescriptor())
                .addMethod(LINK)
                .build())
        .addMethod(LINK, ServerCalls.asyncBidiStreamingCall(implementation))
        .build();
  }

  /** Octets as they are, in one piece. */
  private static final class Whole implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] octets) {
      return new Drained(octets);
    }

    @Override
    public byte[] parse(InputStream in) {
      try {
        if (!(in instanceof KnownLength)) {
          return in.readAllBytes();
        }
        byte[] octets = new byte[in.available()];
        int unused = in.readNBytes(octets, 0, octets.length);
        return octets;
      } catch (IOException fault) {
        throw new UncheckedIOException(fault);
      }
    }
  }

  private static final class Drained extends ByteArrayInputStream
      implements Drainable, KnownLength {
    Drained(byte[] octets) {
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
