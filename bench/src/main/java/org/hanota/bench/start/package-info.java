// SPDX-License-Identifier: Apache-2.0
/** How long the command takes to start. */
@NullMarked
package org.hanota.bench.start;

import org.jspecify.annotations.NullMarked;
