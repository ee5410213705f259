// SPDX-License-Identifier: Apache-2.0
/** Frames over gRPC beside a bare gRPC stream. */
@NullMarked
package org.hanota.bench.grpc;

import org.jspecify.annotations.NullMarked;
