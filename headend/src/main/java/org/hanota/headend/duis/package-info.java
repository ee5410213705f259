// SPDX-License-Identifier: Apache-2.0
/** DUIS on the wire: the only place that knows XML. */
@NullMarked
package org.hanota.headend.duis;

import org.jspecify.annotations.NullMarked;
