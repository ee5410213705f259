// SPDX-License-Identifier: Apache-2.0
/** {@code hanota explore}. */
@NullMarked
package org.hanota.cli.explore;

import org.jspecify.annotations.NullMarked;
