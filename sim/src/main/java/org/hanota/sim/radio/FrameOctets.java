// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.radio;

/** How long a ZCL frame is on the air, in octets, all headers and checks included. */
public final class FrameOctets {
  /** Frame control 2, sequence 1, PAN 2, two short addresses, and the check sequence. */
  public static final int MAC = 11;

  /** Frame control 2, two short addresses, radius and sequence. */
  public static final int NETWORK = 8;

  /** Auxiliary header 14 and integrity code 4 of the network layer. */
  public static final int NETWORK_SECURITY = 18;

  /** Frame control, two endpoints, cluster 2, profile 2 and counter. */
  public static final int APS = 8;

  /** Auxiliary header 5 and integrity code 4 of the application support layer. */
  public static final int APS_SECURITY = 9;

  /** Extended header of a piece of a longer message: its control and its number. */
  public static final int FRAGMENT = 2;

  private FrameOctets() {}

  /** The length of a frame that is secured by the network key, as each in a GB home is. */
  public static int of(int zclOctets, boolean apsSecurity) {
    int octets = MAC + NETWORK + NETWORK_SECURITY + APS + zclOctets;
    return apsSecurity ? octets + APS_SECURITY : octets;
  }
}
