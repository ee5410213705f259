// SPDX-License-Identifier: Apache-2.0
/** Certificates for tests. */
@NullMarked
package org.hanota.cli.pki;

import org.jspecify.annotations.NullMarked;
