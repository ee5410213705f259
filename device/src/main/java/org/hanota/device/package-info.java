// SPDX-License-Identifier: Apache-2.0
/** The OTA client machine, its image bank and its activation. */
@NullMarked
package org.hanota.device;

import org.jspecify.annotations.NullMarked;
