// SPDX-License-Identifier: Apache-2.0
/**
 * The radio of a home: how long a frame is on the air, who may send when, and what others hear of
 * it. One channel for all; time and random draws come in, what happens goes out.
 */
@NullMarked
package org.hanota.sim.radio;

import org.jspecify.annotations.NullMarked;
