// SPDX-License-Identifier: Apache-2.0
/**
 * A simulation as data: the world, what is done to it, what goes wrong and when it ends, with one
 * YAML form that is read and written.
 */
@NullMarked
package org.hanota.sim.scenario;

import org.jspecify.annotations.NullMarked;
