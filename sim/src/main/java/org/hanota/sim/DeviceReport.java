// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import org.hanota.api.Eui64;
import org.hanota.api.FileVersion;
import org.hanota.api.ImageId;
import org.hanota.api.Octets;
import org.hanota.device.DeviceCounts;
import org.hanota.device.DeviceType;

/**
 * How one device's update ended.
 *
 * @param name type and number
 * @param type what it is
 * @param address its EUI-64
 * @param image what it was offered
 * @param imageOctets size of the image
 * @param received the octets of its bank
 * @param sha256 of those octets
 * @param equal whether they are those of the image
 * @param verifier what checked them
 * @param versionBefore the version that ran before
 * @param versionAfter the version that runs now
 * @param outcome how it ended
 * @param detail more about that, or empty
 * @param counts what the device counted
 * @param restarts how often it started again
 * @param startedNanos virtual time of the first block request
 * @param endedNanos virtual time of the end, or of the limit
 */
public record DeviceReport(
    String name,
    DeviceType type,
    Eui64 address,
    ImageId image,
    long imageOctets,
    Octets received,
    Octets sha256,
    boolean equal,
    String verifier,
    FileVersion versionBefore,
    FileVersion versionAfter,
    Outcome outcome,
    String detail,
    DeviceCounts counts,
    int restarts,
    long startedNanos,
    long endedNanos) {
  /** How an update can end. */
  public enum Outcome {
    /** The new image runs and has confirmed itself. */
    CONFIRMED,
    /** The image is verified and waits for its command. */
    VERIFIED,
    /** It ended without. */
    FAILED,
    /** It has not ended by the limit, for want of a link that carries more. */
    UNFINISHED
  }

  /** Whether the device has what its profile lets it reach. */
  public boolean succeeded() {
    return equal && (outcome == Outcome.CONFIRMED || outcome == Outcome.VERIFIED);
  }
}
