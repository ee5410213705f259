// SPDX-License-Identifier: Apache-2.0
/**
 * What suppliers and the DCC say to each other, as records in DUIS' own words, without a trace of
 * XML: requests, pre-commands, acknowledgements, responses, alerts.
 */
@NullMarked
package org.hanota.headend.request;

import org.jspecify.annotations.NullMarked;
