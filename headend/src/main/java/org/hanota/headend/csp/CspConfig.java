// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.csp;

import org.hanota.api.Eui64;
import org.hanota.api.ParameterValues;
import org.hanota.headend.HeadEndParameter;

/**
 * What a CSP is.
 *
 * @param self its id
 * @param dsp for whom it carries
 * @param parameters times and limits
 */
public record CspConfig(Eui64 self, Eui64 dsp, ParameterValues<HeadEndParameter> parameters) {}
