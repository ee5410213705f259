// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.pki;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.ExitCode;
import org.hanota.cli.OutputFile;
import org.hanota.transport.grpc.Identity;
import org.hanota.transport.grpc.pki.TestAuthority;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hanota pki}. */
@Command(
    name = "pki",
    mixinStandardHelpOptions = true,
    description = "Makes certificates for tests.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      PkiCommand.Init.class,
      RenewCommand.class,
      RevokeCommand.class,
      GbcsKeysCommand.class
    })
public final class PkiCommand {
  /** The name of the authority's files. */
  static final String AUTHORITY = "ca";

  /** Made by picocli. */
  public PkiCommand() {}

  private static CommandFailed usage(String line) {
    return new CommandFailed(ExitCode.USAGE, line);
  }

  /** Makes an authority and the certificates of a hub, its operator and a block of devices. */
  @Command(
      name = "init",
      mixinStandardHelpOptions = true,
      description = {
        "Makes a test certificate authority and certificates for a hub, a head end, a supplier's"
            + " system, an operator and devices.",
        "Private keys go to files that only you can read; none is printed."
      },
      footer = {"", "Example:", "  hanota pki init --dir pki --devices 1000 --host hub.example"})
  static final class Init implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
        names = "--dir",
        paramLabel = "DIR",
        defaultValue = "pki",
        description = "Where to write (default: ${DEFAULT-VALUE}); files there are kept.")
    private Path dir = Path.of("pki");

    @Option(
        names = "--host",
        paramLabel = "HOST",
        description = "Names and addresses of the hub, besides localhost.")
    private List<String> hosts = List.of();

    @Option(
        names = "--hub-eui64",
        paramLabel = "EUI64",
        defaultValue = "00DB123456780001",
        description =
            "The hub's address (default: ${DEFAULT-VALUE}). Given several times: a certificate"
                + " hub-EUI64 for each.")
    private List<String> hubs = List.of();

    @Option(
        names = "--first",
        paramLabel = "EUI64",
        defaultValue = "00DB123400000000",
        description = "The first device's address (default: ${DEFAULT-VALUE}).")
    private String first = "";

    @Option(
        names = "--devices",
        paramLabel = "NUMBER",
        defaultValue = "1000",
        description = "For how many devices (default: ${DEFAULT-VALUE}).")
    private int devices;

    @Mixin private final Validity validity = new Validity();

    @Override
    public Integer call() throws IOException {
      Map<String, Eui64> named = hubs();
      Identity.Range block = block();
      Duration valid = validity.duration();
      refuseOverwriting(named.keySet());
      OutputFile.makeFolder(dir);
      TestAuthority authority = new TestAuthority("hanota test authority", Instant.now(), valid);
      List<String> names = new ArrayList<>(List.of("localhost", "127.0.0.1", "::1"));
      names.addAll(hosts);
      authority.write(dir, AUTHORITY);
      for (Map.Entry<String, Eui64> hub : named.entrySet()) {
        Identity.Range self = Identity.Range.of(hub.getValue(), 1);
        authority.hub(hub.getKey(), self, names).write(dir, hub.getKey());
      }
      authority.server("headend", names).write(dir, "headend");
      authority.server("supplier", names).write(dir, "supplier");
      authority.devices("devices", List.of(block)).write(dir, "devices");
      authority.operator("operator").write(dir, "operator");
      spec.commandLine()
          .getOut()
          .println(
              dir
                  + ": "
                  + AUTHORITY
                  + ", "
                  + HubNames.text(named)
                  + ", headend, supplier, operator, devices ("
                  + block
                  + "), valid for "
                  + valid.toDays()
                  + " days");
      return ExitCode.DONE;
    }

    private Map<String, Eui64> hubs() {
      return HubNames.of(hubs.stream().map(each -> eui64("--hub-eui64", each)).toList());
    }

    private Identity.Range block() {
      Eui64 start = eui64("--first", first);
      if (devices < 1) {
        throw usage("--devices is " + devices + ", allowed 1 and more");
      }
      try {
        return Identity.Range.of(start, devices);
      } catch (IllegalArgumentException wrong) {
        throw usage("--first with --devices: " + wrong.getMessage());
      }
    }

    private static Eui64 eui64(String option, String text) {
      try {
        return Eui64.parse(text);
      } catch (FormatException wrong) {
        throw usage(option + ": " + wrong.getMessage());
      }
    }

    /** Before anything is written: half of one authority and half of another fit nothing. */
    private void refuseOverwriting(Set<String> hubNames) {
      List<Path> files = new ArrayList<>();
      List<String> names =
          new ArrayList<>(List.of(AUTHORITY, "headend", "supplier", "devices", "operator"));
      names.addAll(hubNames);
      for (String name : names) {
        files.add(dir.resolve(name + ".pem"));
        files.add(dir.resolve(name + ".key"));
      }
      OutputFile.refuseExisting(files, "choose another --dir, or remove the old ones first");
    }
  }
}
