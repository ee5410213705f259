// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.stick;

import java.util.ArrayList;
import java.util.List;
import org.hanota.api.Eui64;
import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;

/**
 * The questions that a host has to the device objects of nodes, and their answers: their data as
 * ZigBee carries them behind the transaction's number, whatever family of stick asks. [ZigBee 2.4]
 */
public final class Zdo {
  /** The profile of these messages, and their endpoint, are 0. */
  public static final int PROFILE = 0;

  /** Who has this EUI-64? */
  public static final int NWK_ADDR_REQ = 0x0000;

  /** What is your EUI-64? */
  public static final int IEEE_ADDR_REQ = 0x0001;

  /** What kind of node are you? */
  public static final int NODE_DESC_REQ = 0x0002;

  /** What is this endpoint? */
  public static final int SIMPLE_DESC_REQ = 0x0004;

  /** Which endpoints do you have? */
  public static final int ACTIVE_EP_REQ = 0x0005;

  /** Which of your endpoints have these clusters? */
  public static final int MATCH_DESC_REQ = 0x0006;

  /** A node tells its addresses by itself. */
  public static final int DEVICE_ANNCE = 0x0013;

  /** Go; or a node goes. */
  public static final int MGMT_LEAVE_REQ = 0x0034;

  /** Let others join, or no longer. */
  public static final int MGMT_PERMIT_JOINING_REQ = 0x0036;

  /** In the cluster of an answer, beside the question's. */
  public static final int ANSWER = 0x8000;

  /** The node of interest, or what it asks for, is not there. */
  public static final int DEVICE_NOT_FOUND = 0x81;

  /** How a family asks. */
  @FunctionalInterface
  public interface Asker {
    /**
     * @param refused called if the stick does not even ask
     */
    void ask(Question question, Runnable refused);
  }

  /**
   * A question.
   *
   * @param destination short address, or a broadcast address
   * @param clusterId which question
   * @param data what follows the transaction's number
   */
  public record Question(int destination, int clusterId, Octets data) {}

  private final Asker asker;

  /** Questions that are asked in that way. */
  public Zdo(Asker asker) {
    this.asker = asker;
  }

  private void ask(int destination, int clusterId, OctetWriter data, Runnable refused) {
    asker.ask(new Question(destination, clusterId, data.toOctets()), refused);
  }

  /** To all: who has this EUI-64? */
  void shortAddress(Eui64 address, Runnable refused) {
    OctetWriter out = new OctetWriter(10).int64le(address.value()).uint8(0).uint8(0);
    ask(Outgoing.BROADCAST_RX_ON, NWK_ADDR_REQ, out, refused);
  }

  /** To a node: what is your EUI-64? */
  void name(int shortAddress, Runnable refused) {
    OctetWriter out = new OctetWriter(4).uint16le(shortAddress).uint8(0).uint8(0);
    ask(shortAddress, IEEE_ADDR_REQ, out, refused);
  }

  /** To all: who has a server of this cluster? */
  void match(int profileId, int clusterId, Runnable refused) {
    OctetWriter out = new OctetWriter(8).uint16le(Outgoing.BROADCAST_RX_ON).uint16le(profileId);
    out.uint8(1).uint16le(clusterId).uint8(0);
    ask(Outgoing.BROADCAST_RX_ON, MATCH_DESC_REQ, out, refused);
  }

  /** To a node: which endpoints do you have? */
  void endpoints(int shortAddress, Runnable refused) {
    ask(shortAddress, ACTIVE_EP_REQ, new OctetWriter(2).uint16le(shortAddress), refused);
  }

  /** To a node: what is this endpoint? */
  void descriptor(int shortAddress, int endpoint, Runnable refused) {
    OctetWriter out = new OctetWriter(3).uint16le(shortAddress).uint8(endpoint);
    ask(shortAddress, SIMPLE_DESC_REQ, out, refused);
  }

  /**
   * Tells the host what a node answered; other answers concern nobody here.
   *
   * @param clusterId of the answer
   * @param in what follows the transaction's number
   * @throws org.hanota.api.FormatException if it is cut off
   */
  public static void answer(int clusterId, OctetReader in, Dialect.Host host) {
    switch (clusterId & ~ANSWER) {
      case NWK_ADDR_REQ, IEEE_ADDR_REQ -> {
        boolean known = in.uint8("Status") == 0;
        Eui64 address = new Eui64(in.int64le("IEEEAddrRemoteDev"));
        host.addresses(known, new DeviceAddresses(in.uint16le("NWKAddrRemoteDev"), address));
      }
      case MATCH_DESC_REQ -> {
        boolean found = in.uint8("Status") == 0;
        int shortAddress = in.uint16le("NWKAddrOfInterest");
        if (found) {
          host.matches(shortAddress, endpoints(in, "MatchList"));
        }
      }
      case ACTIVE_EP_REQ -> {
        boolean told = in.uint8("Status") == 0;
        int shortAddress = in.uint16le("NWKAddrOfInterest");
        host.endpoints(shortAddress, told ? endpoints(in, "ActiveEPList") : List.of());
      }
      case SIMPLE_DESC_REQ -> {
        boolean told = in.uint8("Status") == 0;
        int shortAddress = in.uint16le("NWKAddrOfInterest");
        if (told) {
          in.uint8("Length");
          host.descriptor(shortAddress, SimpleDescriptor.decode(in));
        } else {
          host.noDescriptor(shortAddress);
        }
      }
      default -> {
        // Nobody asked for it.
      }
    }
  }

  private static List<Integer> endpoints(OctetReader in, String field) {
    List<Integer> endpoints = new ArrayList<>();
    int count = in.uint8("number of endpoints");
    for (int i = 0; i < count; i++) {
      endpoints.add(in.uint8(field));
    }
    return endpoints;
  }
}
