// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import org.hanota.api.Eui64;
import org.hanota.api.FormatException;
import org.hanota.cli.CommandFailed;
import org.hanota.gbcs.key.Certificate;
import org.hanota.gbcs.key.InMemoryKeyStore;
import org.hanota.gbcs.key.KeyUsage;
import org.hanota.gbcs.key.RemotePartyRole;
import org.hanota.gbcs.pem.PemFolder;
import org.hanota.headend.duis.signature.MessageSigner;
import org.hanota.headend.duis.signature.SignatureVerifier;
import org.hanota.keys.PrivateKey;
import picocli.CommandLine.Option;

/** The keys with which users and the DCC sign XML, which are not those of GBCS. */
public final class XmlKeys {
  private static final List<RemotePartyRole> DCC =
      List.of(RemotePartyRole.DCC_XML_SIGN, RemotePartyRole.ACCESS_CONTROL_BROKER);

  @Option(
      names = "--xml-keys",
      paramLabel = "DIR",
      required = true,
      description =
          "Folder of <EUI-64>-ds.pem of those who sign XML, the own private key as .key beside it.")
  private Path folder = Path.of("");

  /** Made by picocli. */
  public XmlKeys() {}

  private InMemoryKeyStore read() throws IOException {
    try {
      return PemFolder.read(folder);
    } catch (FormatException fault) {
      throw CommandFailed.at(folder, fault);
    }
  }

  private static boolean isOfDcc(Certificate certificate) {
    return certificate.role().filter(DCC::contains).isPresent();
  }

  /** Who may sign requests. */
  SignatureVerifier users() throws IOException {
    return verifier(read().certificates().stream().filter(each -> !isOfDcc(each)).toList());
  }

  /** Who may sign answers. */
  public SignatureVerifier dcc() throws IOException {
    return verifier(read().certificates().stream().filter(XmlKeys::isOfDcc).toList());
  }

  private SignatureVerifier verifier(Collection<Certificate> certificates) {
    if (certificates.isEmpty()) {
      throw new CommandFailed(folder + ": has no certificate of whoever is at the other end");
    }
    return new SignatureVerifier(certificates);
  }

  /** The own key. */
  public MessageSigner signer(Eui64 self) throws IOException {
    InMemoryKeyStore keys = read();
    Certificate certificate =
        keys.certificate(self, KeyUsage.DIGITAL_SIGNATURE).orElseThrow(() -> missing(self));
    PrivateKey key =
        keys.privateKey(self, KeyUsage.DIGITAL_SIGNATURE).orElseThrow(() -> missing(self));
    return new MessageSigner(key, certificate);
  }

  private CommandFailed missing(Eui64 self) {
    return new CommandFailed(folder + ": has no " + self + "-ds.pem with its .key");
  }
}
