// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.check;

import java.util.List;
import java.util.stream.Stream;
import org.hanota.headend.check.ActivationChecks.Activating;
import org.hanota.headend.check.DeviceChecks.WarningList;
import org.hanota.headend.request.ExecutionDateTime;

/**
 * All that must hold before anything travels, each list in the order of its checks.
 *
 * @param access of every request
 * @param image of an image that a user sends
 * @param device of each device that shall get it
 * @param activation of a device that shall activate one
 * @param cancellation of a device that shall forget it
 */
public record CheckLists(
    List<Check<Asking, Refusal>> access,
    List<Check<Upload, Refusal>> image,
    List<Check<Candidate, WarningList>> device,
    List<Check<Activating, Refusal>> activation,
    List<Check<Activating, Refusal>> cancellation) {
  /** Those of this head end. */
  public static final CheckLists ALL =
      new CheckLists(
          Stream.concat(AccessChecks.ALL.stream(), HomeChecks.ALL.stream()).toList(),
          ImageChecks.ALL,
          DeviceChecks.ALL,
          ActivationChecks.ALL,
          ActivationChecks.OF_CANCELLATION);

  /** Keeps copies of the lists. */
  public CheckLists {
    access = List.copyOf(access);
    image = List.copyOf(image);
    device = List.copyOf(device);
    activation = List.copyOf(activation);
    cancellation = List.copyOf(cancellation);
  }

  /** The checks for an order of that time. */
  public List<Check<Activating, Refusal>> of(ExecutionDateTime time) {
    return time.cancels() ? cancellation : activation;
  }
}
