// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.stick;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.hanota.api.Octets;

/**
 * What one family of sticks speaks: its frames, its start-up and how it says what all families can
 * say. It belongs to one {@link StickHost}, calls back into that host and is called by it alone.
 */
public interface Dialect extends Zdo.Asker {
  /** Makes the dialect of a host. */
  @FunctionalInterface
  interface Maker {
    /**
     * @param clock the monotonic time of the call under way
     * @param line takes the octets for the stick
     */
    Dialect make(LongSupplier clock, HostConfig config, Consumer<Octets> line, Host host);
  }

  /** What the dialect tells its host. */
  interface Host {
    /** The stick runs, and its network. */
    void started(String firmware, Network network);

    /** The stick does not do what it must; the host tries again after a while. */
    void failed(String reason);

    /** The stick cannot serve as it is, until somebody does something; its port stays open. */
    void refused(String reason);

    /**
     * The stick restarted without being told to; the host forgets what was under way.
     *
     * @return whether to start it up now; else it has restarted too often, and the host waits
     */
    boolean restarted(int reason);

    /** The connection to the stick is beyond repair: its port must be opened again. */
    void broken(String reason);

    /** Something that a user may want to know. */
    void report(StickEvent event);

    /** A node told both of its addresses by itself. */
    void seen(DeviceAddresses device);

    /** A node left. */
    void left(DeviceAddresses device);

    /** A message came. */
    void message(Incoming message);

    /** A message came whose sender the stick named by both addresses. */
    void named(DeviceAddresses device);

    /** What became of a message, by its transaction. */
    void confirmed(int transaction, Fate fate);

    /** A node answered which addresses it has; {@code known} is false if nobody has them. */
    void addresses(boolean known, DeviceAddresses device);

    /** A node has the server that was looked for, on these endpoints. */
    void matches(int shortAddress, List<Integer> endpoints);

    /** A node told its endpoints; none if it refused. */
    void endpoints(int shortAddress, List<Integer> endpoints);

    /** A node told what an endpoint is. */
    void descriptor(int shortAddress, SimpleDescriptor descriptor);

    /** A node does not tell what an endpoint is. */
    void noDescriptor(int shortAddress);
  }

  /** The port was opened: half frames are void, and the start-up begins. */
  void open();

  /** Begins the start-up anew. */
  void begin();

  /** Gives up whatever is under way. */
  void abandon(String reason);

  /** Octets came from the stick. */
  void octets(Octets octets);

  /** The time of {@link #deadline} may have come. */
  void timer();

  /** When {@link #timer} is due. */
  long deadline();

  /**
   * Gives the stick a message.
   *
   * @param then hears once what the stick says to it
   */
  void give(Outgoing message, RequestChannel.Urgency urgency, Consumer<Given> then);

  /** What a stick says to a message that it was given. */
  sealed interface Given {
    /** It took the message, or says why not. */
    record Said(Fate fate) implements Given {}

    /** It said nothing, and why. */
    record Nothing(String reason) implements Given {}
  }

  /** Most octets of one message. */
  int longestMessage();

  /** Opens the network for new nodes for so many seconds; 0 closes it. */
  void permitJoin(int seconds);

  /** Gives the stick an install code or a key. */
  void addLinkKey(LinkKey key);

  /** Gives the stick the key of a node that has just told this short address. */
  void keySeen(LinkKey.Preconfigured key, int shortAddress);

  /** Asks something harmless, to learn whether the stick still answers. */
  void poke(Consumer<Boolean> answered);

  /** Requests in a row that got no answer. */
  int silences();

  /** What the serial line carried so far. */
  LineCounts counts();
}
