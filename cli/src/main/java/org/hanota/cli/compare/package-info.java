// SPDX-License-Identifier: Apache-2.0
/** {@code hanota compare}: the results of two runs, told apart. */
@NullMarked
package org.hanota.cli.compare;

import org.jspecify.annotations.NullMarked;
