// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.link;

import java.util.List;
import org.hanota.api.transport.Frame;

/**
 * All models of a home's links. Each is asked about each signal and each frame, so that what one
 * draws does not depend on another; the first that does not carry a signal decides.
 */
public final class Links implements LinkModel {
  private final List<LinkModel> models;

  /** Asks these, in their order. */
  public Links(List<? extends LinkModel> models) {
    this.models = List.copyOf(models);
  }

  @Override
  public Signal carry(long nanos, int from, int to, Kind kind) {
    Signal signal = Signal.WHOLE;
    for (LinkModel model : models) {
      Signal found = model.carry(nanos, from, to, kind);
      signal = signal == Signal.WHOLE ? found : signal;
    }
    return signal;
  }

  @Override
  public Verdict judge(long nanos, int from, int to, Frame frame) {
    Verdict verdict = Verdict.DELIVER;
    for (LinkModel model : models) {
      verdict = verdict.and(model.judge(nanos, from, to, frame));
    }
    return verdict;
  }

  @Override
  public void pollFast(long nanos, int node, boolean wanted) {
    models.forEach(model -> model.pollFast(nanos, node, wanted));
  }

  @Override
  public void heal() {
    models.forEach(LinkModel::heal);
  }

  @Override
  public long fired() {
    return models.stream().mapToLong(LinkModel::fired).sum();
  }
}
