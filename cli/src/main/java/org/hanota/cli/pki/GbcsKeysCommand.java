// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.pki;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.hanota.api.Eui64;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.ExitCode;
import org.hanota.cli.OutputFile;
import org.hanota.cli.headend.Ids;
import org.hanota.gbcs.key.Credentials;
import org.hanota.gbcs.key.RemotePartyRole;
import org.hanota.gbcs.key.TestPki;
import org.hanota.gbcs.pem.PemFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code hanota pki gbcs}: keys of GBCS and of XML for the parties of one home. */
@Command(
    name = "gbcs",
    mixinStandardHelpOptions = true,
    description = {
      "Makes test keys of GBCS and XML for a supplier, the DCC, a hub and its devices: a folder for"
          + " each, with its own private keys and the certificates that it needs of the others.",
      "dcc and supplier are for --keystore, dcc-xml and supplier-xml for --xml-keys, hub and"
          + " devices for the --keystore of hub serve and device run."
    },
    footer = {"", "Example:", "  hanota pki gbcs --dir gbcs --device 00DB123400000000"})
final class GbcsKeysCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      defaultValue = "gbcs",
      description = "Where to write (default: ${DEFAULT-VALUE}); files there are kept.")
  private Path dir = Path.of("gbcs");

  @Option(
      names = "--supplier",
      paramLabel = "EUI64",
      defaultValue = "90B3D51F30010000",
      description = "The supplier (default: ${DEFAULT-VALUE}).")
  private String supplier = "";

  @Option(
      names = "--dcc",
      paramLabel = "EUI64",
      defaultValue = "90B3D51F30000002",
      description = "The access control broker, who is the DCC (default: ${DEFAULT-VALUE}).")
  private String dcc = "";

  @Option(
      names = "--hub-eui64",
      paramLabel = "EUI64",
      defaultValue = "00DB123456780001",
      description =
          "The hub's address (default: ${DEFAULT-VALUE}). Given several times: a folder hub-EUI64"
              + " for each.")
  private List<String> hubs = List.of();

  @Option(
      names = "--device",
      paramLabel = "EUI64",
      required = true,
      description = "A device's address; may be given several times.")
  private List<String> devices = List.of();

  /** What one party keeps. */
  private record Folder(Path path) {
    Folder own(Credentials... several) throws IOException {
      return with(true, several);
    }

    Folder trusts(Credentials... several) throws IOException {
      return with(false, several);
    }

    private Folder with(boolean secrets, Credentials... several) throws IOException {
      for (Credentials each : several) {
        PemFolder.write(path, each, secrets);
      }
      return this;
    }
  }

  @Override
  public Integer call() throws IOException {
    TestPki pki = TestPki.ofSeed(new SecureRandom().nextLong());
    Eui64 user = Ids.parse("--supplier", supplier);
    Eui64 broker = Ids.parse("--dcc", dcc);
    Credentials supplying = pki.organisation(user, RemotePartyRole.SUPPLIER);
    Credentials breaking = pki.organisation(broker, RemotePartyRole.ACCESS_CONTROL_BROKER);
    Credentials userXml = pki.organisation(user, RemotePartyRole.USER_XML_SIGN);
    Credentials dccXml = pki.organisation(broker, RemotePartyRole.DCC_XML_SIGN);
    Map<String, Eui64> named =
        HubNames.of(hubs.stream().map(each -> Ids.parse("--hub-eui64", each)).toList());
    Map<String, Credentials> ofHubs = new LinkedHashMap<>();
    named.forEach((name, id) -> ofHubs.put(name, pki.device(id)));
    Credentials[] theirs =
        devices.stream()
            .map(device -> pki.device(Ids.parse("--device", device)))
            .toArray(Credentials[]::new);
    try {
      folder("dcc")
          .own(breaking)
          .trusts(supplying)
          .trusts(ofHubs.values().toArray(Credentials[]::new))
          .trusts(theirs);
      folder("dcc-xml").own(dccXml).trusts(userXml);
      folder("supplier").own(supplying).trusts(breaking).trusts(theirs);
      folder("supplier-xml").own(userXml).trusts(dccXml);
      for (Map.Entry<String, Credentials> hub : ofHubs.entrySet()) {
        folder(hub.getKey()).own(hub.getValue()).trusts(breaking);
      }
      folder("devices").own(theirs).trusts(supplying, breaking);
    } catch (FileAlreadyExistsException there) {
      throw new CommandFailed(there.getFile() + ": " + there.getReason());
    }
    spec.commandLine()
        .getOut()
        .println(
            dir
                + ": dcc, dcc-xml ("
                + broker
                + "), supplier, supplier-xml ("
                + user
                + "), "
                + HubNames.text(named)
                + ", devices ("
                + theirs.length
                + ")");
    return ExitCode.DONE;
  }

  private Folder folder(String name) throws IOException {
    Path path = dir.resolve(name);
    OutputFile.makeFolder(dir);
    if (Files.exists(path)) {
      throw new FileAlreadyExistsException(
          path.toString(), null, "is there already; name another --dir, or move it away");
    }
    OutputFile.makeFolder(path);
    return new Folder(path);
  }
}
