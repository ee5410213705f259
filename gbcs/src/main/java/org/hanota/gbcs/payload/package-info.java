// SPDX-License-Identifier: Apache-2.0
/** What a message says: one record for each form of each use case. */
@NullMarked
package org.hanota.gbcs.payload;

import org.jspecify.annotations.NullMarked;
