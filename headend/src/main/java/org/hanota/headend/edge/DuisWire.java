// SPDX-License-Identifier: Apache-2.0
package org.hanota.headend.edge;

import java.util.Map;
import java.util.Optional;
import org.hanota.api.Eui64;
import org.hanota.api.Octets;
import org.hanota.headend.duis.Duis;
import org.hanota.headend.duis.signature.MessageSigner;
import org.hanota.headend.duis.signature.SignatureVerifier;
import org.hanota.headend.duis.signature.Verdict;
import org.hanota.headend.letter.Content;
import org.hanota.headend.letter.Letter;
import org.hanota.headend.request.Response;

/**
 * Carries letters between users and the DCC as the signed XML that stands on the wire: what one end
 * says is written and signed, and the other end acts on what it reads of that and nothing else.
 */
public final class DuisWire {
  private final Eui64 dcc;
  private final Map<Eui64, MessageSigner> users;
  private final UserEdge usersAtDcc;
  private final MessageSigner dccSigner;
  private final SignatureVerifier dccAtUsers;
  private final Listener listener;

  /** Gets every message as it stands on the wire. */
  public interface Listener {
    /**
     * A message goes from one to another.
     *
     * @param utcMillis Unix time in milliseconds
     */
    void message(Eui64 from, Eui64 to, Octets xml, long utcMillis);
  }

  /**
   * Joins users and the DCC.
   *
   * @param dcc who answers
   * @param users the keys with which each user signs
   * @param usersAtDcc what the DCC accepts of users
   * @param dccSigner the key with which the DCC signs
   * @param dccAtUsers what users accept of the DCC
   */
  public DuisWire(
      Eui64 dcc,
      Map<Eui64, MessageSigner> users,
      UserEdge usersAtDcc,
      MessageSigner dccSigner,
      SignatureVerifier dccAtUsers,
      Listener listener) {
    this.dcc = dcc;
    this.users = Map.copyOf(users);
    this.usersAtDcc = usersAtDcc;
    this.dccSigner = dccSigner;
    this.dccAtUsers = dccAtUsers;
    this.listener = listener;
  }

  /**
   * What comes of {@code letter}: the same for whom it is, or a refusal for whoever sent it.
   * Letters that do not cross the interface stay as they are.
   *
   * @param utcMillis the receiver's clock, Unix time in milliseconds
   * @throws IllegalStateException if a user does not accept what the DCC signed
   */
  public Letter carry(Letter letter, long utcMillis) {
    if (letter instanceof Letter.Confirmed confirmed && confirmed.acknowledgement().isPresent()) {
      Octets xml = Duis.write(confirmed.acknowledgement().get());
      listener.message(letter.from(), letter.to(), xml, utcMillis);
      return new Letter.Confirmed(
          letter.from(), letter.to(), confirmed.number(), Optional.of((Response) Duis.read(xml)));
    }
    if (letter instanceof Letter.Message message
        && message.content() instanceof Content.ServiceCall called) {
      return call(message, called, utcMillis);
    }
    if (letter instanceof Letter.Message message
        && message.content() instanceof Content.Answer answer) {
      return answer(message, answer.response(), utcMillis);
    }
    return letter;
  }

  private Letter call(Letter.Message letter, Content.ServiceCall called, long utcMillis) {
    MessageSigner signer = users.get(letter.from());
    if (signer == null) {
      throw new IllegalArgumentException("from is " + letter.from() + ", allowed " + users);
    }
    Octets xml = signer.sign(called.request());
    listener.message(letter.from(), dcc, xml, utcMillis);
    Arrival arrival = usersAtDcc.take(xml, called.service(), utcMillis);
    if (arrival instanceof Arrival.Called taken) {
      return new Letter.Message(letter.from(), letter.to(), letter.number(), taken.call());
    }
    Arrival.Refused refused = (Arrival.Refused) arrival;
    return carry(
        new Letter.Confirmed(
            letter.to(), letter.from(), letter.number(), refused.acknowledgement()),
        utcMillis);
  }

  private Letter answer(Letter.Message letter, Response response, long utcMillis) {
    Octets xml = dccSigner.sign(response);
    listener.message(dcc, letter.to(), xml, utcMillis);
    Verdict verdict = dccAtUsers.verify(xml, utcMillis);
    if (verdict instanceof Verdict.Verified verified
        && verified.message() instanceof Response accepted) {
      return new Letter.Message(
          letter.from(), letter.to(), letter.number(), new Content.Answer(accepted));
    }
    throw new IllegalStateException(letter.to() + " does not accept " + response + ": " + verdict);
  }
}
