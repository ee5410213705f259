// SPDX-License-Identifier: Apache-2.0
/** {@code hanota simulate}. */
@NullMarked
package org.hanota.cli.simulate;

import org.jspecify.annotations.NullMarked;
