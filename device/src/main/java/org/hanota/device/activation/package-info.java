// SPDX-License-Identifier: Apache-2.0
/** What becomes of an image that is whole: its verification, its time, its place and its trial. */
@NullMarked
package org.hanota.device.activation;

import org.jspecify.annotations.NullMarked;
