// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.serial;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hanota.api.Width;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.ExitCode;
import org.hanota.transport.serial.StickFamily;
import org.hanota.transport.serial.StickProbe;
import org.hanota.transport.serial.ezsp.EmberZnet;
import org.hanota.transport.serial.port.BytePort;
import org.hanota.transport.serial.probe.StickReport;
import org.hanota.transport.serial.stick.Network;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code hanota serial probe}; its schema is {@code docs/schema/serial-probe.json}. */
@Command(
    name = "probe",
    mixinStandardHelpOptions = true,
    description = "Says which stick this is, its firmware, and what will work with it.",
    footer = {
      "",
      "Example:",
      "  hanota serial probe /dev/serial/by-id/usb-ITead_Sonoff_Zigbee-if00-port0",
      "",
      "Changes nothing on the stick; one of Silicon Labs restarts. Ends with 1 when it cannot be used, or is not there."
    })
public final class ProbeCommand implements Callable<Integer> {
  /** A stick that never answers is given up after some ten seconds; this is the safety net. */
  private static final long PATIENCE_SECONDS = 60;

  private static final long CLOSED_AT_ONCE_SECONDS = 60;

  @CommandLine.Spec private CommandLine.Model.@Nullable CommandSpec spec;

  @Parameters(paramLabel = "PATH", description = "Serial port, or HOST:PORT of a stick over TCP.")
  private String path = "";

  @Option(
      names = "--baud",
      paramLabel = "BITS",
      description = "Bits per second of a serial port (default: ${DEFAULT-VALUE}).")
  private int baud = StickOptions.DEFAULT_BAUD;

  @Option(
      names = "--protocol",
      paramLabel = "PROTOCOL",
      description = "What is tried: auto, znp or ezsp (default: auto).")
  private StickOptions.Protocol protocol = StickOptions.Protocol.AUTO;

  @Option(
      names = "--flow-control",
      paramLabel = "KIND",
      description = "Of a serial port: none or hardware (default: none).")
  private StickOptions.FlowControl flowControl = StickOptions.FlowControl.NONE;

  @Option(names = "--json", description = "Prints a JSON object.")
  private boolean json;

  /** Made by picocli. */
  public ProbeCommand() {}

  @Override
  public Integer call() throws IOException {
    StickReport report =
        probe(StickOptions.opener(path, baud, flowControl), protocol.families(), this::warn);
    if (json) {
      json(report).toPrettyString().lines().forEach(out()::println);
    } else {
      out().println(path + ": " + report.summary());
      report.consequences().forEach(line -> out().println("  " + line));
    }
    return report.usable() ? ExitCode.DONE : ExitCode.WRONG;
  }

  /**
   * Asks what is there.
   *
   * @param warn is told why it takes longer
   * @throws CommandFailed if the port cannot be opened
   */
  static StickReport probe(
      BytePort.Opener opener, List<StickFamily> families, Consumer<String> warn) {
    return visit(
        opener,
        warn,
        thread -> StickProbe.of(families, opener, thread.scheduler(), System::nanoTime));
  }

  /**
   * Does something short at a stick. One that closes the connection at once is tried again for a
   * minute: a program that has just ended may still hold it.
   *
   * @param warn is told why it takes longer
   * @throws CommandFailed if the port cannot be opened
   */
  static <T> T visit(
      BytePort.Opener opener,
      Consumer<String> warn,
      Function<PortThread, CompletableFuture<T>> visit) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(CLOSED_AT_ONCE_SECONDS);
    boolean warned = false;
    try (PortThread thread = new PortThread()) {
      while (true) {
        try {
          return visit.apply(thread).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException failure) {
          Throwable cause = failure.getCause() == null ? failure : failure.getCause();
          if (!(cause instanceof StickProbe.ClosedAtOnce) || System.nanoTime() - end >= 0) {
            throw new CommandFailed(opener.name() + ": " + cause.getMessage());
          }
          if (!warned) {
            warn.accept(opener.name() + ": " + cause.getMessage() + "; tried again for a minute");
            warned = true;
          }
          TimeUnit.SECONDS.sleep(1);
        }
      }
    } catch (TimeoutException late) {
      throw new CommandFailed(
          opener.name()
              + ": the port does not let go: another program may hold it, or the stick lacks the hardware"
              + " flow control that was set");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new CommandFailed(opener.name() + ": interrupted");
    }
  }

  private ObjectNode json(StickReport report) {
    ObjectNode node = new ObjectMapper().createObjectNode();
    node.put("port", path);
    node.put("usable", report.usable());
    if (report instanceof StickReport.Znp znp) {
      node.put("protocol", "znp");
      node.put("address", znp.address().toString());
      ObjectNode firmware = node.putObject("firmware");
      firmware.put("product", znp.firmware().productName());
      firmware.put(
          "release",
          znp.firmware().major()
              + "."
              + znp.firmware().minor()
              + "."
              + znp.firmware().maintenance());
      firmware.put("revision", znp.firmware().revision());
      node.put("configured", znp.configured());
      if (znp.hasNetwork()) {
        json(znp.network().network(), node.putObject("network"));
      }
    } else if (report instanceof StickReport.Ezsp ezsp) {
      node.put("protocol", "ezsp");
      node.put("address", ezsp.found().address().toString());
      ObjectNode firmware = node.putObject("firmware");
      firmware.put("product", "EmberZNet");
      firmware.put("release", ezsp.found().release().map(EmberZnet::toString).orElse(""));
      firmware.put("revision", ezsp.found().version());
      ezsp.found().network().ifPresent(network -> json(network, node.putObject("network")));
    } else {
      node.put("protocol", "unknown");
    }
    ArrayNode consequences = node.putArray("consequences");
    report.consequences().forEach(consequences::add);
    return node;
  }

  private void warn(String line) {
    command().getErr().println("hanota: " + line);
  }

  private static void json(Network network, ObjectNode about) {
    about.put("panId", Width.hex(network.panId(), 4));
    about.put("extendedPanId", network.extendedPanId().toString());
    about.put("channel", network.channel());
  }

  private PrintWriter out() {
    return command().getOut();
  }

  private CommandLine command() {
    if (spec == null) {
      throw new AssertionError("picocli sets it");
    }
    return spec.commandLine();
  }
}
