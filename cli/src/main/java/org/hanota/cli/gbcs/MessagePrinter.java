// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.gbcs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HexFormat;
import org.hanota.gbcs.Message;

/** Prints a message that was made: its octets in hexadecimal, or a JSON object with them. */
record MessagePrinter(PrintWriter out) {
  void print(Message message, Keys keys, boolean json) throws IOException {
    String octets = HexFormat.of().withUpperCase().formatHex(message.octets().toByteArray());
    if (!json) {
      out.println(octets);
      return;
    }
    ObjectNode node = MessageJson.of(Inspected.of("-", message.octets(), new ArrayList<>(), keys));
    node.put("octets", octets);
    node.toPrettyString().lines().forEach(out::println);
  }
}
