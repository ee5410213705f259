// SPDX-License-Identifier: Apache-2.0
/**
 * Campaigns: one image for many devices, wave by wave, with thresholds that stop it. [hanota H90]
 */
@NullMarked
package org.hanota.headend.campaign;

import org.jspecify.annotations.NullMarked;
