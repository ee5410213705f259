// SPDX-License-Identifier: Apache-2.0
/** Tests of fields. */
@NullMarked
package org.hanota.gbcs.field;

import org.jspecify.annotations.NullMarked;
