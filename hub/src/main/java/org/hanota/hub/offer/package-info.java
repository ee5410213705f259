// SPDX-License-Identifier: Apache-2.0
/** Who may have which image: the policy, the queries and ends, the queue, the quarantine. */
@NullMarked
package org.hanota.hub.offer;

import org.jspecify.annotations.NullMarked;
