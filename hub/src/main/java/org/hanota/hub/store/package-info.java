// SPDX-License-Identifier: Apache-2.0
/** The hub's stores on disk: image files named by their hash, and transfers in an H2 MVStore. */
@NullMarked
package org.hanota.hub.store;

import org.jspecify.annotations.NullMarked;
