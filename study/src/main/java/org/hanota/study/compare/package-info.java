// SPDX-License-Identifier: Apache-2.0
/** Tells the results of two runs of a simulation apart. */
@NullMarked
package org.hanota.study.compare;

import org.jspecify.annotations.NullMarked;
