// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import io.grpc.netty.shaded.io.netty.channel.Channel;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerAdapter;
import io.grpc.netty.shaded.io.netty.channel.ChannelHandlerContext;
import io.grpc.netty.shaded.io.netty.channel.ChannelInboundHandlerAdapter;
import io.grpc.netty.shaded.io.netty.channel.EventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.IoHandlerFactory;
import io.grpc.netty.shaded.io.netty.channel.MultiThreadIoEventLoopGroup;
import io.grpc.netty.shaded.io.netty.channel.ServerChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.Epoll;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollIoHandler;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.epoll.EpollSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.nio.NioIoHandler;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioServerSocketChannel;
import io.grpc.netty.shaded.io.netty.channel.socket.nio.NioSocketChannel;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ThreadFactory;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Counts the connections of a hub. Where one more than allowed comes, the oldest that has joined no
 * device is closed: a crowd of strangers can only push each other out. Half of what is allowed is
 * for one address at most, so that a crowd from there pushes out its own.
 *
 * <p>What is pushed out has its descriptor until the thread that serves it has closed it. While
 * many wait for that, nobody is accepted, so that there are never more descriptors than {@code
 * limit + CLOSING}, however fast a crowd comes.
 */
final class Connections {
  /** Beside what is allowed; as many as are accepted between two looks at what else is to do. */
  static final int CLOSING = 16;

  private final int limit;
  private final int ofOneAddress;
  private final Consumer<HanEvent> listener;
  // In the order of their coming.
  private final Map<SocketAddress, Channel> strangers = new LinkedHashMap<>();
  private final Map<SocketAddress, Channel> known = new HashMap<>();
  private final Map<SocketAddress, Integer> devices = new HashMap<>();
  private final Set<Channel> closing = new HashSet<>();

  Connections(int limit, Consumer<HanEvent> listener) {
    this.limit = limit;
    this.ofOneAddress = Math.max(1, limit / 2);
    this.listener = listener;
  }

  /** Threads that serve sockets of either kind below. */
  static EventLoopGroup threads(int count, ThreadFactory factory) {
    IoHandlerFactory io =
        Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
    return new MultiThreadIoEventLoopGroup(count, factory, io);
  }

  /** A socket that connects. */
  static Class<? extends Channel> clientSocket() {
    return Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class;
  }

  /** A socket that tells of every connection that it accepts. */
  ServerChannel socket() {
    ServerChannel socket =
        Epoll.isAvailable() ? new EpollServerSocketChannel() : new NioServerSocketChannel();
    var unused = socket.pipeline().addLast(new Accepting());
    return socket;
  }

  /** The connection from that address has a device more. */
  synchronized void joined(SocketAddress remote) {
    devices.merge(remote, 1, Integer::sum);
    Channel channel = strangers.remove(remote);
    if (channel != null) {
      known.put(remote, channel);
    }
  }

  /** It has one less: without any it is a stranger again. */
  synchronized void left(SocketAddress remote) {
    devices.computeIfPresent(remote, (address, count) -> count == 1 ? null : count - 1);
    Channel channel = devices.containsKey(remote) ? null : known.remove(remote);
    if (channel != null) {
      strangers.put(remote, channel);
    }
  }

  /** How many there are, with those that are being closed. */
  synchronized int count() {
    return strangers.size() + known.size() + closing.size();
  }

  /** Whether the new connection may stay. */
  private boolean accepted(Channel acceptor, Channel channel) {
    SocketAddress remote = channel.remoteAddress();
    Channel victim = null;
    String reason = "";
    synchronized (this) {
      if (strangersFrom(remote) >= ofOneAddress) {
        victim = takeOldest(stranger -> sameHost(stranger, remote), channel);
        reason = "there are " + ofOneAddress + " connections of its address without a device";
      } else if (strangers.size() + known.size() >= limit) {
        victim = takeOldest(stranger -> true, channel);
        reason = "there are " + limit + " connections, and it has no device";
      }
      if (victim != channel) {
        strangers.put(remote, channel);
        if (victim != null) {
          closing.add(victim);
        }
      }
      if (closing.size() >= CLOSING) {
        acceptor.config().setAutoRead(false);
      }
    }
    if (victim != null) {
      listener.accept(
          new HanEvent.Refused(String.valueOf(victim.remoteAddress()), "connection", reason));
      if (victim == channel) {
        // It belongs to no event loop yet.
        channel.unsafe().closeForcibly();
        return false;
      }
      close(victim);
    }
    var unused = channel.closeFuture().addListener(closed -> gone(acceptor, remote, channel));
    return true;
  }

  private long strangersFrom(SocketAddress remote) {
    return strangers.keySet().stream().filter(stranger -> sameHost(stranger, remote)).count();
  }

  private static boolean sameHost(SocketAddress one, SocketAddress other) {
    return one instanceof InetSocketAddress a
        && other instanceof InetSocketAddress b
        && Objects.equals(a.getAddress(), b.getAddress());
  }

  /** The oldest stranger of that kind, which is then none of ours, or the one that came. */
  private Channel takeOldest(Predicate<SocketAddress> kind, Channel came) {
    Iterator<Map.Entry<SocketAddress, Channel>> oldestFirst = strangers.entrySet().iterator();
    while (oldestFirst.hasNext()) {
      Map.Entry<SocketAddress, Channel> stranger = oldestFirst.next();
      if (kind.test(stranger.getKey())) {
        oldestFirst.remove();
        return stranger.getValue();
      }
    }
    return came;
  }

  /**
   * Closes a connection in the thread that serves it, also if it is given to that thread only now,
   * and without the last words of its protocols, for which a stranger could let it wait.
   */
  private static void close(Channel victim) {
    var unused =
        victim
            .pipeline()
            .addFirst(
                new ChannelHandlerAdapter() {
                  @Override
                  public void handlerAdded(ChannelHandlerContext context) {
                    context.channel().unsafe().close(context.voidPromise());
                  }
                });
  }

  private synchronized void gone(Channel acceptor, SocketAddress remote, Channel channel) {
    strangers.remove(remote, channel);
    known.remove(remote, channel);
    devices.remove(remote);
    if (closing.remove(channel) && closing.size() < CLOSING) {
      acceptor.config().setAutoRead(true);
    }
  }

  /** Sees a connection before it gets to the thread that will serve it. */
  private final class Accepting extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object channel) {
      if (accepted(context.channel(), (Channel) channel)) {
        var unused = context.fireChannelRead(channel);
      }
    }
  }
}
