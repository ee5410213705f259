// SPDX-License-Identifier: Apache-2.0
package org.hanota.headendsql;

import java.util.function.Consumer;
import java.util.function.Function;
import org.hanota.api.Eui64;
import org.hanota.api.ParameterValues;
import org.hanota.headend.HeadEndParameter;
import org.hanota.headend.clock.ClockedMachine;
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
    return of(config, made -> {});
  }

  /**
   * The same.
   *
   * @param made gets the machine at each start, to look at between its calls
   */
  public static Part of(DspConfig config, Consumer<DspMachine> made) {
    return clocked(
        config.self(),
        DspMachine.KINDS,
        config.parameters(),
        store -> {
          DspMachine machine = new DspMachine(config, store);
          made.accept(machine);
          return machine;
        });
  }

  /** A CSP. */
  public static Part of(CspConfig config) {
    return clocked(
        config.self(),
        CspMachine.KINDS,
        config.parameters(),
        store -> new CspMachine(config, store));
  }

  /** A supplier. */
  public static Part of(SupplierConfig config) {
    return clocked(
        config.self(),
        SupplierMachine.KINDS,
        config.parameters(),
        store -> new SupplierMachine(config, store));
  }

  /** A supplier with campaigns. */
  public static Part of(CampaignSupplierConfig config) {
    return of(config, made -> {});
  }

  /**
   * The same.
   *
   * @param made gets the machine at each start, to look at between its calls
   */
  public static Part of(CampaignSupplierConfig config, Consumer<CampaignSupplier> made) {
    return clocked(
        config.dialogue().self(),
        CampaignSupplier.KINDS,
        config.dialogue().parameters(),
        store -> {
          CampaignSupplier machine = new CampaignSupplier(config, store);
          made.accept(machine);
          return machine;
        });
  }

  /** A machine that gets a time which is trusted. */
  private static Part clocked(
      Eui64 id,
      RecordKinds kinds,
      ParameterValues<HeadEndParameter> parameters,
      Function<RecordStore, LetterMachine> machine) {
    return new Part(id, kinds, store -> new ClockedMachine(parameters, store, machine));
  }
}
