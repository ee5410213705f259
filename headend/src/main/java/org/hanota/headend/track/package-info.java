// SPDX-License-Identifier: Apache-2.0
/** How far a request got with a device. */
@NullMarked
package org.hanota.headend.track;

import org.jspecify.annotations.NullMarked;
