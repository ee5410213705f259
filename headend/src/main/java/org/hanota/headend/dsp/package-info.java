// SPDX-License-Identifier: Apache-2.0
/** The data service provider: access control, inventory, anomaly detection, tracking. */
@NullMarked
package org.hanota.headend.dsp;

import org.jspecify.annotations.NullMarked;
