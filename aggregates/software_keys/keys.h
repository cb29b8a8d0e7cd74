// Software keys shown and activated, and downloads of products without a key [SWK-01..04]. Used
// units of a key benefit are its activations; of a download its downloads, up to what is granted.
// A multiple activation key is one key with as many activations as units [SWK-03]. A machine that
// has the key counts 0, also when the key is used up; after a significant hardware change it counts
// again. After the anniversary nothing further is taken of either [BEN-01], but what was taken
// stays usable through the renewal window [MEM-04]: a key that was shown is shown again, a machine
// that has it activates it again, a product is downloaded again. All of this ends the right to a
// refund of "nothing used"; an activation that of "software activated" too [OFF-06, SWK-04].
// Pure; one PartnerState in, one decision out. Refusals are listed in the order in which they are
// checked; all begin with: role.missing (who manages benefits), membership.read-only,
// agreement.missing, order.unknown, benefit.unknown, benefit.not-software-key or
// benefit.not-download, order.waiting-for-payment, order.lapsed, order.withdrawn, order.cancelled,
// benefit.expired.
#pragma once

#include "aggregates/partner.h"

namespace ledger::software_keys {

// With a key: ..., key.unknown, key.not-revealed, partner.full; that one is shown again. Without:
// ..., benefit.core-moved, benefit.lapsed, key.not-delivered, partner.full; the next of the stock is
// shown, and when all that is granted was delivered and shown, the last one again, whether it has
// lapsed or not.
// Every look is an event. partner.full: there is no room for the name of one more viewer.
Decision decide(const PartnerState&, const fb::RevealKey&, const Context&);

// ..., benefit.core-moved, benefit.lapsed (a first download). Every download is an event; it takes a
// unit while one is left.
Decision decide(const PartnerState&, const fb::RecordDownload&, const Context&);

// ..., key.unknown, key.not-revealed, and, unless the machine counts 0: benefit.core-moved,
// benefit.lapsed, key.used-up (no more are granted), partner.full (only after support gave
// activations back [LED-07]).
Decision decide(const PartnerState&, const fb::ActivateKey&, const Context&);

void evolve(PartnerState&, const fb::KeyRevealed&);
void evolve(PartnerState&, const fb::DownloadRecorded&);
void evolve(PartnerState&, const fb::KeyActivated&);

// Lets a change of a software key benefit's used units [LED-07] reach its keys: activations are
// given back from the last key on, and added from the first revealed one on, as far as each goes.
void mend_activations(fb::BenefitT& benefit, std::int32_t change);

}  // namespace ledger::software_keys
