// SPDX-License-Identifier: Apache-2.0
/** {@code hanota study}: numbers for those who decide. */
@NullMarked
package org.hanota.cli.study;

import org.jspecify.annotations.NullMarked;
