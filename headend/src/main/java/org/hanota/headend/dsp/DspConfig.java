// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.dsp;

import org.hanota.api.Eui64;
import org.hanota.api.ParameterValues;
import org.hanota.gbcs.key.KeyStore;
import org.hanota.headend.HeadEndParameter;

/**
 * What a DSP is.
 *
 * @param self its business id, which is the access control broker's
 * @param csp who carries what goes to hubs
 * @param keys the certificates of suppliers, hubs and devices, and its own keys
 * @param parameters times and limits
 */
public record DspConfig(
    Eui64 self, Eui64 csp, KeyStore keys, ParameterValues<HeadEndParameter> parameters) {}
