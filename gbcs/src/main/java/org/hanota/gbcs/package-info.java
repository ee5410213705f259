// SPDX-License-Identifier: Apache-2.0
/**
 * GBCS messages as a whole: envelope, what is proven about a message, and what a recipient accepts.
 *
 * <p>A device checks a CS06 Activate Firmware command, by the time that it trusts:
 *
 * <pre>{@code
 * KeyStore keys = PemFolder.read(folder);
 * Eui64 device = Eui64.parse("00-DB-12-34-56-78-90-A0");
 * Eui64 broker = Eui64.parse("90-B3-D5-1F-30-00-00-02");
 * CommandReceiver receiver = new CommandReceiver(device, broker, keys, counters);
 * return receiver.accept(received, time) instanceof Acceptance.Accepted accepted
 *     && accepted.message().payload() instanceof ActivateFirmware.Command command
 *     && command.activation() instanceof ActivateFirmware.Activation.Now
 *     && command.manufacturerImageHash().equals(hash);
 * }</pre>
 *
 * <p>A supplier and the access control broker make one:
 *
 * <pre>{@code
 * Message command =
 *     Message.of(GroupingHeader.command(MessageCode.CS06, counter, supplier, device), payload)
 *         .sign(supplierSigningKey)
 *         .addMac(brokerAgreementKey, deviceCertificate.publicKey());
 * }</pre>
 */
@NullMarked
package org.hanota.gbcs;

import org.jspecify.annotations.NullMarked;
