// SPDX-License-Identifier: Apache-2.0
/** How an image comes: offer, blocks, parts, and the slot that takes them. */
@NullMarked
package org.hanota.device.download;

import org.jspecify.annotations.NullMarked;
