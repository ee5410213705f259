// SPDX-License-Identifier: Apache-2.0
/** Side-by-side measurements: each prints both numbers and their ratio. */
@NullMarked
package org.hanota.bench;

import org.jspecify.annotations.NullMarked;
