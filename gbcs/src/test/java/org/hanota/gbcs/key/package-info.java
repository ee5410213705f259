// SPDX-License-Identifier: Apache-2.0
/** Tests of keys and certificates. */
@NullMarked
package org.hanota.gbcs.key;

import org.jspecify.annotations.NullMarked;
