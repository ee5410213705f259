// SPDX-License-Identifier: Apache-2.0
/** A device's image bank in a folder: two slot files and two copies of the journal. */
@NullMarked
package org.hanota.device.file;

import org.jspecify.annotations.NullMarked;
