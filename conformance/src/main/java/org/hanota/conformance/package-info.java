// SPDX-License-Identifier: Apache-2.0
/**
 * What every transport must do, as named checks that know nothing of it.
 *
 * <p>A transport's author writes a {@link org.hanota.conformance.Harness} that joins two
 * transports, one as the hub and one as a device, and runs each check on a harness of its own:
 *
 * <pre>{@code
 * @TestFactory
 * Stream<DynamicTest> theTransportConforms() {
 *   return TransportSuite.checks().stream()
 *       .map(check -> dynamicTest(check.name(), () -> check.run(MyHarness::new)));
 * }
 * }</pre>
 *
 * <p>The link between the two must be without faults. {@link org.hanota.conformance.Harness#await}
 * decides what waiting means: virtual time runs on, a real transport sleeps briefly and looks again
 * until its own limit. Callbacks may come on any thread. What a transport cannot do for a reason of
 * its protocol it says with the methods of the harness that have a default.
 */
@NullMarked
package org.hanota.conformance;

import org.jspecify.annotations.NullMarked;
