// SPDX-License-Identifier: Apache-2.0
/** The simulator beside its bounds and its peer. */
@NullMarked
package org.hanota.bench.sim;

import org.jspecify.annotations.NullMarked;
