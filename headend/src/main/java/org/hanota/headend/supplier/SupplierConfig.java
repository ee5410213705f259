// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.supplier;

import org.hanota.api.Eui64;
import org.hanota.api.ParameterValues;
import org.hanota.headend.HeadEndParameter;
import org.hanota.keys.P256Signer;

/**
 * What a supplier is.
 *
 * @param self its business id
 * @param dsp whom it asks
 * @param signer its GBCS signing key
 * @param parameters times and limits
 */
public record SupplierConfig(
    Eui64 self, Eui64 dsp, P256Signer signer, ParameterValues<HeadEndParameter> parameters) {}
