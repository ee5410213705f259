// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.request;

/** Whose certificates a device holds. [DUIS schema] */
public enum RemotePartyRole implements Coded {
  /** Access control broker. */
  ACCESS_CONTROL_BROKER("ACB"),
  /** Network operator. */
  NETWORK_OPERATOR("NetworkOperator"),
  /** Recovery. */
  RECOVERY("Recovery"),
  /** Root of all certificates. */
  ROOT("Root"),
  /** Supplier. */
  SUPPLIER("Supplier"),
  /** Transitional change of supplier. */
  TRANSITIONAL_CHANGE_OF_SUPPLIER("TransCoS"),
  /** Load controller. */
  LOAD_CONTROLLER("LoadController");

  private final String word;

  RemotePartyRole(String word) {
    this.word = word;
  }

  @Override
  public String word() {
    return word;
  }
}
