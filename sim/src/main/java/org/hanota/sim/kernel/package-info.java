// SPDX-License-Identifier: Apache-2.0
/**
 * What every simulation stands on: a schedule of pending events that are data, nodes that are run
 * without threads, a clock for each, and the air between them.
 */
@NullMarked
package org.hanota.sim.kernel;

import org.jspecify.annotations.NullMarked;
