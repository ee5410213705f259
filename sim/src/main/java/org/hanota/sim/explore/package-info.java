// SPDX-License-Identifier: Apache-2.0
/**
 * Explores every interleaving of a small update: the real hub and device machines with their real
 * endpoints, breadth first within bounds that are named.
 */
@NullMarked
package org.hanota.sim.explore;

import org.jspecify.annotations.NullMarked;
