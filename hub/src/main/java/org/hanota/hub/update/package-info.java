// SPDX-License-Identifier: Apache-2.0
/** The updates of a hub: what each is about and where it stands. */
@NullMarked
package org.hanota.hub.update;

import org.jspecify.annotations.NullMarked;
