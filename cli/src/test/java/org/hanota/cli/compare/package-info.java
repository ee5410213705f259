// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.hanota.cli.compare;

import org.jspecify.annotations.NullMarked;
