// SPDX-License-Identifier: Apache-2.0
/** Fields of a message, read with their names and offsets: DER, DLMS and plain integers. */
@NullMarked
package org.hanota.gbcs.field;

import org.jspecify.annotations.NullMarked;
