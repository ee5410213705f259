// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.campaign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.Counted;
import org.hanota.cli.ExitCode;
import org.hanota.cli.Printable;
import org.hanota.cli.hub.NetworkOptions;
import org.hanota.transport.serial.port.HostPort;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What the commands that steer campaigns share. */
abstract class ControlCommand implements Callable<Integer> {
  @Spec CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--headend",
      paramLabel = "HOST:PORT",
      description = "Where the head end serves (default: ${DEFAULT-VALUE}).")
  private HostPort headend = HostPort.parse("localhost:8079");

  @Mixin private final NetworkOptions network = new NetworkOptions();

  @Option(names = "--json", description = "Prints JSON, one object a line.")
  boolean json;

  @Override
  public Integer call() throws IOException {
    RemoteHeadEnd remote =
        RemoteHeadEnd.at(NetworkOptions.resolve(headend), network.security("operator"));
    try {
      return run(remote);
    } catch (RemoteHeadEnd.Unreachable unreachable) {
      throw new CommandFailed(String.valueOf(unreachable.getMessage()));
    }
  }

  /** The command itself; returns the exit code. */
  abstract int run(RemoteHeadEnd remote) throws IOException;

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  PrintWriter out() {
    return spec.commandLine().getOut();
  }

  /** A line that has names and reasons of others in it. */
  void line(String text) {
    out().println(Printable.line(text));
  }

  /** Prints what became of a word. */
  int said(JsonNode answer) {
    boolean isDone = answer.path("done").asBoolean();
    if (json) {
      out().println(answer);
    } else if (isDone) {
      line(
          "campaign %s is %s, %s under way"
              .formatted(
                  answer.path("campaign").asText(),
                  answer.path("state").asText(),
                  Counted.of(answer.path("underWay").asLong(), "request")));
    } else {
      throw new CommandFailed(
          Printable.line(
              "campaign %s, %s: %s"
                  .formatted(
                      answer.path("campaign").asText(),
                      answer.path("word").asText(),
                      answer.path("reason").asText())));
    }
    return isDone ? ExitCode.DONE : ExitCode.WRONG;
  }
}
