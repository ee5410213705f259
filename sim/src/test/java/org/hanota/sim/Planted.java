// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim;

import org.hanota.api.FileVersion;
import org.hanota.api.Octets;
import org.hanota.api.machine.Effects;
import org.hanota.api.machine.Input;
import org.hanota.api.machine.Machine;
import org.hanota.api.machine.Now;
import org.hanota.api.machine.Peer;
import org.hanota.api.machine.Received;
import org.hanota.api.machine.SendOptions;
import org.hanota.api.machine.SendResult;
import org.hanota.api.machine.StateWriter;
import org.hanota.api.zcl.ImageBlockResponse;
import org.hanota.api.zcl.QueryNextImageResponse;
import org.hanota.api.zcl.UpgradeEndResponse;
import org.hanota.api.zcl.ZclMessage;

/** A hub with a fault that the invariants must find. */
public final class Planted implements Machine {
  /** What it does wrong. */
  public enum Fault {
    NONE,
    PAST_THE_END,
    TOO_MUCH,
    WRONG_IMAGE,
    WRONG_OCTETS,
    TOO_EARLY,
    SILENT
  }

  private static final int THIRD_BLOCK = 96;

  private final Machine hub;
  private final Fault fault;

  /** Wraps {@code hub}. */
  public Planted(Machine hub, Fault fault) {
    this.hub = hub;
    this.fault = fault;
  }

  private ZclMessage wrong(ZclMessage message) {
    if (message instanceof ImageBlockResponse.Success block) {
      return new ImageBlockResponse.Success(block.image(), block.fileOffset(), data(block));
    }
    if (fault == Fault.WRONG_IMAGE && message instanceof QueryNextImageResponse.Success offer) {
      return new QueryNextImageResponse.Success(
          offer.image().withVersion(new FileVersion(7)), offer.imageSizeOctets());
    }
    if (fault == Fault.TOO_EARLY && message instanceof UpgradeEndResponse end) {
      return new UpgradeEndResponse(end.image(), end.currentTime(), end.currentTime());
    }
    return message;
  }

  private Octets data(ImageBlockResponse.Success block) {
    Octets data = block.data();
    return switch (fault) {
      // The last block of these images is shorter than the others.
      case PAST_THE_END -> data.length() < 48 ? data.concat(Octets.copyOf((byte) 0)) : data;
      case TOO_MUCH -> data.concat(Octets.copyOf((byte) 0));
      case WRONG_OCTETS ->
          block.fileOffset() == THIRD_BLOCK ? Octets.wrap(new byte[data.length()]) : data;
      case NONE, WRONG_IMAGE, TOO_EARLY, SILENT -> data;
    };
  }

  @Override
  public void onStart(Now now, Effects effects) {
    hub.onStart(now, new Wrong(effects));
  }

  @Override
  public void onReceive(Now now, Received received, Effects effects) {
    if (fault != Fault.SILENT) {
      hub.onReceive(now, received, new Wrong(effects));
    }
  }

  @Override
  public void onSent(Now now, long sendId, SendResult result, Effects effects) {
    hub.onSent(now, sendId, result, new Wrong(effects));
  }

  @Override
  public void onInput(Now now, Input input, Effects effects) {
    hub.onInput(now, input, new Wrong(effects));
  }

  @Override
  public void onTimer(Now now, Effects effects) {
    hub.onTimer(now, new Wrong(effects));
  }

  @Override
  public void describe(StateWriter out) {
    hub.describe(out);
  }

  /** Passes on what the hub wants, with the fault. */
  private final class Wrong extends ForwardingEffects {
    Wrong(Effects effects) {
      super(effects);
    }

    @Override
    public long send(Peer destination, ZclMessage message, SendOptions options) {
      return super.send(destination, wrong(message), options);
    }

    @Override
    public long reply(Received request, ZclMessage message, SendOptions options) {
      return super.reply(request, wrong(message), options);
    }
  }
}
