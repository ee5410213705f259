// SPDX-License-Identifier: Apache-2.0
/** What the machines of the head end keep. */
@NullMarked
package org.hanota.headend.store;

import org.jspecify.annotations.NullMarked;
