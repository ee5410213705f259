// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Optional;

/**
 * Standard output that remembers its first failure. The writers above it swallow failures, so that
 * a command would end as if all had been written.
 */
final class StandardOutput extends FailingStream {
  private volatile Optional<IOException> failure = Optional.empty();

  StandardOutput(OutputStream out) {
    super(out);
  }

  @Override
  IOException failed(IOException fault) {
    if (failure.isEmpty()) {
      failure = Optional.of(fault);
    }
    return fault;
  }

  /** Why something was not written that somebody still wants, if it was not. */
  Optional<IOException> failure() {
    return failure.filter(fault -> !isClosedPipe(fault));
  }

  /** Whoever read has read enough, as {@code head -1}; every system and language says "pipe". */
  private static boolean isClosedPipe(IOException fault) {
    return String.valueOf(fault.getMessage()).toLowerCase(Locale.ROOT).contains("pipe");
  }
}
