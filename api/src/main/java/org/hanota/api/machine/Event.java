// SPDX-License-Identifier: Apache-2.0
package org.hanota.api.machine;

/** What an application, a log or a test wants to know. */
public interface Event {}
