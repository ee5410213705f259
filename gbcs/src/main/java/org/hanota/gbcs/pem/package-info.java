// SPDX-License-Identifier: Apache-2.0
/** Certificates and keys as PEM texts and as a folder of PEM files. */
@NullMarked
package org.hanota.gbcs.pem;

import org.jspecify.annotations.NullMarked;
