// SPDX-License-Identifier: Apache-2.0
/** Blocks and pages, their pace and their airtime. */
@NullMarked
package org.hanota.hub.block;

import org.jspecify.annotations.NullMarked;
