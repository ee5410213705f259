// SPDX-License-Identifier: Apache-2.0
/** Tests of the messages as a whole. */
@NullMarked
package org.hanota.gbcs;

import org.jspecify.annotations.NullMarked;
