// SPDX-License-Identifier: Apache-2.0
/** How others steer a hub and watch it, and how it reaches the wide area network. */
@NullMarked
package org.hanota.api.control;

import org.jspecify.annotations.NullMarked;
