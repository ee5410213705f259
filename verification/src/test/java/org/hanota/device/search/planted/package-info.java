// SPDX-License-Identifier: Apache-2.0
/** Violations of the rules, which the rules must find. */
@NullMarked
package org.hanota.device.search.planted;

import org.jspecify.annotations.NullMarked;
