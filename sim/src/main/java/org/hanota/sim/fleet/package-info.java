// SPDX-License-Identifier: Apache-2.0
/** A campaign over many homes: the WAN of each region first, then each home by itself. */
@NullMarked
package org.hanota.sim.fleet;

import org.jspecify.annotations.NullMarked;
