// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.check;

import java.util.Optional;
import org.hanota.api.ParameterValues;
import org.hanota.headend.HeadEndParameter;
import org.hanota.headend.estate.Device;
import org.hanota.headend.estate.Estate;
import org.hanota.headend.estate.User;
import org.hanota.headend.request.CommandVariant.Service;
import org.hanota.headend.request.Request;
import org.hanota.headend.track.Tracks;

/**
 * A request as the checks see it.
 *
 * @param request what is asked for
 * @param service where it was put
 * @param estate what the DCC knows
 * @param tracks what is under way
 * @param parameters the limits
 * @param utcMillis now
 */
public record Asking(
    Request request,
    Service service,
    Estate estate,
    Tracks tracks,
    ParameterValues<HeadEndParameter> parameters,
    long utcMillis) {
  /** Who asks, if he is known. */
  public Optional<User> user() {
    return estate.user(request.id().originator());
  }

  /** About which device it is, if the inventory has it. */
  public Optional<Device> device() {
    return estate.device(request.id().target());
  }
}
