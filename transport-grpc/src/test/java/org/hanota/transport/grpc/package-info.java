// SPDX-License-Identifier: Apache-2.0
@NullMarked
package org.hanota.transport.grpc;

import org.jspecify.annotations.NullMarked;
