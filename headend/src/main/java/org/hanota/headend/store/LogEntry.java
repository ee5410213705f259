// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.store;

/**
 * A record that is written once and read by people only: a machine that starts needs no more of
 * them than the last one.
 */
public interface LogEntry extends Stored {}
