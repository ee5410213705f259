// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.duis;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.api.file.SavedText;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.Printable;
import org.hanota.gbcs.key.Certificate;
import org.hanota.headend.duis.signature.SignatureVerifier;
import org.hanota.headend.duis.signature.Verdict;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code hanota duis verify}. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = "Checks who sent messages and says which step failed.",
    footer = {
      "",
      "Example:",
      "  hanota duis verify --certificates keys response.xml",
      "",
      "A certificate must be valid at the time of the message: its ResponseDateTime, the counter"
          + " of",
      "a request where that is a time in milliseconds, or --at. Ends with 1 when one message is",
      "wrong, or lacks the signature that it must have. An acknowledgement has none."
    })
final class VerifyCommand implements Callable<Integer> {
  private static final int CERTIFICATE_MAX = 1 << 16;

  @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

  @Mixin private final MessageFiles files = new MessageFiles();

  @Option(
      names = "--certificates",
      paramLabel = "FOLDER",
      description = "Certificates of users and of the DCC, *.pem; without it nobody is known.")
  private @Nullable Path certificates;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "When the certificates must be valid, as in 2026-11-29T06:30:00Z.")
  private @Nullable String at;

  /**
   * What became of one message.
   *
   * @param result verified, acknowledgement, refused or unreadable
   * @param step which step failed; empty where none did
   * @param reason why, or whose it is
   */
  private record Result(String result, String step, String reason) {
    boolean isGood() {
      return step.isEmpty();
    }

    String text() {
      return isGood()
          ? result + ", " + reason
          : result.toUpperCase(Locale.ROOT) + " at step \"" + step + "\": " + reason;
    }
  }

  @Override
  public Integer call() throws IOException {
    CommandLine command = commandLine(spec);
    Optional<Instant> given = given(command);
    SignatureVerifier verifier = new SignatureVerifier(known());
    return files.each(command, file -> said(file, check(file, verifier, given)));
  }

  private static MessageFiles.Said said(Path file, Result result) {
    ObjectNode object = new ObjectMapper().createObjectNode();
    object.put("file", file.toString());
    object.put("result", result.result());
    object.put("step", result.step());
    object.put("reason", result.reason());
    return new MessageFiles.Said(
        Printable.line(file + ": " + result.text()), object, result.isGood());
  }

  private static Result check(Path file, SignatureVerifier verifier, Optional<Instant> given)
      throws IOException {
    try {
      Octets octets = MessageFile.read(file);
      return result(
          given.isPresent()
              ? verifier.verify(octets, given.get().toEpochMilli())
              : verifier.verify(octets));
    } catch (FormatException e) {
      return new Result("unreadable", "reading", String.valueOf(e.getMessage()));
    } catch (CommandFailed e) { // The other files are still checked.
      return new Result("unreadable", "reading", String.valueOf(e.getMessage()));
    }
  }

  private static Result result(Verdict verdict) {
    if (verdict instanceof Verdict.Refused refused) {
      return new Result("refused", refused.step().words(), refused.reason());
    }
    if (verdict instanceof Verdict.Verified verified) {
      return new Result("verified", "", "signed by " + verified.signer().subject());
    }
    return new Result("acknowledgement", "", "which nobody signs");
  }

  private List<Certificate> known() throws IOException {
    if (certificates == null) {
      return List.of();
    }
    if (!Files.isDirectory(certificates)) {
      throw new CommandFailed(certificates + ": is no folder; allowed one with *.pem");
    }
    List<Certificate> known = new ArrayList<>();
    try (Stream<Path> found = Files.list(certificates)) {
      for (Path file : found.filter(each -> each.toString().endsWith(".pem")).sorted().toList()) {
        try {
          known.add(Certificate.parsePem(SavedText.read(file, CERTIFICATE_MAX)));
        } catch (FormatException e) {
          throw CommandFailed.at(file, e);
        }
      }
    }
    return known;
  }

  private Optional<Instant> given(CommandLine command) {
    if (at == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(at).toInstant());
    } catch (DateTimeException e) {
      throw new CommandLine.ParameterException(
          command, "--at is " + at + ", allowed a time with an offset, as in 2026-11-29T06:30:00Z");
    }
  }

  static CommandLine commandLine(CommandLine.Model.@Nullable CommandSpec spec) {
    if (spec == null) {
      throw new AssertionError("not run by picocli");
    }
    return spec.commandLine();
  }
}
