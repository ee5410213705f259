// SPDX-License-Identifier: Apache-2.0
/**
 * What links between nodes do to frames: a list of models, each of which gives a verdict. Air of
 * one latency and the radio channel ask the same list.
 */
@NullMarked
package org.hanota.sim.link;

import org.jspecify.annotations.NullMarked;
