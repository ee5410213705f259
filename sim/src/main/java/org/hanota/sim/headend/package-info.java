// SPDX-License-Identifier: Apache-2.0
/** The real head end at the far end of a simulated home's WAN. */
@NullMarked
package org.hanota.sim.headend;

import org.jspecify.annotations.NullMarked;
