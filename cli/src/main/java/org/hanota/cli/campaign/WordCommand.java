// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.campaign;

import com.fasterxml.jackson.databind.node.ObjectNode;
import picocli.CommandLine.Parameters;

/** A word to a campaign. */
abstract class WordCommand extends ControlCommand {
  @Parameters(paramLabel = "CAMPAIGN", description = "Its name.")
  private String campaign = "";

  @Override
  int run(RemoteHeadEnd remote) {
    return said(remote.say(spec.name(), add(object().put("campaign", campaign))));
  }

  /** What else the word says. */
  ObjectNode add(ObjectNode body) {
    return body;
  }
}
