// SPDX-License-Identifier: Apache-2.0
package org.hanota.transport.serial.stick;

/**
 * What the serial line carried so far.
 *
 * @param frames frames found
 * @param octetsSkipped octets that belonged to no frame
 * @param checksFailed what looked like a frame and had a wrong check octet
 * @param malformed frames whose data did not have their form
 * @param strayAnswers answers that nobody waited for
 */
public record LineCounts(
    long frames, long octetsSkipped, long checksFailed, long malformed, long strayAnswers) {}
