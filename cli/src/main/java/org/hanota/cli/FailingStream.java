// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** A stream whose failures a subclass gets to see; it writes arrays as a whole. */
abstract class FailingStream extends FilterOutputStream {
  FailingStream(OutputStream out) {
    super(out);
  }

  /** What to throw for a failure. */
  abstract IOException failed(IOException fault);

  @Override
  public void write(int octet) throws IOException {
    write(new byte[] {(byte) octet}, 0, 1);
  }

  @Override
  public void write(byte[] octets, int offset, int length) throws IOException {
    try {
      out.write(octets, offset, length);
    } catch (IOException fault) {
      throw failed(fault);
    }
  }

  @Override
  public void flush() throws IOException {
    try {
      out.flush();
    } catch (IOException fault) {
      throw failed(fault);
    }
  }
}
