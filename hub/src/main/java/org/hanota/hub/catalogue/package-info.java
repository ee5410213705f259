// SPDX-License-Identifier: Apache-2.0
/** The images that a hub holds, and what each is for. */
@NullMarked
package org.hanota.hub.catalogue;

import org.jspecify.annotations.NullMarked;
