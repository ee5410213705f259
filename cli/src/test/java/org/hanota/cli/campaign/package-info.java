// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.hanota.cli.campaign;

import org.jspecify.annotations.NullMarked;
