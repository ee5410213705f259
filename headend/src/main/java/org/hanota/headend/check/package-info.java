// SPDX-License-Identifier: Apache-2.0
/** What must hold before anything travels: one pure function per check. */
@NullMarked
package org.hanota.headend.check;

import org.jspecify.annotations.NullMarked;
