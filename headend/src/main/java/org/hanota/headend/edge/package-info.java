// SPDX-License-Identifier: Apache-2.0
/** Where users' messages become letters: the only place that joins XML and machines. */
@NullMarked
package org.hanota.headend.edge;

import org.jspecify.annotations.NullMarked;
