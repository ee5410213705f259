// SPDX-License-Identifier: Apache-2.0
/** Times and limits of the head end. */
@NullMarked
package org.hanota.headend;

import org.jspecify.annotations.NullMarked;
