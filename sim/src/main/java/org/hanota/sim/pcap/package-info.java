// SPDX-License-Identifier: Apache-2.0
/** Captures of a simulated home, secured as on a real network, that Wireshark decodes. */
@NullMarked
package org.hanota.sim.pcap;

import org.jspecify.annotations.NullMarked;
