// SPDX-License-Identifier: Apache-2.0
/** A certificate authority for tests and experiments, made with the JDK alone. */
@NullMarked
package org.hanota.transport.grpc.pki;

import org.jspecify.annotations.NullMarked;
