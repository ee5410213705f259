// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.net.SocketAddress;
import java.util.function.Consumer;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.hanota.api.FormatException;
import org.hanota.transport.grpc.v1.ControlGrpc;
import org.jspecify.annotations.Nullable;

/** Lets no call pass whose client has not shown who it is, and only operators to the control. */
final class Gate implements ServerInterceptor {
  static final Context.Key<Identity> IDENTITY = Context.key("identity");
  static final String CERTIFICATE = "its certificate ";
  static final Context.Key<SocketAddress> REMOTE = Context.key("remote");

  private final Security security;
  private final Standing standing;
  private final Consumer<HanEvent> listener;

  Gate(Security security, Standing standing, Consumer<HanEvent> listener) {
    this.security = security;
    this.standing = standing;
    this.listener = listener;
  }

  @Override
  public <A, B> ServerCall.Listener<A> interceptCall(
      ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
    SocketAddress remote = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    Identity identity;
    try {
      identity = Credentials.identity(security, call.getAttributes());
    } catch (SSLPeerUnverifiedException | FormatException fault) {
      return refuse(
          call,
          Status.UNAUTHENTICATED,
          remote,
          "client",
          fault instanceof FormatException
              ? String.valueOf(fault.getMessage())
              : "shows no certificate, allowed is one of the hub's authority");
    }
    // The handshake may be long ago.
    String ended = standing.fault(identity);
    if (!ended.isEmpty()) {
      return refuse(call, Status.UNAUTHENTICATED, remote, identity.name(), CERTIFICATE + ended);
    }
    String service = String.valueOf(call.getMethodDescriptor().getServiceName());
    if (service.equals(ControlGrpc.SERVICE_NAME) && !identity.operator()) {
      return refuse(
          call,
          Status.PERMISSION_DENIED,
          remote,
          identity.name(),
          "its certificate lacks " + Identity.OPERATOR);
    }
    Context context = Context.current().withValue(IDENTITY, identity).withValue(REMOTE, remote);
    if (call.getMethodDescriptor().getType() != MethodType.BIDI_STREAMING) {
      return Contexts.interceptCall(context, call, headers, next);
    }
    // A stream asks once, when it begins; its messages need not change the context each time.
    Context before = context.attach();
    try {
      return next.startCall(call, headers);
    } finally {
      context.detach(before);
    }
  }

  private <A, B> ServerCall.Listener<A> refuse(
      ServerCall<A, B> call,
      Status status,
      @Nullable SocketAddress remote,
      String who,
      String reason) {
    listener.accept(new HanEvent.Refused(String.valueOf(remote), who, reason));
    call.close(status.withDescription(who + " " + reason), new Metadata());
    return new ServerCall.Listener<>() {};
  }
}
