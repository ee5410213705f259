// SPDX-License-Identifier: Apache-2.0
package org.hanota.sim.link;

/**
 * The directed links that a model is about.
 *
 * @param from number of the sending node, or {@link #ANY}
 * @param to number of the receiving node, or {@link #ANY}
 */
public record Ends(int from, int to) {
  /** Each node. */
  public static final int ANY = -1;

  /** All links. */
  public static final Ends ALL = new Ends(ANY, ANY);

  /** Whether the link from one to the other is among them. */
  public boolean include(int sender, int receiver) {
    return (from == ANY || from == sender) && (to == ANY || to == receiver);
  }
}
