// SPDX-License-Identifier: Apache-2.0
package org.hanota.headendsql;

import java.util.function.Function;
import org.hanota.api.Eui64;
import org.hanota.headend.csp.CspConfig;
import org.hanota.headend.csp.CspMachine;
import org.hanota.headend.dsp.DspConfig;
import org.hanota.headend.dsp.DspMachine;
import org.hanota.headend.letter.LetterMachine;
import org.hanota.headend.store.RecordKinds;
import org.hanota.headend.store.RecordStore;
import org.hanota.headend.supplier.CampaignSupplier;
import org.hanota.headend.supplier.CampaignSupplierConfig;
import org.hanota.headend.supplier.SupplierConfig;
import org.hanota.headend.supplier.SupplierMachine;

/**
 * A machine of a head end, to be made at each start.
 *
 * @param id whose letters it gets
 * @param kinds what it keeps
 * @param machine makes it, with what it kept
 */
public record Part(Eui64 id, RecordKinds kinds, Function<RecordStore, LetterMachine> machine) {
  /** A DSP. */
  public static Part of(DspConfig config) {
    return new Part(config.self(), DspMachine.KINDS, store -> new DspMachine(config, store));
  }

  /** A CSP. */
  public static Part of(CspConfig config) {
    return new Part(config.self(), CspMachine.KINDS, store -> new CspMachine(config, store));
  }

  /** A supplier. */
  public static Part of(SupplierConfig config) {
    return new Part(
        config.self(), SupplierMachine.KINDS, store -> new SupplierMachine(config, store));
  }

  /** A supplier with campaigns. */
  public static Part of(CampaignSupplierConfig config) {
    return new Part(
        config.dialogue().self(),
        CampaignSupplier.KINDS,
        store -> new CampaignSupplier(config, store));
  }
}
