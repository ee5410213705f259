// SPDX-License-Identifier: Apache-2.0
/** {@code hanota serial} and {@code hanota emulate}: sticks, and what stands in for them. */
@NullMarked
package org.hanota.cli.serial;

import org.jspecify.annotations.NullMarked;
