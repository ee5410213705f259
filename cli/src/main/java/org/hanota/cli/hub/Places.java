// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.hub;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.eclipse.jetty.io.SelectorManager;

/** Gives each address a number of connections: one that comes beyond it is closed at once. */
final class Places implements SelectorManager.AcceptListener {
  private final int ofOne;
  private final Consumer<InetAddress> refused;
  private final Map<SelectableChannel, InetAddress> open = new HashMap<>();
  private final Map<InetAddress, Integer> counts = new HashMap<>();

  /**
   * @param refused hears of each that was closed
   */
  Places(int ofOne, Consumer<InetAddress> refused) {
    this.ofOne = ofOne;
    this.refused = refused;
  }

  @Override
  public void onAccepting(SelectableChannel channel) {
    try {
      if (channel instanceof SocketChannel socket
          && socket.getRemoteAddress() instanceof InetSocketAddress remote
          && !take(channel, remote.getAddress())) {
        // Whatever goes on with it fails, which the server looks after.
        refused.accept(remote.getAddress());
        channel.close();
      }
    } catch (IOException gone) {
      // It holds no place.
    }
  }

  private synchronized boolean take(SelectableChannel channel, InetAddress address) {
    if (counts.getOrDefault(address, 0) >= ofOne) {
      return false;
    }
    counts.merge(address, 1, Integer::sum);
    open.put(channel, address);
    return true;
  }

  @Override
  public void onAcceptFailed(SelectableChannel channel, Throwable cause) {
    onClosed(channel);
  }

  @Override
  public synchronized void onClosed(SelectableChannel channel) {
    InetAddress address = open.remove(channel);
    if (address != null) {
      int left = counts.getOrDefault(address, 0) - 1;
      if (left > 0) {
        counts.put(address, left);
      } else {
        counts.remove(address);
      }
    }
  }
}
