// SPDX-License-Identifier: Apache-2.0
/** The hub's end of GBCS: the way through for messages, the slots for images, the alerts. */
@NullMarked
package org.hanota.hub.gbcs;

import org.jspecify.annotations.NullMarked;
