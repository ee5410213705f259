// SPDX-License-Identifier: Apache-2.0
/** What a device knows beyond a restart: its journal, and what every save of it keeps beside. */
@NullMarked
package org.hanota.device.journal;

import org.jspecify.annotations.NullMarked;
