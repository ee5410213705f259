// SPDX-License-Identifier: Apache-2.0
/** What a campaign costs its head end. */
@NullMarked
package org.hanota.bench.campaign;

import org.jspecify.annotations.NullMarked;
