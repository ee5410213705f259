// SPDX-License-Identifier: Apache-2.0
/** The transport over a radio stick, and what finds out which stick is there. */
@NullMarked
package org.hanota.transport.serial;

import org.jspecify.annotations.NullMarked;
