// SPDX-License-Identifier: Apache-2.0
/**
 * Captures that Wireshark and tshark read: the file format, and frames as they go through the air.
 */
@NullMarked
package org.hanota.api.pcap;

import org.jspecify.annotations.NullMarked;
