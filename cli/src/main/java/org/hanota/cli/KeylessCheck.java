// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import org.hanota.otaformat.Verifier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How devices that know no key check an image: by the integrity code that it carries, if any. */
public final class KeylessCheck {
  private static final String NO_KEYS = "the keys of this image's makers are not known here";

  @Option(
      names = "--ignore-integrity-code",
      paramLabel = "REASON",
      description =
          "Takes images whose integrity code is not the standard's, as some makers' are; the reason"
              + " is logged with every image.")
  private @Nullable String ignoring;

  /** The devices' verifier. */
  public Verifier verifier() {
    return ignoring == null
        ? Verifier.integrityCodeIfCarried(NO_KEYS)
        : Verifier.headerAndSizeOnly(ignoring);
  }

  /** Whether an integrity code decides. */
  public boolean obeysIntegrityCode() {
    return ignoring == null;
  }

  /** Why nothing more than header and size is checked of an image without a code. */
  public String reason() {
    return ignoring == null ? NO_KEYS : ignoring;
  }
}
