// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * Standard output that remembers its first failure. The writers above it swallow failures, so that
 * a command would end as if all had been written.
 */
final class StandardOutput extends OutputStream {
  private final OutputStream out;
  private volatile Optional<IOException> failure = Optional.empty();

  StandardOutput(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] octets, int offset, int length) throws IOException {
    try {
      out.write(octets, offset, length);
    } catch (IOException fault) {
      throw first(fault);
    }
  }

  @Override
  public void flush() throws IOException {
    try {
      out.flush();
    } catch (IOException fault) {
      throw first(fault);
    }
  }

  private IOException first(IOException fault) {
    if (failure.isEmpty()) {
      failure = Optional.of(fault);
    }
    return fault;
  }

  /** Why something was not written, if it was not. */
  Optional<IOException> failure() {
    return failure;
  }
}
