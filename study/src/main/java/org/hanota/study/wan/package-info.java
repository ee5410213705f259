// SPDX-License-Identifier: Apache-2.0
/** The WAN of a region, packet by packet, to hold a forecast against. [hanota H96] */
@NullMarked
package org.hanota.study.wan;

import org.jspecify.annotations.NullMarked;
