// SPDX-License-Identifier: Apache-2.0
/** The OTA server machine, its image store, its queue and its pacing. */
@NullMarked
package org.hanota.hub;

import org.jspecify.annotations.NullMarked;
