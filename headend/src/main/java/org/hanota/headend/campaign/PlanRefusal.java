// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.campaign;

/**
 * Why a plan is refused, and where.
 *
 * @param fault why
 * @param place which part of the plan
 * @param found what is there
 * @param allowed what is allowed, or what helps
 */
public record PlanRefusal(PlanFault fault, String place, String found, String allowed) {
  @Override
  public String toString() {
    return fault + ": " + place + " is " + found + ", allowed " + allowed;
  }
}
