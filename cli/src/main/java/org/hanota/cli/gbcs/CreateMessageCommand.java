// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.gbcs;

import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.ExitCode;
import org.hanota.gbcs.GroupingHeader;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.field.CosemDateTime;
import org.hanota.gbcs.key.KeyUsage;
import org.hanota.gbcs.payload.CraFlag;
import org.hanota.gbcs.payload.MessageCode;
import org.hanota.gbcs.payload.Payload;
import org.hanota.gbcs.payload.ReadDeviceLog;
import org.hanota.gbcs.payload.ReadEsmeFirmwareVersion;
import org.hanota.gbcs.payload.ReadFirmwareVersion;
import org.hanota.gbcs.payload.ReadGsmeFirmwareVersion;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code hanota gbcs create message}. */
@Command(
    name = "message",
    mixinStandardHelpOptions = true,
    description = {
      "Makes a message of any use case that gbcs reads.",
      "It has the signature and the MAC that it must have, as far as the keystore has their keys."
    },
    footer = {
      "",
      "Example:",
      "  hanota gbcs create message --code 0129 --counter 1000 \\",
      "    --originator 90B3D51F30000002 --recipient 00DB1234567890A4 --keystore keys"
    })
final class CreateMessageCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--code",
      paramLabel = "HEX",
      required = true,
      converter = CodeConverter.class,
      description = "Message code, as in 0129 for CS08; gbcs inspect shows it.")
  private MessageCode code = MessageCode.CS08;

  @Option(
      names = "--flag",
      paramLabel = "FLAG",
      converter = FlagConverter.class,
      description = "command, response or alert (default: the first of these that the code has).")
  private @Nullable CraFlag flag;

  @Option(
      names = "--payload",
      paramLabel = "FILE",
      description =
          "File with the payload in hexadecimal; - is standard input. Commands that read a "
              + "version or the device log need none.")
  private @Nullable Path payload;

  @Mixin private final Sender sender = new Sender();

  @Option(names = "--recipient", paramLabel = "EUI64", required = true, description = "For whom.")
  private Eui64 recipient = Eui64.UNKNOWN;

  @Option(
      names = "--time",
      paramLabel = "TIME",
      converter = CosemTimeConverter.class,
      description = "Time in the header of a response: UTC, as in 2030-01-15T09:00:00Z.")
  private @Nullable CosemDateTime time;

  @ArgGroup(exclusive = false)
  private @Nullable OnBehalf onBehalf;

  @Option(names = "--json", description = "Prints a JSON object.")
  private boolean json;

  /** For whom the access control broker sends. */
  static final class OnBehalf {
    @Option(
        names = "--on-behalf-of",
        paramLabel = "EUI64",
        required = true,
        description = "The remote party for whom the originator sends.")
    private Eui64 party = Eui64.UNKNOWN;

    @Option(
        names = "--on-behalf-counter",
        paramLabel = "N",
        required = true,
        description = "That party's counter.")
    private long counter;
  }

  @Override
  public Integer call() throws IOException {
    Keys keys = sender.keystore().demand();
    Message message = Message.of(header(), content());
    if (code.signed()) {
      message = message.sign(sender.signingKey(keys));
    }
    if (code.maced(message.header().craFlag())) {
      message = maced(message, keys);
    }
    new MessagePrinter(spec.commandLine().getOut()).print(message, keys, json);
    return ExitCode.DONE;
  }

  private CraFlag flag() {
    CraFlag named = flag;
    if (named == null) {
      return CraFlag.ALL.stream().filter(code.flags()::contains).findFirst().orElseThrow();
    }
    if (!code.flags().contains(named)) {
      List<String> allowed =
          CraFlag.ALL.stream().filter(code.flags()::contains).map(CraFlag::officialName).toList();
      throw usage(
          "--flag: found "
              + named.officialName()
              + ", allowed for "
              + code
              + " "
              + String.join(" or ", allowed));
    }
    return named;
  }

  private GroupingHeader header() {
    GroupingHeader header =
        new GroupingHeader(
            flag(),
            sender.counter(),
            sender.originator(),
            recipient,
            Optional.ofNullable(time),
            code,
            Optional.empty());
    OnBehalf named = onBehalf;
    return named == null ? header : header.onBehalfOf(named.party, named.counter);
  }

  private Payload content() throws IOException {
    Path file = payload;
    if (file == null) {
      return fixed().orElseThrow(this::payloadMissing);
    }
    try {
      return code.parse(flag(), HexFile.read(file));
    } catch (FormatException wrong) {
      throw CommandFailed.at(file, wrong);
    }
  }

  private CommandFailed payloadMissing() {
    String easier =
        code == MessageCode.CS06 && flag() == CraFlag.COMMAND
            ? "; hanota gbcs create cs06 makes it from a hash"
            : "";
    return usage(
        "--payload FILE is missing: the %s of %s in hexadecimal%s"
            .formatted(flag().officialName(), code.useCase(), easier));
  }

  /** What is the same in every command of its code. */
  private Optional<Payload> fixed() {
    if (flag() != CraFlag.COMMAND) {
      return Optional.empty();
    }
    int invokeId = header().longInvokeId();
    return switch (code) {
      case CS08 -> Optional.of(new ReadFirmwareVersion.Command());
      case GCS38 -> Optional.of(new ReadGsmeFirmwareVersion.Command());
      case ECS52 -> Optional.of(new ReadEsmeFirmwareVersion.Command(invokeId));
      case CCS05_CCS04 -> Optional.of(new ReadDeviceLog.Command(invokeId));
      default -> Optional.empty();
    };
  }

  /** Either end can make the MAC: the agreement gives both the same secret. */
  private Message maced(Message message, Keys keys) {
    Eui64 device = message.header().device();
    Optional<Eui64> party =
        message.header().craFlag() == CraFlag.COMMAND ? keys.broker() : Optional.of(recipient);
    Optional<Message> done =
        party.flatMap(
            other ->
                addMac(message, keys, other, device)
                    .or(() -> addMac(message, keys, device, other)));
    if (done.isEmpty()) {
      String missing =
          sender.keystore()
              + " lacks the key agreement key of "
              + party.map(Eui64::toString).orElse("the access control broker")
              + " or of "
              + device
              + ", with the certificate of the other";
      if (message.header().craFlag() != CraFlag.COMMAND) {
        throw new CommandFailed("no MAC, which this message must have: " + missing);
      }
      spec.commandLine().getErr().println("hanota: a pre-command without MAC, because " + missing);
    }
    return done.orElse(message);
  }

  private static Optional<Message> addMac(Message message, Keys keys, Eui64 own, Eui64 other) {
    return keys.store()
        .privateKey(own, KeyUsage.KEY_AGREEMENT)
        .flatMap(
            mine ->
                keys.store()
                    .certificate(other, KeyUsage.KEY_AGREEMENT)
                    .map(theirs -> message.addMac(mine, theirs.publicKey())));
  }

  private static CommandFailed usage(String line) {
    return new CommandFailed(ExitCode.USAGE, line);
  }

  /** Four hexadecimal digits of a code that is known. */
  static final class CodeConverter implements ITypeConverter<MessageCode> {
    @Override
    public MessageCode convert(String value) {
      Optional<MessageCode> code = Optional.empty();
      if (value.matches("(0[xX])?[0-9A-Fa-f]{1,4}")) {
        code = MessageCode.of(Integer.parseInt(value.replaceFirst("^0[xX]", ""), 16));
      }
      return code.orElseThrow(
          () ->
              new TypeConversionException(
                  "found "
                      + value
                      + ", allowed "
                      + String.join(
                          ", ",
                          MessageCode.ALL.stream()
                              .map(known -> known + " " + known.useCase())
                              .toList())));
    }
  }

  /** The word for a flag. */
  static final class FlagConverter implements ITypeConverter<CraFlag> {
    @Override
    public CraFlag convert(String value) {
      return CraFlag.ALL.stream()
          .filter(flag -> flag.officialName().equals(value))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "found " + value + ", allowed command, response, alert"));
    }
  }

  /** A UTC time. */
  static final class CosemTimeConverter implements ITypeConverter<CosemDateTime> {
    @Override
    public CosemDateTime convert(String value) {
      try {
        return CosemDateTime.ofUtcMillis(Instant.parse(value).toEpochMilli());
      } catch (DateTimeException | IllegalArgumentException e) {
        throw new TypeConversionException(
            "found " + value + ", allowed UTC, as in 2030-01-15T09:00:00Z");
      }
    }
  }
}
