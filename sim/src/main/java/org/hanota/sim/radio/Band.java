// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.radio;

/** The two physical layers of a GB home. All times in nanoseconds. */
public enum Band {
  /** O-QPSK: 250 kb/s, symbols of 16 us, synchronisation and length 6 octets. */
  GHZ_2_4("2.4GHz", 32_000, 6, 192_000, 864_000),
  /**
   * FSK of the sub-GHz pages: 100 kb/s, symbols of 10 us, synchronisation and length 12 octets. The
   * acknowledgement begins within 1 ms and takes 1.36 ms.
   */
  MHZ_868("868MHz", 80_000, 12, 450_000, 2_360_000);

  /** An acknowledgement, check sequence included. */
  public static final int ACKNOWLEDGEMENT_OCTETS = 5;

  /** The longest frame; taken for 868 MHz too. */
  public static final int FRAME_MAXIMUM_OCTETS = 127;

  private final String label;
  private final long nanosPerOctet;
  private final int physicalOctets;
  private final long turnaroundNanos;
  private final long acknowledgementWaitNanos;

  Band(
      String label,
      long nanosPerOctet,
      int physicalOctets,
      long turnaroundNanos,
      long acknowledgementWaitNanos) {
    this.label = label;
    this.nanosPerOctet = nanosPerOctet;
    this.physicalOctets = physicalOctets;
    this.turnaroundNanos = turnaroundNanos;
    this.acknowledgementWaitNanos = acknowledgementWaitNanos;
  }

  /** Its name on the command line and in files. */
  public String label() {
    return label;
  }

  /**
   * The band of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static Band ofLabel(String label) {
    for (Band band : values()) {
      if (band.label.equals(label)) {
        return band;
      }
    }
    throw new IllegalArgumentException("allowed 2.4GHz, 868MHz");
  }

  /** How long a frame is on the air. */
  public long airtimeNanos(int frameOctets) {
    return (physicalOctets + frameOctets) * nanosPerOctet;
  }

  /** How long a frame is that is on the air for that long. */
  int frameOctets(long airtimeNanos) {
    return (int) (airtimeNanos / nanosPerOctet) - physicalOctets;
  }

  /** From receiving to sending or back: no answer begins sooner. */
  public long turnaroundNanos() {
    return turnaroundNanos;
  }

  /** From the end of a frame until its sender gives its acknowledgement up. */
  public long acknowledgementWaitNanos() {
    return acknowledgementWaitNanos;
  }
}
