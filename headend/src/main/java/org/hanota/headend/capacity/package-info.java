// SPDX-License-Identifier: Apache-2.0
/** What the WAN of a region can carry, forecast and promised. [hanota H94] */
@NullMarked
package org.hanota.headend.capacity;

import org.jspecify.annotations.NullMarked;
