// SPDX-License-Identifier: Apache-2.0
/** {@code hanota headend}: suppliers and the DCC at work. */
@NullMarked
package org.hanota.cli.headend;

import org.jspecify.annotations.NullMarked;
