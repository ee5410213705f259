// SPDX-License-Identifier: Apache-2.0
/**
 * The OTA upgrade file. {@link org.hanota.otaformat.OtaFile} is what was read strictly, or built;
 * {@link org.hanota.otaformat.Verifier} decides whether an image may run.
 */
@NullMarked
package org.hanota.otaformat;

import org.jspecify.annotations.NullMarked;
