// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.hanota.gbcs.file;

import org.jspecify.annotations.NullMarked;
