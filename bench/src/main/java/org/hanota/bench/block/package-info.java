// SPDX-License-Identifier: Apache-2.0
/** The block path: codec, whole transfers in process, and a hub with many of them. */
@NullMarked
package org.hanota.bench.block;

import org.jspecify.annotations.NullMarked;
