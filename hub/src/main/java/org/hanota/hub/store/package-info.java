// SPDX-License-Identifier: Apache-2.0
/** What a hub must not forget: its port, and stores in memory and on disk. */
@NullMarked
package org.hanota.hub.store;

import org.jspecify.annotations.NullMarked;
