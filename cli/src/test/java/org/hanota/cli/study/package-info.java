// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.hanota.cli.study;

import org.jspecify.annotations.NullMarked;
