// SPDX-License-Identifier: Apache-2.0
/** What goes wrong in a simulated home besides its links: when it does, and how it is done. */
@NullMarked
package org.hanota.sim.nemesis;

import org.jspecify.annotations.NullMarked;
