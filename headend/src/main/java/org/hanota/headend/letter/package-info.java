// SPDX-License-Identifier: Apache-2.0
/** What the machines of the head end hand to each other. */
@NullMarked
package org.hanota.headend.letter;

import org.jspecify.annotations.NullMarked;
