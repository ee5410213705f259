// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.hanota.cli.pki;

import org.jspecify.annotations.NullMarked;
