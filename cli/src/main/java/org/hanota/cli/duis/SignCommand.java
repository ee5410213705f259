// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.duis;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.Existing;
import org.hanota.cli.ExitCode;
import org.hanota.cli.OutputFile;
import org.hanota.cli.gbcs.Keys;
import org.hanota.cli.headend.XmlKeys;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.key.KeyUsage;
import org.hanota.headend.dsp.Transform;
import org.hanota.headend.duis.Duis;
import org.hanota.headend.duis.signature.Verdict;
import org.hanota.headend.request.CommandVariant;
import org.hanota.headend.request.DuisMessage;
import org.hanota.headend.request.FirmwareRequest.ActivateFirmware;
import org.hanota.headend.request.Request;
import org.hanota.headend.request.Response;
import org.hanota.headend.request.ResponseBody.ResponseMessage;
import org.hanota.headend.request.ResponseContent;
import org.hanota.headend.request.ServiceRequest.SignedPreCommand;
import org.hanota.keys.PrivateKey;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code hanota duis sign}: a supplier signs the pre-command that answers his request. */
@Command(
    name = "sign",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Signs the pre-command with which a DCC answered an 11.3, as a supplier's system does, to be"
          + " put to the DCC's serviceS.",
      "The answer must be signed by the DCC, and the pre-command be what the request asked for,"
          + " octet for octet."
    },
    footer = {
      "",
      "Example:",
      "  hanota duis sign 2.xml received/000003.xml --keystore gbcs/supplier \\",
      "    --xml-keys gbcs/supplier-xml -o 3.xml"
    })
final class SignCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "REQUEST", description = "The 11.3 that was put.")
  private Path asked = Path.of("");

  @Parameters(index = "1", paramLabel = "ANSWER", description = "What the DCC said to it.")
  private Path answered = Path.of("");

  @Mixin private final Keys.Folder keystore = new Keys.Folder();

  @Mixin private final XmlKeys xmlKeys = new XmlKeys();

  @Option(
      names = {"-o", "--out"},
      paramLabel = "FILE",
      required = true,
      description = "The signed pre-command.")
  private Path output = Path.of("");

  @Mixin private final Existing.Choice choice = new Existing.Choice();

  @Override
  public Integer call() throws IOException {
    Keys keys = keystore.demand();
    DuisMessage put = read(asked);
    if (!(put instanceof Request request) || !(request.body() instanceof ActivateFirmware order)) {
      throw new CommandFailed(asked + ": is no request 11.3, allowed one");
    }
    Message expected = Transform.preCommand(request.id(), order);
    Response response = response();
    if (!response.requestId().equals(Optional.of(request.id()))) {
      throw new CommandFailed(
          answered
              + ": answers "
              + response.requestId().map(Object::toString).orElse("no request")
              + ", allowed "
              + request.id());
    }
    if (!expected.octets().equals(preCommand(response))) {
      throw new CommandFailed(
          answered + ": the pre-command is not what " + asked + " asks for; nothing is signed");
    }
    PrivateKey key =
        keys.store()
            .privateKey(request.id().originator(), KeyUsage.DIGITAL_SIGNATURE)
            .orElseThrow(
                () ->
                    new CommandFailed(
                        keystore
                            + ": has no "
                            + request.id().originator()
                            + "-ds.pem with its .key"));
    Request signed =
        new Request(
            request.schemaVersion(),
            request.id(),
            CommandVariant.SIGNED_COMMAND,
            request.service(),
            new SignedPreCommand(order.executionDateTime(), expected.sign(key).octets()));
    Octets xml = xmlKeys.signer(request.id().originator()).sign(signed);
    OutputFile.write(output, xml.toByteArray(), choice.existing());
    spec.commandLine()
        .getOut()
        .println(output + ": signed pre-command " + request.id() + ", for /api/v1/serviceS");
    return ExitCode.DONE;
  }

  private static DuisMessage read(Path file) throws IOException {
    try {
      return Duis.read(MessageFile.read(file));
    } catch (FormatException wrong) {
      throw CommandFailed.at(file, wrong);
    }
  }

  /** What the DCC signed, and nobody else. */
  private Response response() throws IOException {
    Octets octets = MessageFile.read(answered);
    Verdict verdict;
    try {
      verdict = xmlKeys.dcc().verify(octets);
    } catch (FormatException wrong) {
      throw CommandFailed.at(answered, wrong);
    }
    if (verdict instanceof Verdict.Verified verified
        && verified.message() instanceof Response response) {
      return response;
    }
    throw new CommandFailed(
        answered
            + ": "
            + (verdict instanceof Verdict.Refused refused
                ? refused.reason()
                : "is no answer that the DCC signed"));
  }

  private Octets preCommand(Response response) {
    if (response.body() instanceof ResponseMessage message
        && message.content().isPresent()
        && message.content().get() instanceof ResponseContent.PreCommand given) {
      return given.gbcsPayload();
    }
    throw new CommandFailed(
        answered + ": says " + response.code() + " and has no pre-command, allowed one that has");
  }
}
