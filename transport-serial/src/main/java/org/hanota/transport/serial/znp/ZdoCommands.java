// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.znp;

import java.util.Optional;
import org.hanota.api.OctetReader;
import org.hanota.api.OctetWriter;
import org.hanota.api.Octets;
import org.hanota.transport.serial.stick.Dialect;
import org.hanota.transport.serial.stick.Zdo;

/**
 * Questions to device objects as the stick's commands: the command's second octet is the cluster,
 * its data are those of the cluster, most behind the address of the node that is asked or answers.
 */
public final class ZdoCommands {
  private static final int REQUEST = 0x25;
  private static final int ANSWER = 0x45;
  private static final int ANSWER_BIT = 0x80;

  private ZdoCommands() {}

  /** The command that asks. */
  static ZnpFrame of(Zdo.Question question) {
    OctetWriter out = new OctetWriter(question.data().length() + 2);
    if (hasAddress(question.clusterId())) {
      out.uint16le(question.destination());
    }
    return new ZnpFrame(REQUEST, question.clusterId(), out.octets(question.data()).toOctets());
  }

  private static boolean hasAddress(int clusterId) {
    return clusterId != Zdo.NWK_ADDR_REQ && clusterId != Zdo.IEEE_ADDR_REQ;
  }

  /** Reads a command that asks; empty if it is another one. */
  public static Optional<Zdo.Question> question(Command command, OctetReader in) {
    switch (command) {
      case ZDO_NWK_ADDR_REQ,
          ZDO_IEEE_ADDR_REQ,
          ZDO_NODE_DESC_REQ,
          ZDO_SIMPLE_DESC_REQ,
          ZDO_ACTIVE_EP_REQ,
          ZDO_MATCH_DESC_REQ -> {
        int destination = hasAddress(command.cmd1()) ? in.uint16le("DstAddr") : 0;
        return Optional.of(
            new Zdo.Question(destination, command.cmd1(), in.octets("data", in.remaining())));
      }
      default -> {
        return Optional.empty();
      }
    }
  }

  /** The indication of an answer that came from a node. */
  public static ZnpFrame answer(int source, int clusterId, Octets data) {
    OctetWriter out = new OctetWriter(data.length() + 2);
    if (hasAddress(clusterId & ~Zdo.ANSWER)) {
      out.uint16le(source);
    }
    return new ZnpFrame(
        ANSWER, (clusterId & ~Zdo.ANSWER) | ANSWER_BIT, out.octets(data).toOctets());
  }

  /** Tells the host what such an indication says. */
  static void answer(Command command, Octets data, Dialect.Host host) {
    OctetReader in = new OctetReader(data);
    int clusterId = command.cmd1() & ~ANSWER_BIT;
    if (hasAddress(clusterId)) {
      in.uint16le("SrcAddr");
    }
    Zdo.answer(clusterId | Zdo.ANSWER, in, host);
  }
}
