// SPDX-License-Identifier: Apache-2.0
/** What the DCC knows: users, devices, the Central Products List and its rules. */
@NullMarked
package org.hanota.headend.estate;

import org.jspecify.annotations.NullMarked;
