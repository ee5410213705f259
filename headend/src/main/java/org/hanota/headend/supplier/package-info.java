// SPDX-License-Identifier: Apache-2.0
/** A supplier: asks, compares and signs pre-commands, and keeps what it hears. */
@NullMarked
package org.hanota.headend.supplier;

import org.jspecify.annotations.NullMarked;
