// SPDX-License-Identifier: Apache-2.0
package org.hanota.hub.store;

import org.hanota.api.ImageId;
import org.hanota.api.Octets;

/**
 * An image that a device has whole and has verified, and does not run yet.
 *
 * @param image its name
 * @param sha256 of the file that the hub served; of several files, of the first one
 * @param witnessed whether this hub served every octet of it, so that it knows what the device has
 */
public record ReceivedImage(ImageId image, Octets sha256, boolean witnessed) {}
