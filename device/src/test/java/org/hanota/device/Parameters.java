// SPDX-License-Identifier: Apache-2.0
package org.hanota.device;

/** Parameters that only tests change. */
final class Parameters {
  private Parameters() {}

  /** The same for a client of cluster revision 2. */
  static DeviceParameters inSeconds(DeviceParameters p) {
    return new DeviceParameters(
        p.queryIntervalMs(),
        p.queryStartJitterMs(),
        p.discoveryRetryMs(),
        p.responseTimeoutMs(),
        p.retryBackOffMs(),
        p.resendMs(),
        p.blockRetryLimit(),
        p.restMs(),
        p.restCapMs(),
        p.endRequestRetryMs(),
        p.endRequestTries(),
        p.waitForDataCapMs(),
        p.invalidWaitMs(),
        p.maximumDataSize(),
        p.maximumImageOctets(),
        p.journalOctets(),
        p.pageSizeOctets(),
        p.pageResponseSpacingMs(),
        p.pollPeriodMs(),
        p.notificationPollMs(),
        p.partWaitMs(),
        true,
        p.minimumPowerPercent(),
        p.powerRetryMs(),
        p.limits());
  }
}
