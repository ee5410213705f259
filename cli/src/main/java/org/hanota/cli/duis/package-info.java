// SPDX-License-Identifier: Apache-2.0
/** {@code hanota duis}: messages between users and the DCC explained and checked. */
@NullMarked
package org.hanota.cli.duis;

import org.jspecify.annotations.NullMarked;
