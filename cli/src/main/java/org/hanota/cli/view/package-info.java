// SPDX-License-Identifier: Apache-2.0
/** Pages and diagrams of what was simulated or explored, each in one file that needs no other. */
@NullMarked
package org.hanota.cli.view;

import org.jspecify.annotations.NullMarked;
