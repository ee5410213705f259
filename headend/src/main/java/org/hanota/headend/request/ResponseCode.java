// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.request;

/** What became of a request: I for information, W for a warning, E for an error. [DUIS schema] */
public record ResponseCode(String text) {
  /** Done. */
  public static final ResponseCode SUCCESS = new ResponseCode("I0");

  /** Received; the answer comes later. */
  public static final ResponseCode ACKNOWLEDGED = new ResponseCode("I99");

  /** The request was sent to a service that does not take it. */
  public static final ResponseCode WRONG_SERVICE = new ResponseCode("E13");

  public ResponseCode {
    // Codes that are not known yet pass with their number.
    if (!text.matches("[IWE](0|[1-9][0-9]{0,4}|[0-9]{6})")) {
      throw new IllegalField("ResponseCode", '"' + text + '"', "I, W or E and a number, as in I99");
    }
  }

  /** Whether nothing comes of the request. */
  public boolean isError() {
    return text.startsWith("E");
  }

  @Override
  public String toString() {
    return text;
  }
}
