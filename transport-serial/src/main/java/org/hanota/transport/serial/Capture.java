// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial;

import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.hanota.api.Octets;
import org.hanota.api.pcap.AirFrame;
import org.hanota.api.pcap.CaptureWriter;
import org.hanota.api.pcap.LinkType;
import org.hanota.transport.serial.stick.Incoming;
import org.hanota.transport.serial.stick.Network;
import org.hanota.transport.serial.stick.Outgoing;

/**
 * Writes what goes over the radio as a capture. A stick shows the ZCL frame, endpoints, cluster and
 * short addresses; MAC, network and APS headers are made up around them, and the file says so.
 */
public final class Capture {
  /** What the capture tells its reader. */
  public static final String COMMENT =
      "Recorded at the serial port of a ZigBee stick. ZCL frames, endpoints, clusters and short"
          + " addresses are as the stick gave them; MAC, network and APS headers, their sequence"
          + " numbers and the check sequence are synthesised, security is left out, and times are"
          + " those of the serial port.";

  private static final int OCTET = 0xFF;

  private final CaptureWriter writer;
  private final LongSupplier utcNanos;
  private int panId = 0xFFFF;
  private int sequence;

  /**
   * Begins a capture.
   *
   * @param sink takes the file's octets, each view valid until the call returns
   * @param utcNanos nanoseconds since the Unix epoch
   * @param portName shown as the capture's interface
   */
  public Capture(Consumer<Octets> sink, LongSupplier utcNanos, String portName) {
    this.writer = new CaptureWriter(sink, LinkType.IEEE802_15_4_WITHFCS, portName, COMMENT);
    this.utcNanos = utcNanos;
  }

  /** The network that the following messages are in. */
  public void network(Network network) {
    panId = network.panId();
  }

  /** A message that the host gave to the stick. */
  public void sent(Outgoing message) {
    write(
        0,
        message.destination(),
        message.profileId(),
        message.clusterId(),
        message.sourceEndpoint(),
        message.destinationEndpoint(),
        message.acknowledged(),
        message.data(),
        "given to the stick" + (message.encrypted() ? ", to be sent with APS encryption" : ""));
  }

  /** A message that the stick gave to the host. */
  public void received(Incoming message) {
    write(
        message.source(),
        message.broadcast() ? Outgoing.BROADCAST_RX_ON : 0,
        message.profileId(),
        message.clusterId(),
        message.sourceEndpoint(),
        message.destinationEndpoint(),
        false,
        message.data(),
        "received, link quality "
            + message.linkQuality()
            + (message.encrypted() ? ", with APS encryption" : ""));
  }

  private void write(
      int source,
      int destination,
      int profileId,
      int clusterId,
      int sourceEndpoint,
      int destinationEndpoint,
      boolean acknowledgement,
      Octets zcl,
      String comment) {
    sequence = (sequence + 1) & OCTET;
    AirFrame frame =
        new AirFrame(
            panId,
            source,
            destination,
            sequence,
            sequence,
            sequence,
            profileId,
            clusterId,
            sourceEndpoint,
            destinationEndpoint,
            acknowledgement,
            zcl);
    writer.packet(utcNanos.getAsLong(), frame.octets(), comment);
  }
}
