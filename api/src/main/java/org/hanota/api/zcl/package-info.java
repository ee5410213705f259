// SPDX-License-Identifier: Apache-2.0
/**
 * The messages of the OTA Upgrade cluster and the few general ZCL commands that it needs, a record
 * each, and the codec that reads and writes them as ZCL frames.
 */
@NullMarked
package org.hanota.api.zcl;

import org.jspecify.annotations.NullMarked;
