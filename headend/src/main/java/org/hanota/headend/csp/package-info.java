// SPDX-License-Identifier: Apache-2.0
/** The communications service provider: carries images and commands to hubs, each with an end. */
@NullMarked
package org.hanota.headend.csp;

import org.jspecify.annotations.NullMarked;
