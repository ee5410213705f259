// SPDX-License-Identifier: Apache-2.0
/** How far machines of the head end believe their clock. */
@NullMarked
package org.hanota.headend.clock;

import org.jspecify.annotations.NullMarked;
