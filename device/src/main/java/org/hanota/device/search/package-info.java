// SPDX-License-Identifier: Apache-2.0
/** The server of a device, what is asked of it, and when. */
@NullMarked
package org.hanota.device.search;

import org.jspecify.annotations.NullMarked;
