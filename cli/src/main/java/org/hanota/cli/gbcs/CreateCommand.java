// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.gbcs;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.ExitCode;
import org.hanota.gbcs.GroupingHeader;
import org.hanota.gbcs.Message;
import org.hanota.gbcs.field.GeneralizedTime;
import org.hanota.gbcs.key.Certificate;
import org.hanota.gbcs.key.KeyUsage;
import org.hanota.gbcs.payload.ActivateFirmware;
import org.hanota.gbcs.payload.ActivateFirmware.Activation;
import org.hanota.gbcs.payload.MessageCode;
import org.hanota.keys.PrivateKey;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** {@code hanota gbcs create}. */
@Command(
    name = "create",
    mixinStandardHelpOptions = true,
    description = "Makes a message.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = CreateMessageCommand.class)
public final class CreateCommand {
  @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

  /** Made by picocli. */
  public CreateCommand() {}

  /** When to activate; neither means at once. */
  static final class When {
    @Option(
        names = "--at",
        paramLabel = "TIME",
        converter = TimeConverter.class,
        description = "Future dated: UTC, as in 2030-01-15T09:00:00Z.")
    private @Nullable GeneralizedTime at;

    @Option(names = "--cancel", description = "Cancels what was future dated.")
    private boolean cancel;

    Activation activation() {
      if (cancel) {
        return new Activation.Cancel();
      }
      return at == null ? new Activation.Now() : new Activation.At(at);
    }
  }

  @Command(
      name = "cs06",
      mixinStandardHelpOptions = true,
      description = "Makes a signed Activate Firmware command in hexadecimal.",
      footer = {
        "",
        "Example:",
        "  hanota gbcs create cs06 --hash 7542..bb36 --counter 1000 \\",
        "    --device 00DB1234567890A0 --originator 90B3D51F30010000 \\",
        "    --keystore keys > command.HEX",
        "",
        "Without the access control broker's private key a signed pre-command is written."
      })
  int cs06(
      @Option(
              names = "--hash",
              paramLabel = "HEX",
              required = true,
              converter = HashConverter.class,
              description = "Manufacturer Image Hash, 64 digits.")
          Octets hash,
      @Option(
              names = "--device",
              paramLabel = "EUI64",
              required = true,
              description = "The device that shall activate.")
          Eui64 device,
      @Mixin Sender sender,
      @ArgGroup @Nullable When when,
      @Option(
              names = "--allow-past",
              description = "Takes an --at that is past: the device acts when it hears of it.")
          boolean allowPast,
      @Option(names = "--json", description = "Prints a JSON object.") boolean json)
      throws IOException {
    long counter = sender.counter();
    Activation activation = when == null ? new Activation.Now() : when.activation();
    if (activation instanceof Activation.At at && !allowPast) {
      refusePast(at.executionDateTime());
    }
    Keys keys = sender.keystore().demand();
    Message signed =
        Message.of(
                GroupingHeader.command(MessageCode.CS06, counter, sender.originator(), device),
                new ActivateFirmware.Command(hash, counter, activation))
            .sign(sender.signingKey(keys));
    Message message = addMac(signed, keys, device);
    if (message.mac().isEmpty()) {
      commandLine().getErr().println("hanota: " + why(keys, sender.keystore(), device));
    }
    new MessagePrinter(commandLine().getOut()).print(message, keys, json);
    return ExitCode.DONE;
  }

  /** A device acts at once on a time that is past, which is seldom meant. */
  private static void refusePast(GeneralizedTime at) {
    Instant due = Instant.ofEpochMilli(at.utcMillis());
    if (due.isBefore(Instant.now())) {
      throw new CommandFailed(
          "--at is "
              + due
              + ", which is past, and the device would act at once; leave --at out, or say "
              + "--allow-past");
    }
  }

  private static Message addMac(Message signed, Keys keys, Eui64 device) {
    Optional<PrivateKey> mine = brokerKey(keys);
    Optional<Certificate> theirs = keys.store().certificate(device, KeyUsage.KEY_AGREEMENT);
    return mine.flatMap(key -> theirs.map(with -> signed.addMac(key, with.publicKey())))
        .orElse(signed);
  }

  private static Optional<PrivateKey> brokerKey(Keys keys) {
    return keys.broker().flatMap(broker -> keys.store().privateKey(broker, KeyUsage.KEY_AGREEMENT));
  }

  private static String why(Keys keys, Keys.Folder keystore, Eui64 device) {
    String missing =
        brokerKey(keys).isEmpty()
            ? "the access control broker's key agreement key"
            : "the key agreement certificate of " + device;
    return "a signed pre-command without MAC, because " + keystore + " lacks " + missing;
  }

  private CommandLine commandLine() {
    if (spec == null) {
      throw new AssertionError("not run by picocli");
    }
    return spec.commandLine();
  }

  /** Sixty-four digits. */
  static final class HashConverter implements ITypeConverter<Octets> {
    private static final int LENGTH = 32;

    @Override
    public Octets convert(String value) {
      Octets hash;
      try {
        hash = Octets.fromHex(value);
      } catch (FormatException e) {
        throw new TypeConversionException("found " + e.found() + ", allowed " + e.allowed());
      }
      if (hash.length() != LENGTH) {
        throw new TypeConversionException("found " + hash.length() + " octets, allowed " + LENGTH);
      }
      return hash;
    }
  }

  /** A UTC time in whole seconds. */
  static final class TimeConverter implements ITypeConverter<GeneralizedTime> {
    @Override
    public GeneralizedTime convert(String value) {
      try {
        Instant instant = Instant.parse(value);
        GeneralizedTime time = GeneralizedTime.ofUtcMillis(instant.toEpochMilli());
        if (instant.toEpochMilli() == time.utcMillis()
            && !time.equals(GeneralizedTime.CANCELLATION)) {
          return time;
        }
      } catch (DateTimeException | IllegalArgumentException e) {
        // Refused below, in the same words.
      }
      throw new TypeConversionException(
          "found " + value + ", allowed UTC in whole seconds, as in 2030-01-15T09:00:00Z");
    }
  }
}
