// SPDX-License-Identifier: Apache-2.0
/** The consultation's arithmetic, reproduced to the digit and varied. [hanota H95] */
@NullMarked
package org.hanota.study;

import org.jspecify.annotations.NullMarked;
