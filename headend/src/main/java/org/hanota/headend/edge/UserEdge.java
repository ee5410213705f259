// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.edge;

import static org.hanota.headend.HeadEndParameter.MESSAGE_TIME_TOLERANCE;

import java.time.Instant;
import java.util.Optional;
import org.hanota.api.FormatException;
import org.hanota.api.Octets;
import org.hanota.api.ParameterValues;
import org.hanota.headend.HeadEndParameter;
import org.hanota.headend.check.Refusal;
import org.hanota.headend.duis.Duis;
import org.hanota.headend.duis.signature.SignatureStep;
import org.hanota.headend.duis.signature.SignatureVerifier;
import org.hanota.headend.duis.signature.Verdict;
import org.hanota.headend.letter.Content;
import org.hanota.headend.request.CommandVariant.Service;
import org.hanota.headend.request.DuisMessage;
import org.hanota.headend.request.Request;
import org.hanota.headend.request.Response;
import org.hanota.headend.request.ResponseBody.ResponseMessage;

/**
 * The DCC's end of the interface to its users: reads a message and checks whose and of when it is.
 * Only what was digested for an accepted signature goes on. [DUIS signature]
 */
public final class UserEdge {
  private final SignatureVerifier users;
  private final ParameterValues<HeadEndParameter> parameters;

  /** Takes messages of these users. */
  public UserEdge(SignatureVerifier users, ParameterValues<HeadEndParameter> parameters) {
    this.users = users;
    this.parameters = parameters;
  }

  /**
   * Takes a message.
   *
   * @param octets the message
   * @param service the address at which it was put
   * @param utcMillis the receiver's clock, Unix time in milliseconds
   */
  public Arrival take(Octets octets, Service service, long utcMillis) {
    DuisMessage claimed;
    Verdict verdict;
    try {
      claimed = Duis.read(octets);
      verdict = users.verifyAtReceipt(octets, utcMillis, parameters.get(MESSAGE_TIME_TOLERANCE));
    } catch (FormatException fault) {
      return new Arrival.Refused(Optional.empty(), String.valueOf(fault.getMessage()));
    }
    if (!(claimed instanceof Request request)) {
      return new Arrival.Refused(Optional.empty(), "found a response, allowed a request");
    }
    if (verdict instanceof Verdict.Verified verified
        && verified.message() instanceof Request signed) {
      return new Arrival.Called(new Content.ServiceCall(service, signed));
    }
    if (verdict instanceof Verdict.Refused refused) {
      Refusal refusal =
          refused.step() == SignatureStep.USER ? Refusal.USER_UNKNOWN : Refusal.SIGNATURE;
      return new Arrival.Refused(
          Optional.of(acknowledgement(request, refusal, utcMillis)),
          refused.step().words() + ": " + refused.reason());
    }
    throw new AssertionError("a request is verified or refused, not " + verdict);
  }

  private static Response acknowledgement(Request request, Refusal refusal, long utcMillis) {
    return new Response(
        DuisMessage.SCHEMA_VERSION,
        Optional.of(request.id()),
        Optional.empty(),
        refusal.code(request.service()),
        Instant.ofEpochMilli(utcMillis),
        new ResponseMessage(request.service(), Optional.empty()));
  }
}
