// SPDX-License-Identifier: Apache-2.0
/**
 * EZSP, what sticks of Silicon Labs speak, in its versions 13 to 19: the frames that this project
 * needs, and how a host talks with such a stick. What the versions changed stands in {@link
 * org.hanota.transport.serial.ezsp.EzspVersion}; where it was read stands in {@code
 * docs/radios.md}.
 */
@NullMarked
package org.hanota.transport.serial.ezsp;

import org.jspecify.annotations.NullMarked;
