// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.hanota.cli.hub;

import org.jspecify.annotations.NullMarked;
