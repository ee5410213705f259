// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.grpc;

import com.sun.management.UnixOperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/**
 * How many files this process may still open, which connections are among. Where none is left, a
 * process can accept nobody, load no class and save nothing.
 */
public final class Descriptors {
  private Descriptors() {}

  /**
   * So many connections as are wanted, or as a share of what may be opened, if that is less.
   *
   * @param share the part is one of so many
   */
  public static int share(int wanted, int share) {
    if (ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean system) {
      long left = system.getMaxFileDescriptorCount() - system.getOpenFileDescriptorCount();
      return (int) Math.max(1, Math.min(wanted, left / share));
    }
    return wanted;
  }
}
