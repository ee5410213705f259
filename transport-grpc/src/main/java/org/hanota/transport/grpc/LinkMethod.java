// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import io.grpc.Drainable;
import io.grpc.KnownLength;
import io.grpc.MethodDescriptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.ServiceDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.hanota.transport.grpc.v1.HanGrpc;

/** The method Link of the contract, with its messages as octets. */
final class LinkMethod {
  static final MethodDescriptor<byte[], byte[]> LINK =
      HanGrpc.getLinkMethod().toBuilder(new Whole(), new Whole()).build();

  /**
   * In place of a message that is longer than allowed once it is unpacked. An exception would leave
   * the stream as it is, and its reader without a word.
   */
  static final byte[] TOO_LONG = new byte[0];

  /** In place of a message that cannot be unpacked. */
  static final byte[] UNREADABLE = new byte[0];

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
      } catch (StatusRuntimeException tooLong) {
        return TOO_LONG;
      } catch (IOException fault) {
        return UNREADABLE;
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
