// SPDX-License-Identifier: Apache-2.0
/** What a fleet keeps in files while it is computed. */
@NullMarked
package org.hanota.sim.fleet.file;

import org.jspecify.annotations.NullMarked;
