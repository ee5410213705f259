// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.gbcs;

import org.hanota.api.Eui64;
import org.hanota.cli.CommandFailed;
import org.hanota.cli.ExitCode;
import org.hanota.gbcs.key.KeyUsage;
import org.hanota.keys.PrivateKey;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who sends the message that a command makes, with which counter and which keys. */
final class Sender {
  @Option(
      names = "--counter",
      paramLabel = "N",
      required = true,
      description =
          "Originator counter, 0 to 2^63-1; greater than the last, or in a response that of the"
              + " command.")
  private long counter;

  @Option(
      names = "--originator",
      paramLabel = "EUI64",
      required = true,
      description = "Who sends and signs.")
  private Eui64 originator = Eui64.UNKNOWN;

  @Mixin private Keys.Folder keystore = new Keys.Folder();

  /** The counter, if it is allowed. */
  long counter() {
    if (counter < 0) {
      throw new CommandFailed(
          ExitCode.USAGE, "--counter: found " + counter + ", allowed 0 to 2^63-1");
    }
    return counter;
  }

  Eui64 originator() {
    return originator;
  }

  Keys.Folder keystore() {
    return keystore;
  }

  /** The sender's signing key among {@code keys}. */
  PrivateKey signingKey(Keys keys) {
    return keys.store()
        .privateKey(originator, KeyUsage.DIGITAL_SIGNATURE)
        .orElseThrow(
            () ->
                new CommandFailed(
                    keystore
                        + ": found no private key of "
                        + originator
                        + ", allowed its -ds.pem with the -ds.key beside it"));
  }
}
