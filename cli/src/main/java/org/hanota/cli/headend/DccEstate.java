// SPDX-License-Identifier: Apache-2.0
package org.hanota.cli.headend;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.hanota.api.Eui64;
import org.hanota.headend.campaign.CampaignPlan;
import org.hanota.headend.campaign.Member;
import org.hanota.headend.dsp.DspMachine;
import org.hanota.headend.estate.Device;
import org.hanota.headend.request.DeviceType;
import org.hanota.headend.request.ListingStatus;
import org.hanota.headend.supplier.SupplierEstate;
import org.jspecify.annotations.Nullable;

/**
 * A supplier's devices, as the DCC beside it has them in memory: to ask costs no database anything.
 * Used on the machines' thread only.
 */
final class DccEstate implements SupplierEstate {
  private static final List<DeviceType> UPDATED =
      List.of(DeviceType.ESME, DeviceType.GSME, DeviceType.HCALCS, DeviceType.PPMID);

  private final Eui64 supplier;
  private final Map<Eui64, Member.Cell> cells;
  private @Nullable DspMachine dsp;

  /** Of that supplier; {@code cells} says where devices are on the WAN. */
  DccEstate(Eui64 supplier, Map<Eui64, Member.Cell> cells) {
    this.supplier = supplier;
    this.cells = cells;
  }

  /** The DCC's machine starts anew. */
  void starts(DspMachine machine) {
    dsp = machine;
  }

  /** It failed: what it has in memory may not be what it kept. */
  void failed() {
    dsp = null;
  }

  private DspMachine dsp() {
    DspMachine now = dsp;
    if (now == null) {
      throw new CampaignDesk.StandsBy("the DCC's inventory is not there now: say it once more");
    }
    return now;
  }

  @Override
  public Collection<Member> members() {
    return dsp().devices().stream()
        .filter(each -> UPDATED.contains(each.type()) && each.isOf(supplier))
        .map(this::member)
        .toList();
  }

  private Member member(Device device) {
    return new Member(
        device.id(),
        device.hub(),
        device.type(),
        device.model().toString(),
        device.firmware(),
        cells.getOrDefault(device.id(), new Member.Cell("", "")));
  }

  @Override
  public boolean isListed(CampaignPlan.Target target) {
    return dsp().listings().stream()
        .anyMatch(
            each ->
                each.status() == ListingStatus.ACTIVE
                    && each.manufacturerImageHash().equals(target.hash())
                    && each.image().fileVersion().equals(target.version()));
  }
}
