// SPDX-License-Identifier: Apache-2.0
/** A home in virtual time: one seed gives one result, on any machine and any JDK. */
@NullMarked
package org.hanota.sim;

import org.jspecify.annotations.NullMarked;
