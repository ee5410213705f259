// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * What a user is told of a call that cannot be read: one line that names the option which is wrong.
 * The usage, which would push that line off the screen, is printed on {@code --help} only.
 *
 * <p>What picocli calls are classes here and no lambdas: its class files are of Java 5, and the
 * virtual machine of JDK 17 crashes when it archives several lambdas that implement its interfaces.
 */
final class WrongCall implements CommandLine.IParameterExceptionHandler {
  private WrongCall() {}

  /** Sets this voice for a command and all below it. */
  static CommandLine voice(CommandLine command) {
    return command
        .registerConverter(int.class, new Numeric<>("no whole number", Integer::valueOf))
        .registerConverter(Integer.class, new Numeric<>("no whole number", Integer::valueOf))
        .registerConverter(long.class, new Numeric<>("no whole number", Long::valueOf))
        .registerConverter(Long.class, new Numeric<>("no whole number", Long::valueOf))
        .registerConverter(double.class, new Numeric<>("no number", Double::valueOf))
        .registerConverter(Double.class, new Numeric<>("no number", Double::valueOf))
        .registerConverter(boolean.class, new Flag())
        .registerConverter(Boolean.class, new Flag())
        .registerConverter(Path.class, new PathName())
        .registerConverter(Eui64.class, new Address())
        .setParameterExceptionHandler(new WrongCall());
  }

  @Override
  public int handleParseException(ParameterException fault, String[] arguments) {
    CommandLine command = fault.getCommandLine();
    boolean isBareGroup =
        fault.getClass() == ParameterException.class
            && fault.getArgSpec() == null
            && !command.getSubcommands().isEmpty();
    if (isBareGroup) {
      command.usage(command.getOut());
      return ExitCode.DONE;
    }
    String name = command.getCommandSpec().qualifiedName();
    command.getErr().println("hanota: " + text(fault) + " (" + name + " --help)");
    return ExitCode.USAGE;
  }

  private static String text(ParameterException fault) {
    if (fault instanceof UnmatchedArgumentException unmatched) {
      return unmatched(unmatched);
    }
    if (fault instanceof MissingParameterException missing) {
      // A name that is spelt wrongly is the fault, and not that the right one is missing.
      CommandLine command = fault.getCommandLine();
      List<String> unknown = command.getUnmatchedArguments();
      return unknown.isEmpty()
          ? missing(missing)
          : unmatched(new UnmatchedArgumentException(command, unknown));
    }
    if (fault instanceof OverwrittenOptionException twice) {
      return name(twice.getOverwritten()) + " is given twice";
    }
    ArgSpec arg = fault.getArgSpec();
    if (arg == null) {
      return message(fault);
    }
    // The library says first which option it is, in its own way.
    String what = message(fault).replaceFirst("^Invalid value for [^:]*: ", "");
    if (arg.isMultiValue() && what.contains("KEY=VALUE format")) {
      what = "'" + fault.getValue() + "' is no " + arg.paramLabel();
    }
    return name(arg) + ": " + what;
  }

  private static String message(ParameterException fault) {
    return Objects.requireNonNullElse(fault.getMessage(), "cannot be read");
  }

  private static String unmatched(UnmatchedArgumentException fault) {
    String found = fault.getUnmatched().get(0);
    List<String> like = fault.getSuggestions();
    if (fault.isUnknownOption()) {
      String option = found.contains("=") ? found.substring(0, found.indexOf('=')) : found;
      return "unknown option " + option + (like.isEmpty() ? "" : "; is " + like.get(0) + " meant?");
    }
    CommandLine command = fault.getCommandLine();
    if (command.getSubcommands().isEmpty()) {
      return "'" + found + "' is one argument too many";
    }
    return "no command '"
        + found
        + "'; there are "
        + String.join(", ", command.getSubcommands().keySet());
  }

  private static String missing(MissingParameterException fault) {
    List<ArgSpec> missing = fault.getMissing();
    boolean isValue =
        missing.size() == 1 && missing.get(0).isOption() && message(fault).contains(" for option ");
    if (isValue) {
      return name(missing.get(0)) + " needs a value: " + missing.get(0).paramLabel();
    }
    return "missing: "
        + missing.stream()
            .map(arg -> arg.isOption() ? name(arg) + " " + arg.paramLabel() : name(arg))
            .collect(Collectors.joining(", "));
  }

  private static String name(ArgSpec arg) {
    return arg instanceof OptionSpec option ? option.longestName() : arg.paramLabel();
  }

  private record Numeric<T>(String what, Function<String, T> read)
      implements CommandLine.ITypeConverter<T> {
    @Override
    public T convert(String text) {
      try {
        return read.apply(text);
      } catch (NumberFormatException e) {
        throw new TypeConversionException("'" + text + "' is " + what);
      }
    }
  }

  private static final class Flag implements CommandLine.ITypeConverter<Boolean> {
    @Override
    public Boolean convert(String text) {
      if (!text.equals("true") && !text.equals("false")) {
        throw new TypeConversionException("takes no value, found '" + text + "'");
      }
      return Boolean.valueOf(text);
    }
  }

  private static final class Address implements CommandLine.ITypeConverter<Eui64> {
    @Override
    public Eui64 convert(String text) {
      try {
        return Eui64.parse(text);
      } catch (FormatException e) {
        throw new TypeConversionException(
            "'" + text + "' is no EUI-64; 16 hexadecimal digits, as in 00DB123400000000");
      }
    }
  }

  private static final class PathName implements CommandLine.ITypeConverter<Path> {
    @Override
    public Path convert(String text) {
      try {
        return Path.of(text);
      } catch (InvalidPathException e) {
        throw new TypeConversionException(
            "'" + text + "' cannot be the name of a file in this locale; try with LC_ALL=C.UTF-8");
      }
    }
  }
}
