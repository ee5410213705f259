// SPDX-License-Identifier: Apache-2.0
/**
 * Hubs and devices in separate processes: the published contract {@code hanota/v1}, a transport for
 * either role, mutual TLS by default, and a hub's control service with its client.
 */
@NullMarked
package org.hanota.transport.grpc;

import org.jspecify.annotations.NullMarked;
